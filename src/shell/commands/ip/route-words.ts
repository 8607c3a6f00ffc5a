/** The words of a route that is added or deleted (iproute_modify). */
import type { Ipv4, Prefix } from '../../../net/ipv4.js';
import { LOCAL_TABLE, MAIN_TABLE } from '../../../stack/fib.js';
import type { RouteScope, RouteType } from '../../../stack/route.js';
import { NotSimulated } from '../../failures.js';
import { type Arguments, garbage, invalid, matches, readAddress, readPrefix, readUnsigned } from './arguments.js';
import { protocolName, ROUTE_TYPES, scopeName, tableName } from './names.js';

/** What was asked for; undefined where it was not. */
export interface RouteWords {
  readonly destination: Prefix;
  readonly type: RouteType | undefined;
  readonly via: Ipv4 | undefined;
  readonly device: string | undefined;
  readonly source: Ipv4 | undefined;
  readonly metric: number | undefined;
  readonly table: string;
  readonly scope: RouteScope | undefined;
  readonly proto: string | undefined;
  readonly onlink: boolean;
}

const NOT_SIMULATED = [
  ...['as', 'from', 'tos', 'dsfield', 'expires', 'mtu', 'hoplimit', 'advmss', 'reordering', 'rtt', 'rto_min', 'window'],
  ...[
    'cwnd',
    'initcwnd',
    'initrwnd',
    'features',
    'quickack',
    'congctl',
    'rttvar',
    'ssthresh',
    'realms',
    'vrf',
    'nexthop',
  ],
  ...[
    'nhid',
    'weight',
    'pref',
    'encap',
    'ttl-propagate',
    'fastopen_no_cookie',
    'pervasive',
    'equalize',
    'nat',
    'anycast',
  ],
];

export function readRoute(args: Arguments): RouteWords {
  const draft: { -readonly [Key in keyof RouteWords]?: RouteWords[Key] | undefined } = {};
  for (let word = args.take(); word !== undefined; word = args.take()) {
    if (word === 'via') draft.via = readVia(args);
    else if (word === 'src') draft.source = readAddress(args.need());
    else if (word === 'dev' || word === 'oif') draft.device = args.need();
    else if (matches(word, 'metric') || matches(word, 'priority') || word === 'preference') {
      draft.metric = readUnsigned(args.need(), '"metric" value is invalid\n');
    } else if (word === 'scope') draft.scope = required(scopeName, args.need(), 'invalid "scope" value\n');
    else if (matches(word, 'protocol'))
      draft.proto = required(protocolName, args.need(), '"protocol" value is invalid\n');
    else if (matches(word, 'table')) draft.table = required(tableName, args.need(), '"table" value is invalid\n');
    else if (word === 'onlink') draft.onlink = true;
    else if (NOT_SIMULATED.includes(word)) throw new NotSimulated(`\`${word}\` of a route is not simulated`);
    else readDestination(draft, word, args);
  }
  if (!draft.destination) throw new NotSimulated('a route needs a destination: `default` or a prefix');
  const local = draft.type === 'local' || draft.type === 'broadcast';
  return {
    ...{ type: undefined, via: undefined, device: undefined, source: undefined, metric: undefined },
    ...{ table: local ? LOCAL_TABLE : MAIN_TABLE, scope: undefined, proto: undefined, onlink: false },
    ...draft,
    destination: draft.destination,
  } as RouteWords;
}

function readDestination(
  draft: { destination?: Prefix | undefined; type?: RouteType | undefined },
  word: string,
  args: Arguments,
): void {
  let text = word === 'to' ? args.need() : word;
  const type = ROUTE_TYPES.find((candidate) => candidate === text);
  if (type) {
    draft.type = type;
    text = args.need();
  }
  if (draft.destination) throw garbage('to', text);
  draft.destination = readPrefix(text);
}

function readVia(args: Arguments): Ipv4 {
  const word = args.need();
  return readAddress(word === 'inet' ? args.need() : word);
}

function required<T>(read: (word: string) => T | undefined, word: string, message: string): T {
  const value = read(word);
  if (value === undefined) throw invalid(message, word);
  return value;
}
