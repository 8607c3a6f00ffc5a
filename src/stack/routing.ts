/** The routing decision of a packet: ip_route_input_slow(), ip_route_output_key_hash() and reverse path validation (net/ipv4/route.c, fib_frontend.c). */
import {
  BROADCAST,
  contains,
  formatIpv4,
  formatPrefix,
  type Ipv4,
  LOOPBACK,
  MULTICAST,
  type Prefix,
} from '../net/ipv4.js';
import type { Packet } from '../net/packet.js';
import { maxConf, orConf } from './devconf.js';
import type { Device } from './device.js';
import { ownsAddress, selectAddress } from './devinet.js';
import type { DropReason } from './events.js';
import type { Namespace } from './namespace.js';
import type { FibRoute, Lookup, LookupError, Route } from './route.js';

export type InputDecision =
  | { readonly ok: true; readonly route: Route; readonly lookup: Lookup }
  | { readonly ok: false; readonly reason: DropReason; readonly detail: string };

export type OutputDecision =
  | { readonly ok: true; readonly route: Route; readonly lookup: Lookup; readonly source: Ipv4 }
  | { readonly ok: false; readonly error: LookupError; readonly lookup: Lookup };

const ZERO_NET: Prefix = { address: 0, length: 8 };

/** ip_route_input_slow(): where does a packet go that came in on `device`? */
export function routeInput(
  ns: Namespace,
  packet: Pick<Packet, 'src' | 'dst'>,
  device: Device,
  mark: number,
): InputDecision {
  const { src, dst } = packet;
  const { all } = ns.sysctl.confs;
  const localnet = orConf(all, device.conf, 'route_localnet');
  if (contains(MULTICAST, src) || src === BROADCAST || (contains(ZERO_NET, src) && !(src === 0 && dst === BROADCAST))) {
    return martian('source', `${formatIpv4(src)} cannot be a source address`);
  }
  if (dst === BROADCAST) return broadcastInput(device);
  if (contains(ZERO_NET, dst)) return martian('destination', `${formatIpv4(dst)} cannot be a destination address`);
  if (contains(LOOPBACK, dst) && !localnet) {
    return martian('destination', `127.0.0.0/8 came in on ${device.name}, and route_localnet is 0 there`);
  }
  if (contains(LOOPBACK, src) && !localnet) {
    return martian('source', `127.0.0.0/8 came in on ${device.name}, and route_localnet is 0 there`);
  }
  const lookup = ns.fib.lookup({ src, dst, iif: device.name, oif: undefined, mark });
  const forwarding = device.conf.forwarding !== 0;
  // The kernel reports a host that may not forward as unreachable, silently (ip_error).
  if (!lookup.ok) return errorInput(device, forwarding ? lookup.error : 'EHOSTUNREACH', lookup);
  const { route } = lookup;
  if (route.type === 'broadcast') return broadcastInput(device, lookup);
  if (route.type === 'local') {
    const invalid = validateSource(ns, packet, device, undefined, mark);
    if (invalid) return invalid;
    return accept({ kind: 'local', device, gateway: undefined, error: undefined, redirect: false }, lookup);
  }
  if (!forwarding) return errorInput(device, 'EHOSTUNREACH', lookup);
  const out = route.device!;
  const invalid = validateSource(ns, packet, device, out, mark);
  if (invalid) return invalid;
  const gateway = redirectedGateway(ns, dst) ?? route.via;
  const redirect = out === device && redirectWanted(ns, packet, device, gateway);
  return accept({ kind: 'forward', device: out, gateway, error: undefined, redirect }, lookup);
}

/**
 * ip_route_output_key_hash(): where does a packet go that is made here, and from which address?
 * `source` 0 asks for one.
 */
export function routeOutput(ns: Namespace, source: Ipv4, dst: Ipv4, mark: number, oif?: string): OutputDecision {
  const lookup = ns.fib.lookup({ src: source, dst, iif: 'lo', oif, mark });
  if (!lookup.ok) return withoutRoute(ns, source, oif, lookup);
  const { route } = lookup;
  if (route.type === 'local') {
    const lo = ns.devices.get('lo') ?? route.device!;
    return {
      ok: true,
      source: source || route.source || dst,
      lookup,
      route: { kind: 'local', device: lo, gateway: undefined, error: undefined, redirect: false },
    };
  }
  const device = route.device!;
  const gateway = dst === BROADCAST ? undefined : (redirectedGateway(ns, dst) ?? route.via);
  const chosen = source || route.source || selectAddress(ns, device, route.via ?? 0, route.scope) || 0;
  if (contains(LOOPBACK, chosen) && !orConf(ns.sysctl.confs.all, device.conf, 'route_localnet')) {
    return { ok: false, error: 'EINVAL', lookup };
  }
  const kind = route.type === 'broadcast' || dst === BROADCAST ? 'broadcast' : 'output';
  return { ok: true, source: chosen, lookup, route: { kind, device, gateway, error: undefined, redirect: false } };
}

