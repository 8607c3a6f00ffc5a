/**
 * Compares a path that a person wrote down row by row with the trace points of a packet. The rows must be met in this
 * order; what is not written down may lie between.
 */
import type { TracePoint } from '../netfilter/events.js';
import type { Leg } from './journey.js';
import { type Moment, momentsOf } from './questions/moments.js';

export const PATH_COLUMNS = ['node', 'hook', 'table', 'chain', 'rule'] as const;

/** A row: the columns that it fixes. `rule` is a number, `return`, `policy`, or both as TRACE writes it: `return:3`. */
export type PathRow = Readonly<Partial<Record<(typeof PATH_COLUMNS)[number], string>>>;

export interface PathFinding {
  /** Rows that were met, each at the trace point of the same place. */
  readonly met: readonly Moment<TracePoint>[];
  /** The first row that was not met; undefined where all were. */
  readonly missing: PathRow | undefined;
}

export function followPath(leg: Leg, rows: readonly PathRow[]): PathFinding {
  const points = momentsOf(leg, 'trace');
  const met: Moment<TracePoint>[] = [];
  let from = 0;
  for (const row of rows) {
    const index = points.findIndex(({ step }, place) => place >= from && fits(row, step));
    if (index < 0) return { met, missing: row };
    met.push(points[index]!);
    from = index + 1;
  }
  return { met, missing: undefined };
}

function fits({ node, hook, table, chain, rule }: PathRow, point: TracePoint): boolean {
  return (
    (node === undefined || node === point.namespace) &&
    (hook === undefined || hook === point.pass.hook) &&
    (table === undefined || table === point.table) &&
    (chain === undefined || chain === point.chain) &&
    (rule === undefined || isRule(rule, point))
  );
}

/** A rule that the kernel traces as `return` or `policy` because it is unconditional is still rule n of its chain. */
function isRule(wanted: string, { kind, number, rule }: TracePoint): boolean {
  if (/^[0-9]+$/.test(wanted)) return Number(wanted) === number && (kind === 'rule' || rule !== undefined);
  return wanted === kind || wanted === `${kind}:${number}`;
}
