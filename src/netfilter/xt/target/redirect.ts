/** `-j REDIRECT`: the destination becomes this host (nf_nat_redirect_ipv4). */
import { LOOPBACK } from '../../../net/ipv4.js';
import type { TargetExtension } from '../extension.js';
import { flagOptions, givenFlags, needPorts, rangeWith, readNatPorts } from '../nat-range.js';
import { formatRange } from '../values.js';

const LOCALHOST = LOOPBACK.address + 1;

export const REDIRECT: TargetExtension = {
  name: 'REDIRECT',
  options: [{ name: 'to-ports', takes: 1 }, ...flagOptions('random')],
  build(options, head) {
    const word = options.word('to-ports');
    if (word) needPorts(word, head);
    const ports = word && readNatPorts(word, word.text);
    const flags = givenFlags(options);
    return {
      kind: 'extension',
      name: 'REDIRECT',
      text: [...(ports ? [`--to-ports ${formatRange(ports, '-')}`] : []), ...flags.map((flag) => `--${flag}`)].join(
        ' ',
      ),
      listing: [...(ports ? [`redir ports ${formatRange(ports, '-')}`] : []), ...flags].join(' '),
      placement: { tables: ['nat'], hooks: ['PREROUTING', 'OUTPUT'] },
      tracks: true,
      act({ host, conntrack, skb, pass }) {
        const address = pass.hook === 'OUTPUT' ? LOCALHOST : host.primaryAddress(pass.in);
        if (address === undefined) return { verdict: 'DROP' };
        const range = rangeWith(options, { min: address, max: address }, ports);
        return { verdict: conntrack.setup(skb, pass, 'destination', range, 'REDIRECT') };
      },
    };
  },
};
