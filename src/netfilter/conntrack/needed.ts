/**
 * Whether anything in a namespace needs connection tracking. The kernel registers its hooks with the first rule whose
 * match or target asks for them (nf_ct_netns_get) and takes them away with the last: a nat table of nothing but ACCEPT
 * is never consulted. (Up to Linux 4.9 tracking was on everywhere once the module was loaded.)
 */
import type { Rule, RuleSet } from '../rule.js';

const MATCHES: ReadonlySet<string> = new Set([
  'cluster',
  'connbytes',
  'connlabel',
  'connlimit',
  'connmark',
  'conntrack',
  'helper',
  'state',
]);

const TARGETS: ReadonlySet<string> = new Set([
  'CONNMARK',
  'CONNSECMARK',
  'DNAT',
  'MASQUERADE',
  'NETMAP',
  'REDIRECT',
  'SNAT',
  'SYNPROXY',
]);

export function needsConntrack(ruleSet: RuleSet): boolean {
  for (const table of ruleSet.values()) {
    for (const chain of table.chains.values()) if (chain.rules.some(asksForTracking)) return true;
  }
  return false;
}

function asksForTracking({ matches, target }: Rule): boolean {
  if (matches.some((match) => MATCHES.has(match.extension))) return true;
  if (target.kind !== 'extension') return false;
  // CT asks for it too, unless all it does is to exempt packets.
  return TARGETS.has(target.name) || (target.name === 'CT' && !target.text.split(' ').includes('--notrack'));
}
