/** Tuples of packets: nf_ct_get_tuple(), nf_ct_invert_tuple() and the trackers' pkt_to_tuple and invert_tuple. */
import {
  ICMP_ADDRESS,
  ICMP_ADDRESSREPLY,
  ICMP_ECHO,
  ICMP_ECHO_REPLY,
  ICMP_INFO_REPLY,
  ICMP_INFO_REQUEST,
  ICMP_TIMESTAMP,
  ICMP_TIMESTAMPREPLY,
} from '../../net/icmp.js';
import { ICMP, type Packet } from '../../net/packet.js';
import type { Tuple } from './connection.js';

/** ICMP types that have a counterpart (invmap of nf_conntrack_proto_icmp.c): queries and what answers them. */
const ICMP_COUNTERPART: ReadonlyMap<number, number> = new Map([
  [ICMP_ECHO, ICMP_ECHO_REPLY],
  [ICMP_ECHO_REPLY, ICMP_ECHO],
  [ICMP_TIMESTAMP, ICMP_TIMESTAMPREPLY],
  [ICMP_TIMESTAMPREPLY, ICMP_TIMESTAMP],
  [ICMP_INFO_REQUEST, ICMP_INFO_REPLY],
  [ICMP_INFO_REPLY, ICMP_INFO_REQUEST],
  [ICMP_ADDRESS, ICMP_ADDRESSREPLY],
  [ICMP_ADDRESSREPLY, ICMP_ADDRESS],
]);

/**
 * The tuple of a packet. Protocols that the engine does not look into have ports 0, as in the kernel's generic tracker;
 * GRE and SCTP, which have trackers of their own in the kernel, are generic here.
 */
export function tupleOf(packet: Packet): Tuple {
  const { src, dst, protocol, payload } = packet;
  switch (payload.kind) {
    case 'tcp':
    case 'udp':
      return { src, dst, protocol, sport: payload.sport, dport: payload.dport };
    case 'icmp':
      return { src, dst, protocol, sport: payload.id, dport: payload.type * 256 + payload.code };
    default:
      return { src, dst, protocol, sport: 0, dport: 0 };
  }
}

/** The tuple of an answer. Undefined for an ICMP type that nothing answers. */
export function invertTuple(tuple: Tuple): Tuple | undefined {
  const { src, dst, protocol, sport, dport } = tuple;
  if (protocol !== ICMP) return { src: dst, dst: src, protocol, sport: dport, dport: sport };
  const counterpart = ICMP_COUNTERPART.get(dport >> 8);
  if (counterpart === undefined) return undefined;
  return { src: dst, dst: src, protocol, sport, dport: counterpart * 256 + (dport & 255) };
}

/** Turns a tuple round that is known to have an inverse, because a connection was made of it. */
export function inverseOf(tuple: Tuple): Tuple {
  const inverse = invertTuple(tuple);
  if (inverse === undefined) throw new RangeError(`no answer to ICMP type ${tuple.dport >> 8} exists`);
  return inverse;
}

export function sameTuple(a: Tuple, b: Tuple): boolean {
  return a.src === b.src && a.dst === b.dst && a.sport === b.sport && a.dport === b.dport && a.protocol === b.protocol;
}

/** A small integer that spreads tuples well. Not the kernel's hash, whose seed is secret: no order follows from it. */
export function hashTuple(tuple: Tuple): number {
  let hash = Math.imul(tuple.src, 0x9e3779b1) ^ tuple.protocol;
  hash = Math.imul(hash ^ (hash >>> 15) ^ tuple.dst, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13) ^ (tuple.sport * 65536 + tuple.dport), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) & 0x3fffffff;
}
