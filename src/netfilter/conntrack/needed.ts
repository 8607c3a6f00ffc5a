/**
 * Whether anything in a namespace needs connection tracking. The kernel registers its hooks with the first rule whose
 * match or target asks for them (nf_ct_netns_get) and takes them away with the last: a nat table of nothing but ACCEPT
 * is never consulted. Each extension says for itself whether it asks (xt/). (Up to Linux 4.9 tracking was on everywhere
 * once the module was loaded.)
 */
import type { Rule, RuleSet } from '../rule.js';

export function needsConntrack(ruleSet: RuleSet): boolean {
  for (const table of ruleSet.values()) {
    for (const chain of table.chains.values()) if (chain.rules.some(asksForTracking)) return true;
  }
  return false;
}

function asksForTracking({ matches, target }: Rule): boolean {
  return matches.some(({ tracks }) => tracks) || (target.kind === 'extension' && target.tracks === true);
}
