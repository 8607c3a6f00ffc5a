/** What a host does with an ICMP message for it (icmp_rcv, icmp_echo, icmp_unreach, ip_do_redirect). */
import { ICMP_ECHO, ICMP_ECHO_REPLY, ICMP_REDIRECT, isIcmpError } from '../net/icmp.js';
import type { Ipv4 } from '../net/ipv4.js';
import { ICMP, type IcmpMessage, IPV4_HEADER, type Packet } from '../net/packet.js';
import type { Skb } from '../netfilter/skb.js';
import type { Device } from './device.js';
import { drop, originate } from './ip-output.js';
import type { Namespace } from './namespace.js';
import { routeOutput } from './routing.js';
import { pingKey, senderKey } from './sockets.js';

/** ip_rt_gc_timeout: how long a redirect is believed, in milliseconds. */
const REDIRECT_LIFETIME = 300_000;

export function receiveIcmp(ns: Namespace, skb: Skb, device: Device): void {
  const icmp = skb.packet.payload as IcmpMessage;
  if (icmp.type === ICMP_ECHO) return echo(ns, skb, icmp);
  if (icmp.type === ICMP_ECHO_REPLY) return deliverTo(ns, skb, pingKey(icmp.id));
  if (icmp.type === ICMP_REDIRECT) return redirected(ns, skb, icmp, device);
  if (!isIcmpError(icmp.type) || !icmp.quoted) {
    return drop(ns, skb, 'not-modelled', `ICMP type ${icmp.type} is not answered by the engine`);
  }
  const key = senderKey(icmp.quoted);
  const socket = key === undefined ? undefined : ns.sockets.find(key);
  if (!socket) return drop(ns, skb, 'no-socket', 'no socket of this namespace sent what the error is about');
  delivered(ns, skb, socket.name);
  socket.error(icmp, skb.packet.src);
}

/** Hands a datagram to the socket that waits for it. */
export function deliverTo(ns: Namespace, skb: Skb, key: string): void {
  const socket = ns.sockets.find(key);
  if (!socket) return drop(ns, skb, 'no-socket', 'no socket waits for it');
  delivered(ns, skb, socket.name);
  socket.receive(skb);
}

export function delivered(ns: Namespace, skb: Skb, to: string): void {
  const { serial, packet } = skb;
  ns.observe({ type: 'delivered', namespace: ns.name, at: ns.clock.now, serial, packet, to });
}

/** icmp_echo(): the same message back, from the address that was asked. */
function echo(ns: Namespace, skb: Skb, icmp: IcmpMessage): void {
  if (ns.sysctl.global('net.ipv4.icmp_echo_ignore_all')) {
    return drop(ns, skb, 'no-socket', 'icmp_echo_ignore_all is 1');
  }
  const { packet } = skb;
  delivered(ns, skb, 'icmp');
  const mark = ns.sysctl.global('net.ipv4.fwmark_reflect') ? skb.mark : 0;
  const decision = routeOutput(ns, packet.dst, packet.src, mark);
  if (!decision.ok) return;
  const datagram = {
    src: packet.dst,
    dst: packet.src,
    protocol: ICMP,
    tos: packet.tos,
    size: packet.length - IPV4_HEADER,
    df: false,
    payload: { ...icmp, type: ICMP_ECHO_REPLY },
  };
  originate(ns, datagram, decision.route, decision.lookup, 'echo-reply', skb.serial, (reply) => {
    reply.mark = mark;
  });
}

/**
 * __ip_do_redirect(): believed only from the gateway in use, for a gateway on the link, and only once that gateway is
 * known as a neighbour; an unknown one is merely looked up.
 */
function redirected(ns: Namespace, skb: Skb, icmp: IcmpMessage, device: Device): void {
  const quoted: Packet | undefined = icmp.quoted;
  const gateway: Ipv4 | undefined = icmp.gateway;
  delivered(ns, skb, 'icmp');
  if (!quoted || gateway === undefined || !device.conf.accept_redirects) return;
  const decision = routeOutput(ns, quoted.src, quoted.dst, 0);
  if (!decision.ok || decision.route.gateway !== skb.packet.src || decision.route.device !== device) return;
  const neighbour = device.neighbours.get(gateway);
  if (neighbour?.mac === undefined) {
    ns.solicit(device, gateway);
    return;
  }
  ns.exceptions.set(quoted.dst, { gateway, expiresAt: ns.clock.now + REDIRECT_LIFETIME });
}
