/** Addresses on devices and the routes that come and go with them (net/ipv4/devinet.c, fib_frontend.c). */
import { type InterfaceAddress, type Ipv4, prefixOf } from '../net/ipv4.js';
import { type AddressLabel, type Device, type DeviceAddress, sameSubnet } from './device.js';
import { LOCAL_TABLE, MAIN_TABLE } from './fib.js';
import type { Namespace } from './namespace.js';
import { type FibRoute, type RouteScope, SCOPE_NUMBER } from './route.js';

/** inet_rtm_newaddr(). False where the device has that address already. */
export function addAddress(
  ns: Namespace,
  device: Device,
  address: InterfaceAddress,
  scope: DeviceAddress['scope'] = 'global',
  label: AddressLabel = {},
): boolean {
  if (device.addresses.some((other) => other.address === address.address && other.length === address.length))
    return false;
  const inserted = device.insertAddress(address, scope, label);
  for (const route of routesOfAddress(device, inserted)) insertUnlessPresent(ns, route.table, route.route);
  return true;
}

/** inet_rtm_deladdr(): its secondaries go with a primary, and every route that prefers it as a source. */
export function deleteAddress(ns: Namespace, device: Device, address: InterfaceAddress): boolean {
  const found = device.addresses.find((other) => other.address === address.address && other.length === address.length);
  if (!found) return false;
  const gone = found.secondary
    ? [found]
    : device.addresses.filter((other) => other.length === found.length && sameSubnet(other, found));
  for (const one of gone) {
    device.addresses.splice(device.addresses.indexOf(one), 1);
    for (const { table, route } of routesOfAddress(device, one)) removeEqual(ns, table, route);
    for (const table of ns.fib.tables.values()) table.removeWhere((route) => route.source === one.address);
    ns.netfilter.conntrack.forgetMasqueraded(device.name, one.address);
  }
  return true;
}

/** `ip link set DEV up`: the connected routes of its addresses come back. */
export function bringUp(ns: Namespace, device: Device): void {
  if (device.up) return;
  device.up = true;
  device.activated = true;
  for (const address of device.addresses) {
    for (const { table, route } of routesOfAddress(device, address)) insertUnlessPresent(ns, table, route);
  }
}

/** `ip link set DEV down`: all routes over it go, but for the local ones (fib_sync_down_dev); its neighbours are forgotten. */
export function bringDown(ns: Namespace, device: Device): void {
  if (!device.up) return;
  device.up = false;
  for (const table of ns.fib.tables.values()) {
    table.removeWhere((route) => route.device === device && route.type !== 'local');
  }
  forgetNeighbours(device);
  ns.netfilter.conntrack.forgetMasqueraded(device.name);
}

export function forgetNeighbours(device: Device): void {
  for (const [address, entry] of device.neighbours) {
    if (entry.state === 'PERMANENT') continue;
    entry.timer?.cancel();
    device.neighbours.delete(address);
  }
}

/** A device leaves the namespace: with it its addresses, routes and neighbours. */
export function removeDevice(ns: Namespace, device: Device): void {
  bringDown(ns, device);
  for (const table of ns.fib.tables.values()) table.removeWhere((route) => route.device === device);
  for (const other of ns.devices.values()) if (other.master === device) other.master = undefined;
  ns.devices.delete(device.name);
}

/** inet_addr_type() of a local address: is it one of this namespace's own? */
export function isLocalAddress(ns: Namespace, address: Ipv4): boolean {
  const route = ns.fib.table(LOCAL_TABLE).lookup({ dst: address, oif: undefined });
  return route?.type === 'local';
}

/** inet_lookup_ifaddr_rcu(): is the address on one of the devices? */
export function ownsAddress(ns: Namespace, address: Ipv4): boolean {
  for (const device of ns.devices.values()) {
    for (const own of device.addresses) if (own.address === address) return true;
  }
  return false;
}

/**
 * inet_select_addr(): the source address for a packet that leaves by `device` towards `destination`: the first primary
 * address, one whose subnet holds the destination before others; without any, the first suitable one of all devices in
 * the order of their registration.
 */
export function selectAddress(ns: Namespace, device: Device, destination: Ipv4, scope: RouteScope): Ipv4 | undefined {
  const wanted = SCOPE_NUMBER[scope];
  let first: Ipv4 | undefined;
  for (const own of device.addresses) {
    if (own.secondary || SCOPE_NUMBER[own.scope] > wanted) continue;
    if (destination === 0 || sameSubnet({ address: destination, length: own.length }, own)) return own.address;
    first ??= own.address;
  }
  if (first !== undefined) return first;
  for (const other of ns.devices.values()) {
    for (const own of other.addresses) {
      if (!own.secondary && own.scope !== 'link' && SCOPE_NUMBER[own.scope] <= wanted) return own.address;
    }
  }
  return undefined;
}

/** fib_add_ifaddr(): local and broadcast routes and the connected one, as far as the device is up. */
function routesOfAddress(device: Device, own: DeviceAddress): { table: string; route: FibRoute }[] {
  const primary = own.secondary && device.addresses.find((other) => !other.secondary && inSubnet(other, own));
  const source = primary ? primary.address : own.address;
  const common = { proto: 'kernel', device, via: undefined, source, metric: 0, onlink: false } as const;
  const routes: { table: string; route: FibRoute }[] = [
    {
      table: LOCAL_TABLE,
      route: { ...common, destination: { address: own.address, length: 32 }, type: 'local', scope: 'host' },
    },
  ];
  if (!device.up) return routes;
  const subnet = prefixOf(own.address, own.length);
  if (device.kind === 'loopback') {
    // All of 127.0.0.0/8 is local, not only the address.
    routes.push({ table: LOCAL_TABLE, route: { ...common, destination: subnet, type: 'local', scope: 'host' } });
  } else if (own.length < 32 && !own.secondary) {
    routes.push({ table: MAIN_TABLE, route: { ...common, destination: subnet, type: 'unicast', scope: 'link' } });
  }
  if (own.broadcast !== undefined && !own.secondary) {
    const destination = { address: own.broadcast, length: 32 };
    routes.push({ table: LOCAL_TABLE, route: { ...common, destination, type: 'broadcast', scope: 'link' } });
  }
  return routes;
}

function inSubnet(primary: DeviceAddress, own: DeviceAddress): boolean {
  return primary.length === own.length && sameSubnet(primary, own);
}

function insertUnlessPresent(ns: Namespace, table: string, route: FibRoute): void {
  const there = ns.fib.table(table).of(route.destination);
  if (!there.some((other) => same(other, route))) ns.fib.table(table).insert(route, false);
}

function removeEqual(ns: Namespace, table: string, route: FibRoute): void {
  const there = ns.fib
    .table(table)
    .of(route.destination)
    .find((other) => same(other, route));
  if (there) ns.fib.table(table).remove(there);
}

function same(a: FibRoute, b: FibRoute): boolean {
  return (
    a.type === b.type &&
    a.device === b.device &&
    a.via === b.via &&
    a.source === b.source &&
    a.metric === b.metric &&
    a.destination.address === b.destination.address &&
    a.destination.length === b.destination.length
  );
}
