/** Does a packet fulfil a rule's conditions, and if not, which does it fail? */
import type { Evaluation, Match, Rule } from '../rule.js';
import { explainSelector, selectorHolds } from './selector.js';

/** A rule whose conditions cannot be told ends the traversal; so does a match that drops the packet itself. */
export type Undecided = { readonly verdict: 'UNDETERMINED' | 'DROP'; readonly reason: string };

/**
 * Conditions are asked in the kernel's order. A condition that the engine does not model counts only if all others hold:
 * where another fails, the rule does not match, whatever the unknown one would have said. After an unknown condition
 * nothing may be counted that the kernel perhaps never reached, so what then can only be learnt by counting is unknown too.
 */
export function ruleHolds({ selector, matches }: Rule, evaluation: Evaluation): boolean | Undecided {
  if (!selectorHolds(selector, evaluation)) return false;
  let unknown: Match | undefined;
  for (const match of matches) {
    const holds = unknown && match.peek ? 'unknown' : match.test(evaluation);
    if (holds === false) return false;
    if (holds === 'hotdrop') return { verdict: 'DROP', reason: `-m ${match.extension} dropped the packet itself` };
    if (holds === 'unknown') unknown ??= match;
  }
  if (unknown === undefined) return true;
  return { verdict: 'UNDETERMINED', reason: unknown.explain(evaluation) };
}

/**
 * Why the rule does not match this packet: one sentence for each condition that fails, `-o cali+ wanted, the packet leaves
 * by ens33`; none where all hold. Changes nothing, so it can be asked long after, of an evaluation put together from a
 * recorded step. A condition that cannot be told is named after those that fail for certain.
 */
export function explainRule({ selector, matches }: Rule, evaluation: Evaluation): string[] {
  const failed = explainSelector(selector, evaluation);
  const unsure: string[] = [];
  for (const match of matches) {
    const holds = match.peek ? match.peek(evaluation) : match.test(evaluation);
    if (holds === true) continue;
    (holds === 'unknown' ? unsure : failed).push(match.explain(evaluation));
  }
  return [...failed, ...unsure];
}
