/** Forwarding: ip_forward() and ip_error(). TTL, MTU and redirects are decided before the FORWARD hook. */
import {
  ICMP_DEST_UNREACH,
  ICMP_FRAG_NEEDED,
  ICMP_HOST_UNREACH,
  ICMP_NET_UNREACH,
  ICMP_PKT_FILTERED,
  ICMP_TIME_EXCEEDED,
} from '../net/icmp.js';
import { formatIpv4 } from '../net/ipv4.js';
import type { Skb } from '../netfilter/skb.js';
import type { Device } from './device.js';
import { sendIcmpError, sendRedirect } from './icmp-send.js';
import { drop, output } from './ip-output.js';
import type { Namespace } from './namespace.js';
import type { LookupError, Route } from './route.js';

export function forward(ns: Namespace, skb: Skb, inDevice: Device): void {
  const { device, gateway, redirect } = skb.route as Route;
  const { packet } = skb;
  if (packet.ttl <= 1) {
    drop(ns, skb, 'ttl-exceeded', 'the TTL reached 0 here');
    sendIcmpError(ns, skb, ICMP_TIME_EXCEEDED, 0);
    return;
  }
  if (packet.length > device.mtu && packet.df) {
    drop(ns, skb, 'frag-needed', `${packet.length} octets do not fit the MTU ${device.mtu} of ${device.name}`);
    sendIcmpError(ns, skb, ICMP_DEST_UNREACH, ICMP_FRAG_NEEDED, { mtu: device.mtu });
    return;
  }
  if (packet.length > device.mtu) {
    return drop(ns, skb, 'not-modelled', `fragmentation is not modelled (MTU ${device.mtu} of ${device.name})`);
  }
  skb.packet = { ...packet, ttl: packet.ttl - 1 };
  if (redirect) sendRedirect(ns, skb, gateway ?? packet.dst);
  const verdict = ns.netfilter.hook('FORWARD', skb, inDevice.name, device.name);
  if (verdict === 'ACCEPT') output(ns, skb, inDevice.name);
}

const ROUTE_ERRORS: Readonly<
  Record<LookupError, { code: number; reason: 'no-route' | 'unreachable' | 'prohibit' | 'blackhole' }>
> = {
  ENETUNREACH: { code: ICMP_NET_UNREACH, reason: 'no-route' },
  EHOSTUNREACH: { code: ICMP_HOST_UNREACH, reason: 'unreachable' },
  EACCES: { code: ICMP_PKT_FILTERED, reason: 'prohibit' },
  EINVAL: { code: 0, reason: 'blackhole' },
};

/** ip_error(): a packet came in that has no way on. Who may not forward says nothing, nor does a blackhole. */
export function routeError(ns: Namespace, skb: Skb, inDevice: Device): void {
  const error = (skb.route as Route).error!;
  const dst = formatIpv4(skb.packet.dst);
  if (inDevice.conf.forwarding === 0) {
    return drop(
      ns,
      skb,
      'forwarding-disabled',
      `${dst} is not an own address, and forwarding is 0 on ${inDevice.name}`,
    );
  }
  const { code, reason } = ROUTE_ERRORS[error];
  const detail = reason === 'no-route' ? `there is no route to ${dst}` : `the route to ${dst} says ${reason}`;
  drop(ns, skb, reason, detail);
  if (reason === 'blackhole') return;
  if (ns.rateLimit.allowRouteError(skb.packet.src, ns.clock.now)) sendIcmpError(ns, skb, ICMP_DEST_UNREACH, code);
}
