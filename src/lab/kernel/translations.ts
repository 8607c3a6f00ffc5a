/** Addresses and ports that differ between two sights of one datagram: what NAT did in between. */
import type { Ipv4 } from '../../net/ipv4.js';
import { type Packet, portsOf } from '../../net/packet.js';

export interface Translation {
  readonly side: 'source' | 'destination';
  readonly nat: 'snat' | 'dnat';
}

/** `original`: does the datagram go the way of its connection's first packet? A reply's translation carries its original's name. */
export function translations(before: Packet, after: Packet, original: boolean): Translation[] {
  const found: Translation[] = [];
  const [b, a] = [endsOf(before), endsOf(after)];
  if (b.dst !== a.dst || b.dport !== a.dport) found.push({ side: 'destination', nat: original ? 'dnat' : 'snat' });
  if (b.src !== a.src || b.sport !== a.sport) found.push({ side: 'source', nat: original ? 'snat' : 'dnat' });
  return found;
}

interface Ends {
  readonly src: Ipv4;
  readonly dst: Ipv4;
  readonly sport: number;
  readonly dport: number;
}

/** The id of an echo counts as the port of whoever asks. */
function endsOf({ src, dst, payload }: Packet): Ends {
  const { sport, dport } = portsOf(payload) ?? { sport: 0, dport: 0 };
  return { src, dst, sport, dport };
}

/** The packet with the destination that it is seen to have later: DNAT comes before the routing decision. */
export function withDestinationOf(packet: Packet, later: Packet): Packet {
  const { payload } = packet;
  if ((payload.kind === 'tcp' || payload.kind === 'udp') && later.payload.kind === payload.kind) {
    return { ...packet, dst: later.dst, payload: { ...payload, dport: later.payload.dport } };
  }
  return { ...packet, dst: later.dst };
}
