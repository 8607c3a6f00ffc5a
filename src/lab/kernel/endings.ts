/** How a datagram ended where no rule ended it. */
import { ICMP_DEST_UNREACH, ICMP_ECHO, ICMP_PORT_UNREACH, ICMP_PROT_UNREACH, isIcmpError } from '../../net/icmp.js';
import { formatIpv4 } from '../../net/ipv4.js';
import { type Packet, portsOf } from '../../net/packet.js';
import type { DropReason } from '../../stack/events.js';
import type { Facts } from './facts.js';
import type { SeenLeg } from './legs.js';
import type { Passage } from './passages.js';
import type { RouteAnswer } from './route-query.js';

export interface Drop {
  readonly reason: DropReason;
  readonly detail: string;
}

/** As a `delivered` event names it: the ICMP layer, or the socket. */
export function deliveredTo({ payload }: Packet): string {
  if (payload.kind !== 'icmp')
    return payload.kind === 'opaque' ? 'opaque' : `${payload.kind} ${portsOf(payload)?.dport}`;
  if (payload.type === ICMP_ECHO) return 'icmp';
  const quoted = isIcmpError(payload.type) ? payload.quoted?.payload : undefined;
  const ports = quoted && portsOf(quoted);
  return quoted && ports ? `${quoted.kind} ${ports.sport}` : 'ping';
}

/** Nothing listened: a reset or "port unreachable" about it that no rule asked for. */
export function wasRefused(leg: SeenLeg, legs: readonly SeenLeg[]): boolean {
  return legs.some(({ cause, origin, packet: { payload } }) => {
    if (cause !== leg) return false;
    if (origin === 'tcp-reset') return true;
    const code = payload.kind === 'icmp' && payload.type === ICMP_DEST_UNREACH ? payload.code : undefined;
    return code === ICMP_PORT_UNREACH || code === ICMP_PROT_UNREACH;
  });
}

/** Why it went no further; undefined where nothing tells, or where it arrived. */
export async function dropReason(
  { namespace, in: frame }: Passage,
  packet: Packet,
  device: string | undefined,
  route: RouteAnswer | undefined,
  unresolved: boolean,
  facts: Facts,
): Promise<Drop | undefined> {
  const dst = formatIpv4(packet.dst);
  if (unresolved) return { reason: 'neighbour-failed', detail: `nobody answered for the next hop towards ${dst}` };
  if (!frame || device === undefined || route === undefined) return undefined;
  if (facts.grew(namespace, 'TcpExt.IPReversePathFilter'))
    return { reason: 'rp-filter', detail: `rp_filter refuses ${formatIpv4(packet.src)} on ${device}` };
  if (device !== 'lo' && (await facts.route(namespace, { ...packet, dst: packet.src }, 0, undefined)).kind === 'local')
    return { reason: 'martian-source', detail: `${formatIpv4(packet.src)} is an address of its receiver` };
  if (route.kind === 'local' || route.kind === 'broadcast') return undefined;
  if (!(await facts.forwards(namespace, device)))
    return { reason: 'forwarding-disabled', detail: `${dst} is not an own address, and forwarding is 0 on ${device}` };
  if (route.kind === 'error') {
    const reason = ROUTE_ERRORS[route.errno];
    if (reason === undefined) return undefined;
    return {
      reason,
      detail: reason === 'no-route' ? `there is no route to ${dst}` : `the route to ${dst} says ${reason}`,
    };
  }
  if (packet.ttl <= 1) return { reason: 'ttl-exceeded', detail: 'the TTL reached 0 here' };
  return undefined;
}

/** What a routing lookup answers where a route or the lack of one says no, by its number in errno.h. */
export const ROUTE_ERRORS: Readonly<Record<number, 'no-route' | 'unreachable' | 'prohibit' | 'blackhole'>> = {
  101: 'no-route',
  113: 'unreachable',
  13: 'prohibit',
  22: 'blackhole',
};
