/** The part of an element that a packet has in one dimension (the kadt functions of the set types). */

import { ZERO_MAC } from '../../net/mac.js';
import { ICMP, portsOf } from '../../net/packet.js';
import type { HookPass } from '../hooks.js';
import type { Skb } from '../skb.js';
import { type Part, portPart } from './element.js';
import type { Dimension } from './set-type.js';

/** Undefined where the packet has no such thing. For `net` the address alone: its blocks are the set's to try. */
export function packetPart(
  dimension: Dimension,
  direction: 'src' | 'dst',
  skb: Skb,
  pass: HookPass,
  mask: number,
): Part | undefined {
  const { packet, link } = skb;
  switch (dimension) {
    case 'ip':
      return (packet[direction] & mask) >>> 0;
    case 'net':
      return packet[direction];
    case 'port':
      return portOf(skb, direction);
    case 'iface':
      return (direction === 'src' ? pass.in : pass.out) || undefined;
    case 'mac': {
      const mac = direction === 'src' ? link?.srcMac : link?.dstMac;
      return mac === ZERO_MAC ? undefined : mac;
    }
    case 'mark':
      return skb.mark;
  }
}

/** ip_set_get_ip4_port(): a protocol without ports counts as port 0. */
function portOf({ packet }: Skb, direction: 'src' | 'dst'): number {
  const { payload, protocol } = packet;
  if (payload.kind === 'icmp') return portPart(ICMP, payload.type * 256 + payload.code);
  const ports = portsOf(payload);
  if (ports === undefined) return portPart(protocol, 0);
  return portPart(protocol, direction === 'src' ? ports.sport : ports.dport);
}
