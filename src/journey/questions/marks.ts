/** The mark that a packet carries: what `-j MARK` and `--set-xmark` left on it. */
import type { Hook, TableName } from '../../netfilter/hooks.js';
import type { Leg } from '../journey.js';
import { type ChainName, chainVisits, isBuiltin } from './chains.js';
import { type Moment, momentsOf } from './moments.js';

/** A mark, seen at a step. */
export interface MarkSeen {
  readonly mark: number;
  readonly at: Moment;
}

/**
 * The mark with which a packet left a table of a hook, or the last table of it. The last trace point of a traversal is
 * one that decides (a policy, ACCEPT, DNAT ...), and no such target changes the mark: its mark is the final one.
 */
export function markAfterHook(leg: Leg, hook: Hook, table?: TableName, node?: string): MarkSeen | undefined {
  const at = momentsOf(leg, 'trace', node).findLast(
    ({ step }) => step.pass.hook === hook && (table === undefined || step.table === table),
  );
  return at && { mark: at.step.mark, at };
}

/**
 * The mark with which a packet left a chain. Steps show the mark before the target of their rule acts, so that after a
 * user chain it is the one that the next step sees.
 */
export function markAfterChain(leg: Leg, name: ChainName, node?: string): MarkSeen | undefined {
  const visit = chainVisits(leg, node).findLast(
    (one) => one.chain === name.chain && (name.table === undefined || one.table === name.table),
  );
  const last = visit?.moments.at(-1);
  if (!visit || !last) return undefined;
  if (isBuiltin(visit.table, visit.chain)) return { mark: last.step.mark, at: last };
  const { steps } = visit.hop;
  for (let index = last.index + 1; index < steps.length; index++) {
    const step = steps[index]!;
    if ('mark' in step) return { mark: step.mark, at: { hop: visit.hop, index, step } };
  }
  return { mark: last.step.mark, at: last };
}
