/** A node on the drawing board: what platforms write into and what becomes its part of the blueprint. */
import type { LinkPlan, RoutePlan } from '../blueprint/blueprint.js';
import { BUILTIN_CHAINS, TABLES, type TableName } from '../netfilter/hooks.js';

export class NodeDraft {
  readonly links: LinkPlan[] = [];
  readonly routes: RoutePlan[] = [];
  readonly neighbours: { link: string; address: string; mac: string }[] = [];
  readonly sysctls: [string, string][] = [];
  /** Lines that `ipset restore` takes. */
  readonly ipsets: string[] = [];
  readonly iptables = new IptablesDraft();
}

/**
 * Tables in the making. Programs add their rules in time, at the head or at the end of a chain, and so does this: the
 * order of the finished chain is the result, never written down.
 */
export class IptablesDraft {
  readonly #tables = new Map<TableName, Map<string, { policy: 'ACCEPT' | 'DROP' | undefined; rules: string[] }>>();
  readonly origins: Record<string, string> = {};

  /** Makes a user chain, as `iptables -N` does; nothing where it exists. `origin` says who wants it. */
  chain(table: TableName, chain: string, origin?: string): void {
    this.#chain(table, chain);
    if (origin !== undefined) this.origins[`${table} ${chain}`] = origin;
  }

  policy(table: TableName, chain: string, policy: 'ACCEPT' | 'DROP'): void {
    this.#chain(table, chain).policy = policy;
  }

  /** `rule` is what follows `-A CHAIN `, in any spelling that iptables takes. */
  append(table: TableName, chain: string, rule: string, origin?: string): void {
    this.#chain(table, chain).rules.push(rule);
    this.#note(table, chain, rule, origin);
  }

  insert(table: TableName, chain: string, rule: string, origin?: string): void {
    this.#chain(table, chain).rules.unshift(rule);
    this.#note(table, chain, rule, origin);
  }

  /** Deletes the first such rule, as `iptables -D` does; nothing where there is none. */
  remove(table: TableName, chain: string, rule: string): void {
    const { rules } = this.#chain(table, chain);
    const index = rules.indexOf(rule);
    if (index >= 0) rules.splice(index, 1);
  }

  /** Is there such a rule, in this spelling, as `iptables -C` asks? */
  has(table: TableName, chain: string, rule: string): boolean {
    return this.#chain(table, chain).rules.includes(rule);
  }

  /** The text that `iptables-restore` takes; '' where no table was touched. */
  toString(): string {
    const lines: string[] = [];
    for (const table of TABLES) {
      const chains = this.#tables.get(table);
      if (!chains) continue;
      lines.push(`*${table}`);
      for (const [name, { policy }] of chains) lines.push(`:${name} ${policy ?? '-'} [0:0]`);
      for (const [name, { rules }] of chains) lines.push(...rules.map((rule) => `-A ${name} ${rule}`));
      lines.push('COMMIT');
    }
    return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
  }

  #note(table: TableName, chain: string, rule: string, origin: string | undefined): void {
    if (origin !== undefined) this.origins[`${table} -A ${chain} ${rule}`] = origin;
  }

  #chain(table: TableName, name: string) {
    let chains = this.#tables.get(table);
    if (!chains) {
      chains = new Map(BUILTIN_CHAINS[table].map((builtin) => [builtin, { policy: 'ACCEPT', rules: [] }]));
      this.#tables.set(table, chains);
    }
    let chain = chains.get(name);
    if (!chain) {
      chain = { policy: undefined, rules: [] };
      chains.set(name, chain);
    }
    return chain;
  }
}
