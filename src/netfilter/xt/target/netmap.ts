/** `-j NETMAP`: maps one network onto another, host by host (xt_NETMAP.c). */
import { formatIpv4 } from '../../../net/ipv4.js';
import type { TargetExtension } from '../extension.js';
import { rangeWith } from '../nat-range.js';
import { maskLength, readAddressMask } from '../values.js';

export const NETMAP: TargetExtension = {
  name: 'NETMAP',
  options: [{ name: 'to', takes: 1, mandatory: true }],
  build(options) {
    const { address, mask } = readAddressMask(options.word('to')!);
    const to = `${formatIpv4(address)}/${maskLength(mask) ?? formatIpv4(mask)}`;
    return {
      kind: 'extension',
      name: 'NETMAP',
      text: `--to ${to}`,
      listing: `to:${to}`,
      placement: { tables: ['nat'] },
      tracks: true,
      act({ conntrack, skb, pass }) {
        const side = pass.hook === 'PREROUTING' || pass.hook === 'OUTPUT' ? 'destination' : 'source';
        const old = side === 'destination' ? skb.packet.dst : skb.packet.src;
        const mapped = ((old & ~mask) | address) >>> 0;
        const range = rangeWith(options, { min: mapped, max: mapped }, undefined);
        return { verdict: conntrack.setup(skb, pass, side, range, 'NETMAP') };
      },
    };
  },
};
