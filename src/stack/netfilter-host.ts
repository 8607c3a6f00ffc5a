/** The stack's answers to what netfilter asks of its namespace. */
import { ICMP_ECHO_REPLY } from '../net/icmp.js';
import { BROADCAST, contains, type Ipv4, MULTICAST } from '../net/ipv4.js';
import type { HookPass } from '../netfilter/hooks.js';
import type { AddressType, NetfilterHost, ReversePathOptions } from '../netfilter/host.js';
import type { Skb } from '../netfilter/skb.js';
import { selectAddress } from './devinet.js';
import { LOCAL_TABLE } from './fib.js';
import { sendIcmpError } from './icmp-send.js';
import { drop, reportRoute } from './ip-output.js';
import type { Namespace } from './namespace.js';
import { ERRNO_TEXT } from './outcome.js';
import type { Route } from './route.js';
import { reverseRoute, routeOutput } from './routing.js';
import { rejectWithReset } from './tcp.js';

export function createNetfilterHost(ns: () => Namespace, name: string): NetfilterHost {
  return {
    namespace: name,
    now: () => ns().clock.now,
    random: () => ns().random(),
    addressType: (address, device) => addressType(ns(), address, device),
    primaryAddress: (device) => ns().devices.get(device)?.primary?.address,
    masqueradeAddress: (skb, device) => masqueradeAddress(ns(), skb, device),
    reversePathOk: (skb, device, options) => reversePathOk(ns(), skb, device, options),
    reroute: (skb) => reroute(ns(), skb),
    sendIcmpError: (skb, pass, type, code) =>
      isOwnEchoReply(skb, pass) ? undefined : sendIcmpError(ns(), skb, type, code),
    sendTcpReset: (skb) => rejectWithReset(ns(), skb),
  };
}

/** icmp_xmit_lock(): the ICMP layer cannot complain while it is itself sending, so an own echo reply is rejected in silence. */
function isOwnEchoReply({ packet: { payload } }: Skb, { hook }: HookPass): boolean {
  return hook === 'OUTPUT' && payload.kind === 'icmp' && payload.type === ICMP_ECHO_REPLY;
}

/** __inet_dev_addr_type(): only the local table is asked. */
function addressType(ns: Namespace, address: Ipv4, device: string | undefined): AddressType {
  if (address >>> 24 === 0 || address === BROADCAST) return 'BROADCAST';
  if (contains(MULTICAST, address)) return 'MULTICAST';
  const route = ns.fib.table(LOCAL_TABLE).lookup({ dst: address, oif: undefined });
  if (!route || (device !== undefined && route.device?.name !== device)) return 'UNICAST';
  return route.type.toUpperCase() as AddressType;
}

/** nf_nat_masquerade_ipv4(): an address of the outgoing device, best one of the next hop's subnet. */
function masqueradeAddress(ns: Namespace, skb: Skb, name: string): Ipv4 | undefined {
  const device = ns.devices.get(name);
  const route = skb.route as Route | undefined;
  return device && selectAddress(ns, device, route?.gateway ?? skb.packet.dst, 'global');
}

/** rpfilter_lookup_reverse(). */
function reversePathOk(ns: Namespace, skb: Skb, device: string, options: ReversePathOptions): boolean {
  if (ns.devices.get(device)?.kind === 'loopback') return true;
  const lookup = reverseRoute(ns, skb.packet, options.validMark ? skb.mark : 0);
  if (!lookup.ok) return false;
  const { type } = lookup.route;
  if (type !== 'unicast' && !(type === 'local' && options.acceptLocal)) return false;
  return options.loose || lookup.route.device?.name === device;
}

/** ip_route_me_harder(): the source stays what it is. */
function reroute(ns: Namespace, skb: Skb): boolean {
  const decision = routeOutput(ns, skb.packet.src, skb.packet.dst, skb.mark);
  if (!decision.ok) {
    skb.errno = decision.error;
    drop(ns, skb, 'nat-reroute-failed', `the changed packet has no route: ${ERRNO_TEXT[decision.error]}`);
    return false;
  }
  skb.route = decision.route;
  reportRoute(ns, skb, 'reroute', decision.route, decision.lookup);
  return true;
}
