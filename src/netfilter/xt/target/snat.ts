/** `-j SNAT`: gives the connection another source (xt_nat.c). */
import type { TargetExtension } from '../extension.js';
import { flagOptions, formatNatTo, givenFlags, rangeWith, readNatTo } from '../nat-range.js';

export const SNAT: TargetExtension = {
  name: 'SNAT',
  options: [{ name: 'to-source', takes: 1, mandatory: true }, ...flagOptions('random', 'random-fully', 'persistent')],
  build(options, head) {
    const to = readNatTo(options.word('to-source')!, head);
    const range = rangeWith(options, to.addresses, to.ports);
    const flags = givenFlags(options);
    return {
      kind: 'extension',
      name: 'SNAT',
      text: [`--to-source ${formatNatTo(to)}`, ...flags.map((flag) => `--${flag}`)].join(' '),
      listing: [`to:${formatNatTo(to)}`, ...flags].join(' '),
      placement: { tables: ['nat'], hooks: ['POSTROUTING', 'INPUT'] },
      tracks: true,
      act: ({ conntrack, skb, pass }) => ({ verdict: conntrack.setup(skb, pass, 'source', range, 'SNAT') }),
    };
  },
};
