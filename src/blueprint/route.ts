/** Routes in the words of iproute2: `ip route add WORDS`, and what `ip route` prints. */

import { didYouMean } from '../net/did-you-mean.js';
import { parseInterfaceAddress, parseIpv4, prefixOf } from '../net/ipv4.js';
import type { RoutePlan } from './blueprint.js';

const TYPES: readonly string[] = ['unicast', 'blackhole', 'unreachable', 'prohibit', 'throw'];
const SCOPES: readonly string[] = ['global', 'link', 'host'];
const KEYWORDS: readonly string[] = ['via', 'dev', 'src', 'metric', 'table', 'scope', 'proto', 'onlink'];

/** What is wrong with the words of a route, in one sentence. */
export class RouteMistake extends Error {
  override readonly name = 'RouteMistake';
}

/**
 * Reads `default via 10.0.0.1 dev eth0 src 10.0.0.5 metric 100`, `blackhole 10.1.0.0/26 proto bird`.
 *
 * @throws RouteMistake
 */
export function parseRoute(text: string): RoutePlan {
  const words = text.trim().split(/\s+/);
  const route: { -readonly [Key in keyof RoutePlan]: RoutePlan[Key] } = { to: '' };
  if (TYPES.includes(words[0]!)) route.type = words.shift() as NonNullable<RoutePlan['type']>;
  route.to = destination(words.shift() ?? '');
  while (words.length > 0) {
    const keyword = words.shift()!;
    if (!KEYWORDS.includes(keyword)) {
      throw new RouteMistake(`\`${keyword}\` is no word of a route${didYouMean(keyword, KEYWORDS)}`);
    }
    if (keyword === 'onlink') {
      route.onlink = true;
      continue;
    }
    const value = words.shift();
    if (value === undefined) throw new RouteMistake(`\`${keyword}\` needs a value`);
    if (keyword === 'via' || keyword === 'src') route[keyword] = address(keyword, value);
    else if (keyword === 'metric') route.metric = metric(value);
    else if (keyword === 'scope') route.scope = scope(value);
    else route[keyword as 'dev' | 'table' | 'proto'] = value;
  }
  const goesNowhere = route.type !== undefined && route.type !== 'unicast';
  if (!goesNowhere && route.via === undefined && route.dev === undefined) {
    throw new RouteMistake('a route needs `via` or `dev`');
  }
  return route;
}

/** The words that `ip route add` takes, in the order in which `ip route` prints them. */
export function formatRoute(route: RoutePlan): string {
  const { type, to, via, dev, table, proto, scope, src, metric, onlink } = route;
  const words = [type === 'unicast' ? undefined : type, to];
  for (const [keyword, value] of Object.entries({ via, dev, table, proto, scope, src, metric })) {
    if (value !== undefined) words.push(keyword, String(value));
  }
  if (onlink) words.push('onlink');
  return words.filter((word) => word !== undefined).join(' ');
}

function destination(word: string): string {
  if (word === 'default' || word === '0.0.0.0/0') return 'default';
  const read = parseInterfaceAddress(word);
  if (!read) throw new RouteMistake(`\`${word}\` is neither \`default\` nor a prefix such as \`10.0.0.0/24\``);
  if (prefixOf(read.address, read.length).address !== read.address) {
    throw new RouteMistake(`\`${word}\` has bits set beyond its prefix length`);
  }
  return word;
}

function address(keyword: string, word: string): string {
  if (parseIpv4(word) === undefined) throw new RouteMistake(`\`${word}\` after \`${keyword}\` is not an IPv4 address`);
  return word;
}

function metric(word: string): number {
  if (!/^[0-9]{1,9}$/.test(word)) throw new RouteMistake(`\`${word}\` is not a metric`);
  return Number(word);
}

function scope(word: string): NonNullable<RoutePlan['scope']> {
  if (!SCOPES.includes(word)) throw new RouteMistake(`\`${word}\` is no scope; it can be ${SCOPES.join(', ')}`);
  return word as NonNullable<RoutePlan['scope']>;
}
