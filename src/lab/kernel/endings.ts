/** How a datagram ended where no rule ended it. */
import {
  ICMP_DEST_UNREACH,
  ICMP_ECHO,
  ICMP_FRAG_NEEDED,
  ICMP_HOST_UNREACH,
  ICMP_PORT_UNREACH,
  ICMP_PROT_UNREACH,
  ICMP_REDIRECT,
  ICMP_TIME_EXCEEDED,
} from '../../net/icmp.js';
import { formatIpv4, type Ipv4 } from '../../net/ipv4.js';
import { type Packet, portsOf, TCP_FLAGS } from '../../net/packet.js';
import type { DropReason } from '../../stack/events.js';
import type { Facts } from './facts.js';
import type { SeenLeg } from './legs.js';
import type { RouteAnswer } from './route-query.js';

export interface Drop {
  readonly reason: DropReason;
  readonly detail: string;
}

/** The last that was seen of a datagram. */
export interface LastSeen {
  readonly namespace: string;
  readonly leg: SeenLeg;
  /** What was made because of it. */
  readonly answers: readonly SeenLeg[];
  /** As it was. */
  readonly packet: Packet;
  /** The device that it came in on; undefined where it was made here. */
  readonly device: string | undefined;
  readonly route: RouteAnswer | undefined;
}

/** What a routing lookup answers where a route or the lack of one says no, by its number in errno.h. */
export const ROUTE_ERRORS: Readonly<Record<number, 'no-route' | 'unreachable' | 'prohibit' | 'blackhole'>> = {
  101: 'no-route',
  113: 'unreachable',
  13: 'prohibit',
  22: 'blackhole',
};

/** Why the stack let go of what had come in; undefined where nothing tells. */
export async function refusalOf(
  { namespace, answers, packet, device, route }: LastSeen,
  facts: Facts,
): Promise<Drop | undefined> {
  const [src, dst] = [formatIpv4(packet.src), formatIpv4(packet.dst)];
  if (route?.kind === 'unicast' && says(answers, ICMP_DEST_UNREACH, ICMP_HOST_UNREACH))
    return { reason: 'neighbour-failed', detail: `nobody answered for the next hop towards ${dst}` };
  if (device === undefined || route === undefined) return undefined;
  if (facts.grew(namespace, 'TcpExt.IPReversePathFilter'))
    return { reason: 'rp-filter', detail: `rp_filter refuses ${src} on ${device}` };
  // ip_route_input_slow() looks at the source of what it would deliver, and of what it may forward.
  const isMartian = device !== 'lo' && (await isLocal(namespace, packet.src, packet, facts));
  const martian: Drop = { reason: 'martian-source', detail: `${src} is an address of its receiver` };
  if (isMartian && (await isLocal(namespace, packet.dst, packet, facts))) return martian;
  if (route.kind === 'local' || route.kind === 'broadcast') return undefined;
  if (!(await facts.forwards(namespace, device)))
    return { reason: 'forwarding-disabled', detail: `${dst} is not an own address, and forwarding is 0 on ${device}` };
  if (isMartian) return martian;
  if (route.kind === 'error') {
    const reason = ROUTE_ERRORS[route.errno];
    if (reason === undefined) return undefined;
    return {
      reason,
      detail: reason === 'no-route' ? `there is no route to ${dst}` : `the route to ${dst} says ${reason}`,
    };
  }
  if (packet.ttl <= 1 || says(answers, ICMP_TIME_EXCEEDED, 0))
    return { reason: 'ttl-exceeded', detail: 'the TTL reached 0 here' };
  if (says(answers, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED))
    return { reason: 'frag-needed', detail: `${packet.length} octets do not fit the MTU of ${route.device}` };
  return undefined;
}

async function isLocal(namespace: string, address: Ipv4, packet: Packet, facts: Facts): Promise<boolean> {
  return (await facts.route(namespace, { ...packet, src: 0, dst: address }, 0, undefined)).kind === 'local';
}

