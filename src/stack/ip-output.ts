/** Sending: ip_local_out() and ip_output(). OUTPUT, POSTROUTING, then the next hop's station. */
import { BROADCAST_MAC } from '../net/mac.js';
import { IPV4_HEADER, type Packet, type Payload } from '../net/packet.js';
import type { Skb } from '../netfilter/skb.js';
import type { DropReason, Origin } from './events.js';
import { type Namespace, newSkb } from './namespace.js';
import { resolveAndSend, transmit } from './neighbour.js';
import type { Lookup, LookupError, Route } from './route.js';

/** What the sender of a local datagram is told. */
export type SendResult = 'sent' | 'EPERM' | LookupError | 'undetermined';

/** The fields that a layer above IP decides about; the rest is the namespace's. */
export interface Datagram {
  readonly src: number;
  readonly dst: number;
  readonly protocol: number;
  readonly payload: Payload;
  /** Octets after the IPv4 header. */
  readonly size: number;
  readonly df: boolean;
  readonly tos?: number;
  readonly ttl?: number;
}

/** Makes a datagram and sends it: ip_queue_xmit(), ip_push_pending_frames(). */
export function originate(
  ns: Namespace,
  datagram: Datagram,
  route: Route,
  lookup: Lookup,
  origin: Origin,
  cause: number | undefined,
  prepare?: (skb: Skb) => void,
): { readonly skb: Skb; readonly result: SendResult } {
  const skb = makeDatagram(ns, datagram, route, lookup, origin, cause);
  prepare?.(skb);
  return { skb, result: localOut(ns, skb) };
}

/** A datagram that has been made and routed, and has not gone anywhere. */
export function makeDatagram(
  ns: Namespace,
  datagram: Datagram,
  route: Route,
  lookup: Lookup,
  origin: Origin,
  cause: number | undefined,
): Skb {
  const packet: Packet = {
    src: datagram.src,
    dst: datagram.dst,
    protocol: datagram.protocol,
    ttl: datagram.ttl ?? ns.sysctl.global('net.ipv4.ip_default_ttl'),
    tos: datagram.tos ?? 0,
    id: ns.nextId(),
    df: datagram.df,
    length: IPV4_HEADER + datagram.size,
    payload: datagram.payload,
  };
  const skb = newSkb(ns.nextSerial(), packet, undefined);
  skb.route = route;
  ns.observe({
    type: 'originated',
    namespace: ns.name,
    at: ns.clock.now,
    serial: skb.serial,
    packet,
    origin,
    cause,
  });
  reportRoute(ns, skb, 'output', route, lookup);
  return skb;
}

/** ip_local_out(): the OUTPUT hook, then out. */
export function localOut(ns: Namespace, skb: Skb): SendResult {
  const device = (skb.route as Route).device;
  const verdict = ns.netfilter.hook('OUTPUT', skb, '', device.name);
  if (verdict !== 'ACCEPT') return refused(verdict, skb);
  return output(ns, skb, '');
}

/** ip_output(): the POSTROUTING hook, then the wire. `inDevice` is '' for local datagrams. */
export function output(ns: Namespace, skb: Skb, inDevice: string): SendResult {
  const route = skb.route as Route;
  const verdict = ns.netfilter.hook('POSTROUTING', skb, inDevice, route.device.name);
  if (verdict !== 'ACCEPT') return refused(verdict, skb);
  finishOutput(ns, skb);
  return 'sent';
}

/** ip_finish_output2(): to the station of the next hop. */
function finishOutput(ns: Namespace, skb: Skb): void {
  const { device, gateway, kind } = skb.route as Route;
  if (!device.up) return drop(ns, skb, 'device-down', `${device.name} is down`);
  if (device.kind === 'loopback') {
    ns.observe({
      type: 'transmitted',
      namespace: ns.name,
      at: ns.clock.now,
      serial: skb.serial,
      packet: skb.packet,
      device: device.name,
      nextHop: undefined,
      srcMac: undefined,
      dstMac: undefined,
    });
    return ns.loopback(skb);
  }
  if (kind === 'broadcast') return transmit(ns, device, undefined, BROADCAST_MAC, skb);
  resolveAndSend(ns, device, gateway ?? skb.packet.dst, skb);
}

export function drop(ns: Namespace, skb: Skb, reason: DropReason, detail: string): void {
  const { serial, packet } = skb;
  ns.observe({ type: 'dropped', namespace: ns.name, at: ns.clock.now, serial, packet, reason, detail });
}

export function reportRoute(
  ns: Namespace,
  skb: Skb,
  direction: 'input' | 'output' | 'reroute',
  route: Route,
  lookup: Lookup,
): void {
  ns.observe({
    type: 'routed',
    namespace: ns.name,
    at: ns.clock.now,
    serial: skb.serial,
    packet: skb.packet,
    direction,
    result: routedResult(route, lookup),
    table: lookup.table,
    destination: lookup.route?.destination,
    device: route.kind === 'error' ? undefined : route.device.name,
    via: route.gateway,
  });
}

function routedResult(route: Route, lookup: Lookup) {
  if (route.kind === 'output') return 'unicast';
  if (route.kind !== 'error') return route.kind;
  const type = lookup.route?.type;
  return type === 'blackhole' || type === 'unreachable' || type === 'prohibit' ? type : 'no-route';
}

function refused(verdict: 'DROP' | 'STOLEN' | 'UNDETERMINED', { errno }: Skb): SendResult {
  return verdict === 'UNDETERMINED' ? 'undetermined' : ((errno as LookupError | undefined) ?? 'EPERM');
}
