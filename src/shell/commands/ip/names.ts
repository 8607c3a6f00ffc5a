/** The numbers that iproute2 has names for (/etc/iproute2/rt_tables, rt_protos, rt_scopes as Debian 12 ships them). */
import type { RouteScope, RouteType } from '../../../stack/route.js';

const TABLES: readonly (readonly [number, string])[] = [
  [255, 'local'],
  [254, 'main'],
  [253, 'default'],
];

const PROTOCOLS: readonly (readonly [number, string])[] = [
  ...([
    [0, 'unspec'],
    [1, 'redirect'],
    [2, 'kernel'],
    [3, 'boot'],
    [4, 'static'],
    [8, 'gated'],
    [9, 'ra'],
  ] as const),
  ...([
    [10, 'mrt'],
    [11, 'zebra'],
    [12, 'bird'],
    [13, 'dnrouted'],
    [14, 'xorp'],
    [15, 'ntk'],
    [16, 'dhcp'],
  ] as const),
  ...([
    [18, 'keepalived'],
    [42, 'babel'],
    [99, 'openr'],
    [186, 'bgp'],
    [187, 'isis'],
    [188, 'ospf'],
  ] as const),
  ...([
    [189, 'rip'],
    [192, 'eigrp'],
  ] as const),
];

const SCOPES: readonly (readonly [number, RouteScope])[] = [
  [0, 'global'],
  [255, 'nowhere'],
  [254, 'host'],
  [253, 'link'],
  [200, 'site'],
];

export const ROUTE_TYPES: readonly RouteType[] = [
  ...(['unicast', 'local', 'broadcast', 'multicast', 'blackhole', 'unreachable', 'prohibit', 'throw'] as const),
];

/** A table as the fib calls it: by name where there is one. Undefined where the word is neither name nor number. */
export function tableName(word: string): string | undefined {
  return named(word, TABLES, 0xffffffff);
}

export function tableNumber(name: string): number {
  return TABLES.find(([, other]) => other === name)?.[0] ?? Number(name);
}

export function protocolName(word: string): string | undefined {
  return named(word, PROTOCOLS, 255);
}

export function scopeName(word: string): RouteScope | undefined {
  return named(word, SCOPES, 255) as RouteScope | undefined;
}

function named(word: string, names: readonly (readonly [number, string])[], max: number): string | undefined {
  if (names.some(([, name]) => name === word)) return word;
  if (!/^(0x[0-9a-f]+|[0-9]+)$/i.test(word) || Number(word) > max) return undefined;
  return names.find(([number]) => number === Number(word))?.[1] ?? String(Number(word));
}
