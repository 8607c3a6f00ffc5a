/** Addresses and ports that differ between two sights of one datagram: what NAT did in between. */
import { type Packet, type Payload, portsOf } from '../../net/packet.js';

export interface Translation {
  readonly side: 'source' | 'destination';
  readonly nat: 'snat' | 'dnat';
}

/** `original`: does the datagram go the way of its connection's first packet? A reply's translation carries its original's name. */
export function translations(before: Packet, after: Packet, original: boolean): Translation[] {
  const found: Translation[] = [];
  if (destinationOf(before) !== destinationOf(after))
    found.push({ side: 'destination', nat: original ? 'dnat' : 'snat' });
  if (sourceOf(before) !== sourceOf(after)) found.push({ side: 'source', nat: original ? 'snat' : 'dnat' });
  return found;
}

/** The header that an ICMP error quotes is translated along with it, the other way round. */
function destinationOf({ dst, payload }: Packet): string {
  const quoted = payload.kind === 'icmp' ? payload.quoted : undefined;
  return quoted ? `${dst} ${sourceOf(quoted)}` : `${dst} ${portsOf(payload)?.dport}`;
}

function sourceOf({ src, payload }: Packet): string {
  const quoted = payload.kind === 'icmp' ? payload.quoted : undefined;
  return quoted ? `${src} ${destinationOf(quoted)}` : `${src} ${portsOf(payload)?.sport}`;
}

/** The packet with the destination that it is seen to have later: DNAT comes before the routing decision. */
export function withDestinationOf(packet: Packet, later: Packet): Packet {
  return { ...packet, dst: later.dst, payload: withPort(packet.payload, later.payload, 'dport') };
}

function withSourceOf(packet: Packet, later: Packet): Packet {
  return { ...packet, src: later.src, payload: withPort(packet.payload, later.payload, 'sport') };
}

function withPort(payload: Payload, later: Payload, port: 'sport' | 'dport'): Payload {
  if (payload.kind === 'tcp' && later.kind === 'tcp') return { ...payload, [port]: later[port] };
  if (payload.kind === 'udp' && later.kind === 'udp') return { ...payload, [port]: later[port] };
  if (payload.kind !== 'icmp' || later.kind !== 'icmp' || !payload.quoted || !later.quoted) return payload;
  const turn = port === 'dport' ? withSourceOf : withDestinationOf;
  return { ...payload, quoted: turn(payload.quoted, later.quoted) };
}
