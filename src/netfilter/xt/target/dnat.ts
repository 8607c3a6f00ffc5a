/** `-j DNAT`: gives the connection another destination (xt_nat.c). */
import type { TargetExtension } from '../extension.js';
import { flagOptions, formatNatTo, givenFlags, rangeWith, readNatTo } from '../nat-range.js';

export const DNAT: TargetExtension = {
  name: 'DNAT',
  options: [{ name: 'to-destination', takes: 1, mandatory: true }, ...flagOptions('random', 'persistent')],
  build(options, head) {
    const to = readNatTo(options.word('to-destination')!, head);
    const range = rangeWith(options, to.addresses, to.ports);
    const flags = givenFlags(options);
    const text = [`--to-destination ${formatNatTo(to)}`, ...flags.map((flag) => `--${flag}`)].join(' ');
    return {
      kind: 'extension',
      name: 'DNAT',
      text,
      listing: [`to:${formatNatTo(to)}`, ...flags].join(' '),
      placement: { tables: ['nat'], hooks: ['PREROUTING', 'OUTPUT'] },
      tracks: true,
      act({ conntrack, skb, pass }) {
        if (to.basePort !== undefined) {
          return { verdict: 'UNDETERMINED', reason: `shifted ports are not modelled: \`-j DNAT ${text}\`` };
        }
        return { verdict: conntrack.setup(skb, pass, 'destination', range, 'DNAT') };
      },
    };
  },
};
