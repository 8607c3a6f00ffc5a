/** `ip route show` and `flush` (iproute_list_flush_or_save, filter_nlmsg). */
import { contains, type InterfaceAddress, type Ipv4, type Prefix, prefixOf } from '../../../net/ipv4.js';
import { MAIN_TABLE } from '../../../stack/fib.js';
import type { FibRoute } from '../../../stack/route.js';
import { CommandFailure, NotSimulated } from '../../failures.js';
import {
  type Arguments,
  complaint,
  invalid,
  matches,
  noDevice,
  readAddress,
  readPrefix,
  readUnsigned,
} from './arguments.js';
import type { IpCall } from './ip-call.js';
import { protocolName, ROUTE_TYPES, scopeName, tableName, tableNumber } from './names.js';
import { printRoute, type Unsaid } from './print-route.js';

interface Filter extends Unsaid {
  /** Undefined for all of them. */
  readonly table: string | undefined;
  readonly type: string | undefined;
  readonly metric: number | undefined;
  readonly source: Ipv4 | undefined;
  readonly destination: { readonly relation: 'root' | 'match' | 'exact'; readonly prefix: Prefix } | undefined;
  readonly cache: boolean;
}

function readFilter(ip: IpCall, args: Arguments): Filter {
  const filter: { -readonly [Key in keyof Filter]: Filter[Key] } = {
    ...{
      table: MAIN_TABLE,
      type: undefined,
      metric: undefined,
      source: undefined,
      destination: undefined,
      cache: false,
    },
    ...{ device: undefined, via: undefined, proto: undefined, scope: undefined },
  };
  for (let word = args.take(); word !== undefined; word = args.take()) {
    if (matches(word, 'table')) readTable(filter, args.need());
    else if (word === 'dev' || word === 'oif') {
      filter.device = args.need();
      if (!ip.ns.devices.has(filter.device)) throw noDevice(filter.device);
    } else if (word === 'via') filter.via = readAddress(args.need());
    else if (word === 'src') filter.source = readAddress(args.need());
    else if (matches(word, 'metric')) filter.metric = readUnsigned(args.need(), 'invalid "metric"');
    else if (matches(word, 'protocol')) filter.proto = named(protocolName, args.need(), 'invalid "protocol"\n');
    else if (matches(word, 'scope')) filter.scope = named(scopeName, args.need(), 'invalid "scope"\n');
    else if (matches(word, 'type')) filter.type = named(typeName, args.need(), 'node type value is invalid\n');
    else if (['cached', 'cloned', 'tos', 'dsfield', 'from', 'iif', 'realms', 'vrf', 'mark', 'nhid'].includes(word)) {
      throw new NotSimulated(`listing routes by \`${word}\` is not simulated`);
    } else if (word === 'cache') filter.cache = true;
    else filter.destination = readDestination(word, args);
  }
  return filter;
}

function readTable(filter: { table: string | undefined; cache: boolean }, word: string): void {
  if (word === 'cache') filter.cache = true;
  else filter.table = word === 'all' ? undefined : named(tableName, word, 'table id value is invalid\n');
}

function readDestination(word: string, args: Arguments): NonNullable<Filter['destination']> {
  const first = word === 'to' ? args.need() : word;
  const relation = (['root', 'match', 'exact'] as const).find((keyword) => matches(first, keyword));
  const { address, length }: InterfaceAddress = readPrefix(relation ? args.need() : first);
  return { relation: relation ?? 'exact', prefix: prefixOf(address, length) };
}

function typeName(word: string): string | undefined {
  return ROUTE_TYPES.find((type) => type === word);
}

function named<T>(read: (word: string) => T | undefined, word: string, message: string): T {
  const value = read(word);
  if (value === undefined) throw invalid(message, word);
  return value;
}

function fits(filter: Filter, route: FibRoute): boolean {
  return (
    (filter.type === undefined || route.type === filter.type) &&
    (filter.metric === undefined || route.metric === filter.metric) &&
    (filter.source === undefined || route.source === filter.source) &&
    (filter.device === undefined || route.device?.name === filter.device) &&
    (filter.via === undefined || route.via === filter.via) &&
    (filter.proto === undefined || route.proto === filter.proto) &&
    (filter.scope === undefined || route.scope === filter.scope) &&
    (filter.destination === undefined || relates(filter.destination, route.destination))
  );
}

function relates({ relation, prefix }: NonNullable<Filter['destination']>, destination: Prefix): boolean {
  if (relation === 'root') return destination.length >= prefix.length && contains(prefix, destination.address);
  if (relation === 'match') return destination.length <= prefix.length && contains(destination, prefix.address);
  return destination.length === prefix.length && destination.address === prefix.address;
}

/** The kernel keeps tables in buckets by the last octet of their number, and the younger ones of a bucket in front. */
function tablesOf({ ns }: IpCall, { table }: Filter, doing: 'Dump' | 'Flush'): string[] {
  if (table === undefined) {
    const bucket = (name: string) => tableNumber(name) & 255;
    return [...ns.fib.tables.keys()].reverse().sort((a, b) => bucket(a) - bucket(b));
  }
  if (table !== MAIN_TABLE && !ns.fib.tables.has(table)) {
    throw new CommandFailure(`Error: ipv4: FIB table does not exist.\n${doing} terminated\n`, 2);
  }
  return [table];
}

export function showRoutes(ip: IpCall, args: Arguments): number {
  const filter = readFilter(ip, args);
  if (filter.cache) return 0;
  for (const table of tablesOf(ip, filter, 'Dump')) {
    const routes = ip.ns.fib.tables.get(table)?.routes() ?? [];
    for (const route of routes) {
      if (!fits(filter, route)) continue;
      ip.out(
        printRoute(ip, route, { unsaid: filter, ...(filter.table === undefined && table !== MAIN_TABLE && { table }) }),
      );
    }
  }
  return 0;
}

export function flushRoutes(ip: IpCall, args: Arguments): number {
  if (args.done) throw complaint('"ip route flush" requires arguments.');
  const filter = readFilter(ip, args);
  if (filter.cache) return 0;
  for (const table of tablesOf(ip, filter, 'Flush')) {
    ip.ns.fib.tables.get(table)?.removeWhere((route) => fits(filter, route));
  }
  return 0;
}
