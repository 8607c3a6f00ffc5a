/** Receiving: ip_rcv() to ip_local_deliver(). PREROUTING, the routing decision, INPUT, the protocol. */
import { ICMP_DEST_UNREACH, ICMP_PROT_UNREACH } from '../net/icmp.js';
import { formatIpv4 } from '../net/ipv4.js';
import type { Skb } from '../netfilter/skb.js';
import type { Device } from './device.js';
import { receiveIcmp } from './icmp-receive.js';
import { sendIcmpError } from './icmp-send.js';
import { forward, routeError } from './ip-forward.js';
import { drop, reportRoute } from './ip-output.js';
import type { Namespace } from './namespace.js';
import type { Route } from './route.js';
import { routeInput } from './routing.js';
import { receiveTcp } from './tcp.js';
import { receiveUdp } from './udp.js';

/** ip_rcv(): a datagram for this station came in on `device`. */
export function ipReceive(ns: Namespace, skb: Skb, device: Device): void {
  if (ns.netfilter.hook('PREROUTING', skb, device.name, '') === 'ACCEPT') ipReceiveFinish(ns, skb, device);
}

/** ip_rcv_finish(): where does it go? A datagram that came back by lo knows already. */
export function ipReceiveFinish(ns: Namespace, skb: Skb, device: Device): void {
  if (skb.route === undefined) {
    const decision = routeInput(ns, skb.packet, device, skb.mark);
    if (!decision.ok) return drop(ns, skb, decision.reason, decision.detail);
    skb.route = decision.route;
    reportRoute(ns, skb, 'input', decision.route, decision.lookup);
  }
  const { kind } = skb.route as Route;
  if (kind === 'forward') forward(ns, skb, device);
  else if (kind === 'error') routeError(ns, skb, device);
  else localDeliver(ns, skb, device);
}

/** ip_local_deliver(). */
function localDeliver(ns: Namespace, skb: Skb, device: Device): void {
  if (ns.netfilter.hook('INPUT', skb, device.name, '') !== 'ACCEPT') return;
  if ((skb.route as Route).kind === 'broadcast') {
    return drop(ns, skb, 'no-socket', `nobody here listens to broadcasts for ${formatIpv4(skb.packet.dst)}`);
  }
  switch (skb.packet.payload.kind) {
    case 'icmp':
      return receiveIcmp(ns, skb, device);
    case 'tcp':
      return receiveTcp(ns, skb);
    case 'udp':
      return receiveUdp(ns, skb);
    default:
      drop(ns, skb, 'no-socket', `no protocol ${skb.packet.protocol} here`);
      sendIcmpError(ns, skb, ICMP_DEST_UNREACH, ICMP_PROT_UNREACH);
  }
}
