/** Sending ICMP errors and redirects (icmp_send, ip_rt_send_redirect; RFC 1122 3.2.2, RFC 1812 4.3). */
import { ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, ICMP_REDIRECT, isIcmpError } from '../net/icmp.js';
import { BROADCAST, contains, type Ipv4, LOOPBACK, MULTICAST } from '../net/ipv4.js';
import { ICMP, IPV4_HEADER, type Packet } from '../net/packet.js';
import type { Skb } from '../netfilter/skb.js';
import { isLocalAddress } from './devinet.js';
import { originate } from './ip-output.js';
import type { Namespace } from './namespace.js';
import { type OutputDecision, routeOutput } from './routing.js';

const ICMP_HEADER = 8;
/** An error quotes as much as fits into a datagram that everybody must accept (RFC 1812, 4.3.2.3). */
const MAX_ERROR = 576;

export interface ErrorDetails {
  readonly mtu?: number;
  readonly gateway?: Ipv4;
}

/** The error's serial, or undefined where none may be sent: about an error, a broadcast, too many a second, no way back. */
export function sendIcmpError(
  ns: Namespace,
  about: Skb,
  type: number,
  code: number,
  details: ErrorDetails = {},
): number | undefined {
  const { packet } = about;
  if (!mayBeAnswered(packet)) return undefined;
  const mark = ns.sysctl.global('net.ipv4.fwmark_reflect') ? about.mark : 0;
  const source = isLocalAddress(ns, packet.dst) ? packet.dst : 0;
  const decision = routeOutput(ns, source, packet.src, mark);
  if (!decision.ok || !allowed(ns, decision, packet.src, type, code)) return undefined;
  const size = Math.min(MAX_ERROR - IPV4_HEADER, ICMP_HEADER + packet.length);
  const datagram = {
    src: decision.source,
    dst: packet.src,
    protocol: ICMP,
    // Precedence "internetwork control" (RFC 1812, 4.3.2.5).
    tos: type === ICMP_REDIRECT || isIcmpError(type) ? (packet.tos & 0x1e) | 0xc0 : packet.tos,
    size,
    df: false,
    payload: { kind: 'icmp', type, code, id: 0, seq: 0, quoted: packet, ...details } as const,
  };
  const origin = type === ICMP_REDIRECT ? 'redirect' : 'icmp-error';
  return originate(ns, datagram, decision.route, decision.lookup, origin, about.serial, (skb) => {
    skb.mark = mark;
    ns.netfilter.attach(skb, about);
  }).skb.serial;
}

/** Never about an ICMP error, a broadcast, a multicast, or for somebody who cannot be a single host. */
function mayBeAnswered({ src, dst, payload }: Packet): boolean {
  if (payload.kind === 'icmp' && isIcmpError(payload.type)) return false;
  if (dst === BROADCAST || contains(MULTICAST, dst)) return false;
  return src !== 0 && src !== BROADCAST && !contains(MULTICAST, src);
}

/** icmpv4_xrlim_allow(). What stays on lo, and path MTU discovery, is never limited. */
function allowed(
  ns: Namespace,
  decision: OutputDecision & { ok: true },
  to: Ipv4,
  type: number,
  code: number,
): boolean {
  if (type === ICMP_DEST_UNREACH && code === ICMP_FRAG_NEEDED) return true;
  if (((1 << type) & ns.sysctl.global('net.ipv4.icmp_ratemask')) === 0) return true;
  if (decision.route.device.kind === 'loopback' || contains(LOOPBACK, to)) return true;
  return ns.rateLimit.allowError(to, ns.clock.now, ns.sysctl.global('net.ipv4.icmp_ratelimit'));
}

/** ip_rt_send_redirect(): "send it there yourself". */
export function sendRedirect(ns: Namespace, about: Skb, gateway: Ipv4): void {
  if (!ns.rateLimit.allowRedirect(about.packet.src, ns.clock.now)) return;
  sendIcmpError(ns, about, ICMP_REDIRECT, 1, { gateway });
}
