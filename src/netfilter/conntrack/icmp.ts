/** The ICMP tracker (nf_conntrack_proto_icmp.c): queries make connections, errors belong to the one that they quote. */
import { ICMP_ADDRESS, ICMP_ECHO, ICMP_INFO_REQUEST, ICMP_TIMESTAMP, isIcmpError } from '../../net/icmp.js';
import type { IcmpMessage, Packet } from '../../net/packet.js';
import type { Connection } from './connection.js';
import type { ConnectionTable, TupleEntry } from './table.js';
import { refresh, type TrackerVerdict } from './tracker.js';
import { invertTuple, tupleOf } from './tuple.js';

/** Seconds. */
const TIMEOUT = 30;

const QUERIES: ReadonlySet<number> = new Set([ICMP_ECHO, ICMP_TIMESTAMP, ICMP_INFO_REQUEST, ICMP_ADDRESS]);

/** nf_conntrack_icmp_packet(): only a query can begin a connection. */
export function trackIcmp(connection: Connection, now: number): TrackerVerdict {
  if (!QUERIES.has(connection.original.dport >> 8)) return 'invalid';
  refresh(connection, now, TIMEOUT);
  return 'accept';
}

/**
 * nf_conntrack_icmpv4_error(): the connection, and its direction, to which an ICMP error belongs; `'invalid'` where it
 * is about none of ours; undefined where the message is no error and goes its normal way.
 */
export function relatedConnection(
  packet: Packet,
  message: IcmpMessage,
  table: ConnectionTable,
): TupleEntry | 'invalid' | undefined {
  if (!isIcmpError(message.type)) return undefined;
  if (message.quoted === undefined) return 'invalid';
  // Whoever sends the error has seen the packet from the far side: it is the answer's tuple that identifies us.
  const answer = invertTuple(tupleOf(message.quoted));
  const entry = answer && table.find(answer);
  if (entry === undefined) return 'invalid';
  // An error for a host that has no part in the connection that it quotes is not believed (nf_conntrack_inet_error).
  return entry.tuple.dst === packet.dst ? entry : 'invalid';
}
