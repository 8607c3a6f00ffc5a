/** Rewriting packets: nf_nat_proto.c. Checksums need no care here, because packets carry none. */
import { isIcmpError } from '../../net/icmp.js';
import type { Packet, Payload } from '../../net/packet.js';
import type { Tuple } from '../conntrack/connection.js';

/** Which end of a packet is rewritten (enum nf_nat_manip_type). */
export type Side = 'source' | 'destination';

/** nf_nat_ipv4_manip_pkt(): gives one end of the packet the address and port of the tuple. The same packet if it has them. */
export function manipulate(packet: Packet, tuple: Tuple, side: Side): Packet {
  const payload = manipulatePayload(packet.payload, tuple, side);
  if (side === 'source') {
    return packet.src === tuple.src && payload === packet.payload ? packet : { ...packet, src: tuple.src, payload };
  }
  return packet.dst === tuple.dst && payload === packet.payload ? packet : { ...packet, dst: tuple.dst, payload };
}

/** The l4proto_manip_pkt() family. */
function manipulatePayload(payload: Payload, tuple: Tuple, side: Side): Payload {
  switch (payload.kind) {
    case 'tcp':
    case 'udp':
      if (side === 'source') return payload.sport === tuple.sport ? payload : { ...payload, sport: tuple.sport };
      return payload.dport === tuple.dport ? payload : { ...payload, dport: tuple.dport };
    case 'icmp':
      // A query's id belongs to both ends.
      return isIcmpError(payload.type) || payload.id === tuple.sport ? payload : { ...payload, id: tuple.sport };
    default:
      return payload;
  }
}
