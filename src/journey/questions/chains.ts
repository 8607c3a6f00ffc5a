/** Which chains a packet passed, and which of their rules it matched. */

import type { TableVerdict, TracePoint } from '../../netfilter/events.js';
import { BUILTIN_CHAINS, type Hook, type TableName } from '../../netfilter/hooks.js';
import type { Hop, Leg } from '../journey.js';
import { hopsOn, type Moment, momentsOf } from './moments.js';

/** A chain by name, in one table or in whichever has it. */
export interface ChainName {
  readonly table: TableName | undefined;
  readonly chain: string;
}

/** A step that shows a packet in a chain. */
export type ChainStep = TracePoint | TableVerdict;

/**
 * One way through a chain, from its entry to its end: a base chain once for each table at each hook, a user chain once
 * for each jump that led to it.
 */
export interface ChainVisit {
  readonly hop: Hop;
  readonly hook: Hook;
  readonly table: TableName;
  readonly chain: string;
  /** Rules that matched, ends, verdicts; in order, never empty. */
  readonly moments: readonly Moment<ChainStep>[];
}

export function isBuiltin(table: TableName, chain: string): boolean {
  return (BUILTIN_CHAINS[table] as readonly string[]).includes(chain);
}

export function isChain(name: ChainName, table: TableName, chain: string): boolean {
  return chain === name.chain && (name.table === undefined || name.table === table);
}

/** Every chain that the leg entered, in the order of entry. */
export function chainVisits(leg: Leg, node?: string): ChainVisit[] {
  return hopsOn(leg, node).flatMap(visitsOn);
}

interface OpenVisit extends ChainVisit {
  readonly moments: Moment<ChainStep>[];
}

/**
 * A chain stays open while the chains that it jumped to are walked: the next step in it continues the same visit. It
 * closes with its end, and with the start of another table.
 */
function visitsOn(hop: Hop): ChainVisit[] {
  const visits: OpenVisit[] = [];
  let open: OpenVisit[] = [];
  hop.steps.forEach((step, index) => {
    if (step.type !== 'trace' && step.type !== 'verdict') return;
    const { table, chain, pass } = step;
    if (open[0]?.table !== table || open[0].hook !== pass.hook) open = [];
    const depth = open.findLastIndex((visit) => visit.chain === chain);
    let visit = open[depth];
    if (visit) {
      open.length = depth + 1;
    } else {
      visit = { hop, hook: pass.hook, table, chain, moments: [] };
      visits.push(visit);
      open.push(visit);
    }
    visit.moments.push({ hop, index, step });
    if (step.type === 'trace' && endsChain(step)) open.pop();
    if (step.type === 'trace' && step.kind === 'policy' && step.rule === undefined) open = [];
  });
  return visits;
}

/** Does the walk leave the chain here: at its end, or by RETURN? */
function endsChain({ kind, rule }: TracePoint): boolean {
  if (kind === 'return') return true;
  return rule?.target.kind === 'verdict' && rule.target.verdict === 'RETURN';
}

/** Every rule that matched, in order. */
export function matchedRules(leg: Leg, node?: string): Moment<TracePoint>[] {
  return momentsOf(leg, 'trace', node).filter(({ step }) => step.rule !== undefined || step.kind === 'rule');
}
