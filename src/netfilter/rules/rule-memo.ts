/**
 * Rules that have been read before. The nodes of a cluster share most of their rules, and so do the scenarios of a feature;
 * a rule is a value but for its counters, so one reading serves all. A rule that remembers something of the packets it
 * saw (`limit`, `statistic --mode nth`) is read anew each time.
 */
import type { TableName } from '../hooks.js';
import type { Rule } from '../rule.js';

/** More than the rules of any hand-made cluster; a generated one of 100,000 rules does not stay in memory for its texts. */
const LIMIT = 8192;

export class RuleMemo {
  readonly #known = new Map<string, readonly Rule[]>();

  /** Fresh copies, counters at 0, of what `line` was read as where it was written in this table before. */
  recall(table: TableName, line: string): Rule[] | undefined {
    return this.#known.get(`${table} ${line}`)?.map((rule) => ({ ...rule, packets: 0, bytes: 0 }));
  }

  remember(table: TableName, line: string, rules: readonly Rule[]): void {
    if (rules.some(({ matches }) => matches.some(({ peek }) => peek !== undefined))) return;
    if (this.#known.size >= LIMIT) this.#known.clear();
    this.#known.set(`${table} ${line}`, rules);
  }
}
