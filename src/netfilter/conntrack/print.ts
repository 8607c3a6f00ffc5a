/** Connections as `conntrack -L` of conntrack-tools 1.4.7 prints them. `use=` is always 1: who else holds an entry is not modelled. */
import { formatIpv4 } from '../../net/ipv4.js';
import { ICMP, TCP, UDP } from '../../net/packet.js';
import type { Connection, Tuple } from './connection.js';

const PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [ICMP, 'icmp'],
  [TCP, 'tcp'],
  [UDP, 'udp'],
]);

/** One line, without its end. `now` is virtual time in milliseconds; the seconds left are rounded down. */
export function formatConnection(connection: Connection, now: number): string {
  const { original, reply, tcp, seenReply, assured, mark } = connection;
  const protocol = original.protocol;
  const name = (PROTOCOLS.get(protocol) ?? 'unknown').padEnd(8);
  const seconds = Math.max(0, Math.floor((connection.expiresAt - now) / 1000));
  const words = [name, String(protocol), String(seconds)];
  if (tcp !== undefined) words.push(tcp);
  words.push(formatTuple(original));
  if (!seenReply) words.push('[UNREPLIED]');
  words.push(formatTuple(reply));
  if (assured) words.push('[ASSURED]');
  words.push(`mark=${mark}`, 'use=1');
  return words.join(' ');
}

/** The line that follows the list, on standard error. */
export function formatSummary(count: number): string {
  return `conntrack v1.4.7 (conntrack-tools): ${count} flow entries have been shown.`;
}

function formatTuple({ src, dst, protocol, sport, dport }: Tuple): string {
  const addresses = `src=${formatIpv4(src)} dst=${formatIpv4(dst)}`;
  if (protocol === ICMP) return `${addresses} type=${dport >> 8} code=${dport & 255} id=${sport}`;
  if (protocol === TCP || protocol === UDP) return `${addresses} sport=${sport} dport=${dport}`;
  return addresses;
}
