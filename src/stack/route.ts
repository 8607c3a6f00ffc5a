/** Routes as the FIB keeps them (struct fib_info) and as a packet carries them (struct rtable). */
import type { Ipv4, Prefix } from '../net/ipv4.js';
import type { Device } from './device.js';

export type RouteType =
  | 'unicast'
  | 'local'
  | 'broadcast'
  | 'multicast'
  | 'blackhole'
  | 'unreachable'
  | 'prohibit'
  | 'throw';

export type RouteScope = 'global' | 'site' | 'link' | 'host' | 'nowhere';

/** rt_scope_t: a larger number is nearer. */
export const SCOPE_NUMBER: Readonly<Record<RouteScope, number>> = {
  global: 0,
  site: 200,
  link: 253,
  host: 254,
  nowhere: 255,
};

/** An entry of a routing table. */
export interface FibRoute {
  readonly destination: Prefix;
  readonly type: RouteType;
  readonly scope: RouteScope;
  /** `kernel`, `boot`, `static`, `bird` or a number, as iproute2 names rt_protos. */
  readonly proto: string;
  /** Undefined for blackhole, unreachable, prohibit and throw. */
  readonly device: Device | undefined;
  readonly via: Ipv4 | undefined;
  /** Preferred source address (`src`). */
  readonly source: Ipv4 | undefined;
  readonly metric: number;
  readonly onlink: boolean;
}

/** `error` is the errno that a sender gets: no route, or a route that refuses. */
export type LookupError = 'ENETUNREACH' | 'EHOSTUNREACH' | 'EACCES' | 'EINVAL';

export type Lookup =
  | { readonly ok: true; readonly route: FibRoute; readonly table: string }
  | {
      readonly ok: false;
      readonly error: LookupError;
      readonly route: FibRoute | undefined;
      readonly table: string | undefined;
    };

/** What a routed packet carries: where it goes next. */
export interface Route {
  /** `local`: up to a socket; `forward`: on through ip_forward; `output`: made here; `error`: ip_error() says `error`. */
  readonly kind: 'local' | 'broadcast' | 'forward' | 'output' | 'error';
  readonly device: Device;
  /** Next hop, undefined where the destination is on the link. */
  readonly gateway: Ipv4 | undefined;
  readonly error: LookupError | undefined;
  /** Leaves by the device it came in on, towards a better next hop: the sender is told (RTCF_DOREDIRECT). */
  readonly redirect: boolean;
}
