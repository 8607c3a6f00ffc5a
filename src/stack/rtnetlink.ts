/** Adding and deleting routes as `ip route` does, with the kernel's checks and its words (fib_semantics.c, rtnetlink). */
import type { Ipv4, Prefix } from '../net/ipv4.js';
import type { Device } from './device.js';
import { LOCAL_TABLE, MAIN_TABLE } from './fib.js';
import type { Namespace } from './namespace.js';
import { type FibRoute, type RouteScope, type RouteType, SCOPE_NUMBER } from './route.js';

/** What `ip route` asks for. */
export interface RouteRequest {
  readonly destination: Prefix;
  readonly type: RouteType;
  readonly via: Ipv4 | undefined;
  readonly device: string | undefined;
  readonly source: Ipv4 | undefined;
  readonly metric: number;
  readonly table: string;
  /** Undefined: link for a route without gateway, global for one with. */
  readonly scope: RouteScope | undefined;
  readonly proto: string;
  readonly onlink: boolean;
}

/** `add` refuses a second route of the same prefix and metric; `prepend` puts it in front, `append` behind, `replace` in place. */
export type RouteCommand = 'add' | 'append' | 'prepend' | 'replace' | 'change';

/** An RTNETLINK answer: undefined for success, else the text after `RTNETLINK answers: ` or `Error: `. */
export type RtnetlinkError = string | undefined;

export function addRoute(ns: Namespace, command: RouteCommand, request: RouteRequest): RtnetlinkError {
  const resolved = resolve(ns, request);
  if (typeof resolved === 'string') return resolved;
  const table = ns.fib.table(request.table);
  const equal = table.of(request.destination).filter((route) => route.metric === request.metric);
  if (command === 'add' && equal.length > 0) return 'RTNETLINK answers: File exists';
  if ((command === 'append' || command === 'prepend') && equal.some((route) => sameNexthop(route, resolved))) {
    return 'RTNETLINK answers: File exists';
  }
  if (command === 'change' && equal.length === 0) return 'RTNETLINK answers: No such file or directory';
  const replaced = command === 'replace' || command === 'change' ? equal[0] : undefined;
  if (replaced) table.remove(replaced);
  table.insert(resolved, command === 'prepend' || replaced !== undefined);
  return undefined;
}

/** Two routes that differ in nothing but their place are one (fib_table_insert, fa_match). */
function sameNexthop(a: FibRoute, b: FibRoute): boolean {
  const keys = ['type', 'scope', 'proto', 'device', 'via', 'source', 'onlink'] as const;
  return keys.every((key) => a[key] === b[key]);
}

export function deleteRoute(
  ns: Namespace,
  request: Partial<RouteRequest> & Pick<RouteRequest, 'destination' | 'table'>,
): RtnetlinkError {
  const table = ns.fib.table(request.table);
  const route = table
    .of(request.destination)
    .find(
      (candidate) =>
        (request.type === undefined || candidate.type === request.type) &&
        (request.via === undefined || candidate.via === request.via) &&
        (request.device === undefined || candidate.device?.name === request.device) &&
        (request.source === undefined || candidate.source === request.source) &&
        (request.metric === undefined || request.metric === 0 || candidate.metric === request.metric) &&
        (request.proto === undefined || request.proto === 'boot' || candidate.proto === request.proto),
    );
  if (!route) return 'RTNETLINK answers: No such process';
  table.remove(route);
  return undefined;
}

const GATEWAY_FOR_NOTHING = 'Error: Gateway, device and multipath can not be specified for this route type.';

/** fib_create_info() and fib_check_nh(): which device, and is the gateway reachable? */
function resolve(ns: Namespace, request: RouteRequest): FibRoute | string {
  const { destination, type, via, source, metric, proto, onlink } = request;
  const route = { destination, type, via, source, metric, proto, onlink };
  if (type === 'blackhole' || type === 'unreachable' || type === 'prohibit' || type === 'throw') {
    if (via !== undefined || request.device !== undefined) return GATEWAY_FOR_NOTHING;
    return { ...route, device: undefined, scope: request.scope ?? 'global' };
  }
  let device = request.device === undefined ? undefined : ns.devices.get(request.device);
  if (request.device !== undefined && !device) return `Cannot find device "${request.device}"`;
  if (source !== undefined && !localAddress(ns, source)) return 'Error: Invalid prefsrc address.';
  if (via !== undefined) {
    const gatewayDevice = checkGateway(ns, via, device, request);
    if (typeof gatewayDevice === 'string') return gatewayDevice;
    device = gatewayDevice;
  }
  if (!device) return 'RTNETLINK answers: No such device';
  if (!device.up) return 'Error: Device for nexthop is not up.';
  const scope = request.scope ?? (type === 'local' ? 'host' : via === undefined ? 'link' : 'global');
  return { ...route, device, scope };
}

/** fib_check_nh_v4_gw(). */
function checkGateway(
  ns: Namespace,
  via: Ipv4,
  device: Device | undefined,
  { onlink, scope: asked = 'global' }: RouteRequest,
): Device | string {
  if (onlink) {
    if (asked !== 'global') return 'Error: Nexthop has invalid scope.';
    if (!device) return 'Error: Nexthop device required for onlink.';
    if (!device.up) return 'Error: Nexthop device is not up.';
    return device;
  }
  // A gateway must be nearer than what is behind it, and on the link at least (cfg->fc_scope + 1).
  const scope = Math.max(SCOPE_NUMBER[asked] + 1, SCOPE_NUMBER.link);
  const lookup = ns.fib.lookup({ src: 0, dst: via, iif: 'lo', oif: device?.name, mark: 0, scope });
  const route = lookup.ok ? lookup.route : undefined;
  if (!route?.device?.up || (route.type !== 'unicast' && route.type !== 'local')) {
    return 'Error: Nexthop has invalid gateway.';
  }
  return route.device;
}

function localAddress(ns: Namespace, address: Ipv4): boolean {
  return ns.fib.table(LOCAL_TABLE).lookup({ dst: address, oif: undefined })?.type === 'local';
}

export const ROUTE_DEFAULTS = { metric: 0, table: MAIN_TABLE, proto: 'boot', onlink: false } as const;
