/** `-j MASQUERADE`: the source becomes the address of the outgoing interface (nf_nat_masquerade_ipv4). */
import type { TargetExtension } from '../extension.js';
import { flagOptions, givenFlags, needPorts, rangeWith, readNatPorts } from '../nat-range.js';
import { formatRange } from '../values.js';

export const MASQUERADE: TargetExtension = {
  name: 'MASQUERADE',
  options: [{ name: 'to-ports', takes: 1 }, ...flagOptions('random', 'random-fully')],
  build(options, head) {
    const word = options.word('to-ports');
    if (word) needPorts(word, head);
    const ports = word && readNatPorts(word, word.text);
    const flags = givenFlags(options);
    return {
      kind: 'extension',
      name: 'MASQUERADE',
      text: [...(ports ? [`--to-ports ${formatRange(ports, '-')}`] : []), ...flags.map((flag) => `--${flag}`)].join(
        ' ',
      ),
      listing: [...(ports ? [`masq ports: ${formatRange(ports, '-')}`] : []), ...flags].join(' '),
      placement: { tables: ['nat'], hooks: ['POSTROUTING'] },
      tracks: true,
      act({ host, conntrack, skb, pass }) {
        // A host without an address yet (DHCP) keeps its 0.0.0.0.
        if (skb.packet.src === 0) return { verdict: 'ACCEPT' };
        const address = host.masqueradeAddress(skb, pass.out);
        if (address === undefined) return { verdict: 'DROP' };
        const range = rangeWith(options, { min: address, max: address }, ports);
        return { verdict: conntrack.setup(skb, pass, 'source', range, 'MASQUERADE') };
      },
    };
  },
};