/** "Apparently, routing tables are wrong": who names a device gets to speak to everybody on its link. */
function withoutRoute(
  ns: Namespace,
  source: Ipv4,
  oif: string | undefined,
  lookup: Extract<Lookup, { ok: false }>,
): OutputDecision {
  const device = oif === undefined || lookup.route ? undefined : ns.devices.get(oif);
  if (!device) return { ok: false, error: lookup.error, lookup };
  const chosen = source || selectAddress(ns, device, 0, 'link') || 0;
  const route = { kind: 'output', device, gateway: undefined, error: undefined, redirect: false } as const;
  return { ok: true, source: chosen, lookup, route };
}

/**
 * fib_validate_source(): may a packet with this source come in here? A source that is one of the own addresses may not
 * (martian); with rp_filter the way back must leave by the device that the packet came in on (strict) or exist (loose).
 */
export function validateSource(
  ns: Namespace,
  packet: Pick<Packet, 'src' | 'dst'>,
  device: Device,
  out: Device | undefined,
  mark: number,
): Extract<InputDecision, { ok: false }> | undefined {
  const { all } = ns.sysctl.confs;
  const rpFilter = maxConf(all, device.conf, 'rp_filter');
  const { src } = packet;
  if (rpFilter === 0 && !(out === device && orConf(all, device.conf, 'send_redirects'))) {
    if (orConf(all, device.conf, 'accept_local')) return undefined;
    return ownsAddress(ns, src)
      ? martian('source', `${formatIpv4(src)} is one of this namespace's own addresses`)
      : undefined;
  }
  const useMark = orConf(all, device.conf, 'src_valid_mark') ? mark : 0;
  const lookup = ns.fib.lookup({ src: packet.dst, dst: src, iif: 'lo', oif: undefined, mark: useMark });
  if (!lookup.ok) return rpFilter === 0 ? undefined : filtered(device, `there is no route back to ${formatIpv4(src)}`);
  const { route } = lookup;
  if (route.type !== 'unicast' && !(route.type === 'local' && orConf(all, device.conf, 'accept_local'))) {
    return martian('source', `${formatIpv4(src)} is a ${route.type} address here`);
  }
  if (route.device === device) return undefined;
  if (rpFilter === 1) {
    return filtered(
      device,
      `the way back to ${formatIpv4(src)} leaves by ${route.device!.name} (${formatPrefix(route.destination)})`,
    );
  }
  return undefined;
}

/** xt_rpfilter and the like: would a reply leave by `device`? */
export function reverseRoute(ns: Namespace, packet: Packet, mark: number): Lookup {
  return ns.fib.lookup({ src: packet.dst, dst: packet.src, iif: 'lo', oif: undefined, mark });
}

function redirectedGateway(ns: Namespace, dst: Ipv4): Ipv4 | undefined {
  const exception = ns.exceptions.get(dst);
  return exception && exception.expiresAt > ns.clock.now ? exception.gateway : undefined;
}

/** __mkroute_input(): in and out by the same device, from a sender on that link who could reach the next hop itself. */
function redirectWanted(
  ns: Namespace,
  packet: Pick<Packet, 'src' | 'dst'>,
  device: Device,
  gateway: Ipv4 | undefined,
): boolean {
  const { all } = ns.sysctl.confs;
  if (!orConf(all, device.conf, 'send_redirects')) return false;
  const back = ns.fib.lookup({ src: packet.dst, dst: packet.src, iif: 'lo', oif: undefined, mark: 0 });
  if (!back.ok || back.route.device !== device || back.route.via !== undefined) return false;
  if (orConf(all, device.conf, 'shared_media')) return true;
  return onLink(device, gateway ?? packet.dst) && onLink(device, packet.src);
}

function onLink(device: Device, address: Ipv4): boolean {
  return device.addresses.some((own) => contains({ address: own.address, length: own.length }, address));
}

function accept(route: Route, lookup: Lookup): InputDecision {
  return { ok: true, route, lookup };
}

function broadcastInput(device: Device, lookup?: Lookup): InputDecision {
  const everywhere: FibRoute = {
    destination: { address: BROADCAST, length: 32 },
    type: 'broadcast',
    scope: 'link',
    proto: 'kernel',
    device,
    via: undefined,
    source: undefined,
    metric: 0,
    onlink: false,
  };
  return accept(
    { kind: 'broadcast', device, gateway: undefined, error: undefined, redirect: false },
    lookup ?? { ok: true, route: everywhere, table: 'local' },
  );
}

function errorInput(device: Device, error: LookupError, lookup: Lookup): InputDecision {
  return accept({ kind: 'error', device, gateway: undefined, error, redirect: false }, lookup);
}

function martian(which: 'source' | 'destination', detail: string): Extract<InputDecision, { ok: false }> {
  return { ok: false, reason: `martian-${which}`, detail };
}

function filtered(device: Device, why: string): Extract<InputDecision, { ok: false }> {
  return { ok: false, reason: 'rp-filter', detail: `rp_filter on ${device.name}: ${why}` };
}