const CLOSED: Drop = { reason: 'no-socket', detail: 'nothing listens there' };

/**
 * Why nobody took what had arrived; undefined where somebody did. A reset or "port unreachable" that no rule asked for
 * says so itself; an error is for whoever sent what it is about, and only sockets listen to errors.
 */
export async function unwanted({ namespace, leg, answers, packet }: LastSeen, facts: Facts): Promise<Drop | undefined> {
  const { payload } = packet;
  const closed =
    answers.some(({ origin }) => origin === 'tcp-reset') ||
    says(answers, ICMP_DEST_UNREACH, ICMP_PORT_UNREACH) ||
    says(answers, ICMP_DEST_UNREACH, ICMP_PROT_UNREACH);
  const isUnheard = facts.silent && leg.origin !== 'redirect' && leg.cause?.original && isAsking(leg.cause);
  if (closed || isUnheard || isAstray(namespace, leg)) return CLOSED;
  // Where the namespace translates, the addresses that its sockets know show too late.
  const translates = facts.rulesOf(namespace)?.has('nat') ?? false;
  if (payload.kind !== 'icmp') {
    if (leg.cause && !leg.original && !translates && !isAnswerTo(packet, leg.cause.packet)) return CLOSED;
    // What a reset that found no way back would have said.
    const opens = leg.original && leg.origin === 'socket' && !(payload.kind === 'tcp' && payload.flags & TCP_FLAGS.ACK);
    return opens && !(await facts.listens(namespace, packet)) ? CLOSED : undefined;
  }
  if (leg.origin === 'icmp-error' && leg.cause && !(isAsking(leg.cause) && (translates || isAbout(packet, leg.cause))))
    return { reason: 'no-socket', detail: 'no socket waits for an answer to what the error is about' };
  if (payload.type === ICMP_ECHO && answers.length === 0 && (await facts.ignoresEchoes(namespace)))
    return { reason: 'no-socket', detail: 'icmp_echo_ignore_all is 1' };
  return undefined;
}

/** An answer that came to another host than the one that asked. */
function isAstray(namespace: string, { origin, cause }: SeenLeg): boolean {
  return origin !== 'redirect' && cause !== undefined && cause.passages[0]?.namespace !== namespace;
}

/** Did a socket send it that waits for what comes of it? A server's answering datagram has none. */
function isAsking({ origin, packet, original }: SeenLeg): boolean {
  return origin === 'socket' && (packet.payload.kind === 'tcp' || original);
}

/** From where the question went, to where it came from? */
function isAnswerTo({ src, dst, payload }: Packet, question: Packet): boolean {
  const [own, asked] = [portsOf(payload), portsOf(question.payload)];
  return src === question.dst && dst === question.src && own?.sport === asked?.dport && own?.dport === asked?.sport;
}

/** Does the error name the other end as the socket knows it? */
function isAbout({ payload }: Packet, { packet }: SeenLeg): boolean {
  const quoted = payload.kind === 'icmp' ? payload.quoted : undefined;
  const [told, asked] = [quoted && portsOf(quoted.payload), portsOf(packet.payload)];
  if (quoted === undefined || told === undefined || asked === undefined) return true;
  return quoted.dst === packet.dst && told.dport === asked.dport && told.sport === asked.sport;
}

function says(answers: readonly SeenLeg[], type: number, code: number): boolean {
  return answers.some(
    ({ packet: { payload } }) => payload.kind === 'icmp' && payload.type === type && payload.code === code,
  );
}

/** As a `delivered` event names it: the ICMP layer, or the socket. */
export function receiverOf({ payload }: Packet): string {
  if (payload.kind !== 'icmp') return `${payload.kind} ${portsOf(payload)?.dport ?? ''}`.trim();
  if (payload.type === ICMP_ECHO || payload.type === ICMP_REDIRECT) return 'icmp';
  const about = payload.quoted?.payload;
  const ports = about && portsOf(about);
  return ports ? `${about.kind} ${ports.sport}` : 'ping';
}
