/** Which rules hold on to a set: the kernel destroys none that a rule uses (ip_set_nfnl_get_byindex). */
import type { Rule, RuleSet } from '../rule.js';

/** `--match-set NAME`, `--add-set NAME`, `--del-set NAME`, `--map-set NAME`. */
const REFERENCE = /--(?:match|add|del|map)-set (\S+)/g;

/** How many references the rules of all tables have to the set of that name. */
export function rulesUsing(ruleSet: RuleSet, set: string): number {
  let count = 0;
  for (const { chains } of ruleSet.values()) {
    for (const { rules } of chains.values()) {
      for (const rule of rules) count += referencesOf(rule).filter((name) => name === set).length;
    }
  }
  return count;
}

function referencesOf({ matches, target }: Rule): string[] {
  const texts = matches.filter(({ extension }) => extension === 'set').map(({ text }) => text);
  if (target.kind === 'extension' && target.name === 'SET') texts.push(target.text);
  return texts.flatMap((text) => [...text.matchAll(REFERENCE)].map(([, name]) => name!));
}
