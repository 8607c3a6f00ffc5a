/** A node on the drawing board: what platforms write into and what becomes its part of the blueprint. */
import type { LinkPlan, ListenPlan, RoutePlan } from '../blueprint/blueprint.js';
import { BUILTIN_CHAINS, TABLES, type TableName } from '../netfilter/hooks.js';

export class NodeDraft {
  readonly links: LinkPlan[] = [];
  readonly routes: RoutePlan[] = [];
  readonly neighbours: { link: string; address: string; mac: string }[] = [];
  readonly sysctls: [string, string][] = [];
  /** Lines that `ipset restore` takes. */
  readonly ipsets: string[] = [];
  readonly listens: ListenPlan[] = [];
  readonly iptables = new IptablesDraft();
}

interface DraftRule {
  /** What follows `-A CHAIN `, in any spelling that iptables takes. */
  readonly text: string;
  readonly origin: string | undefined;
}

interface DraftChain {
  policy: 'ACCEPT' | 'DROP' | undefined;
  origin: string | undefined;
  readonly rules: DraftRule[];
}

/**
 * Tables in the making. Programs add their rules in time, at the head or at the end of a chain, and so does this: the
 * order of the finished chain is the result, never written down. An `origin` says for people who wants a chain or rule.
 */
export class IptablesDraft {
  readonly #tables = new Map<TableName, Map<string, DraftChain>>();

  /** Makes a user chain, as `iptables -N` does; nothing where it exists. */
  chain(table: TableName, chain: string, origin?: string): void {
    const draft = this.#chain(table, chain);
    draft.origin ??= origin;
  }

  policy(table: TableName, chain: string, policy: 'ACCEPT' | 'DROP'): void {
    this.#chain(table, chain).policy = policy;
  }

  append(table: TableName, chain: string, text: string, origin?: string): void {
    this.#chain(table, chain).rules.push({ text, origin });
  }

  insert(table: TableName, chain: string, text: string, origin?: string): void {
    this.#chain(table, chain).rules.unshift({ text, origin });
  }

  /** Deletes the first such rule, as `iptables -D` does; nothing where there is none. */
  remove(table: TableName, chain: string, text: string): void {
    const { rules } = this.#chain(table, chain);
    const index = rules.findIndex((rule) => rule.text === text);
    if (index >= 0) rules.splice(index, 1);
  }

  /** Is there such a rule, in this spelling, as `iptables -C` asks? */
  has(table: TableName, chain: string, text: string): boolean {
    return this.#chain(table, chain).rules.some((rule) => rule.text === text);
  }

  /** The origins of chains and rules, under the keys of `NamespacePlan.origins`. */
  get origins(): Record<string, string> {
    const origins: Record<string, string> = {};
    for (const [table, chains] of this.#tables) {
      for (const [name, { origin, rules }] of chains) {
        if (origin !== undefined) origins[`${table} ${name}`] = origin;
        for (const [index, rule] of rules.entries()) {
          if (rule.origin !== undefined) origins[`${table} ${name} ${index + 1}`] = rule.origin;
        }
      }
    }
    return origins;
  }

  /** The text that `iptables-restore` takes; '' where no table was touched. */
  toString(): string {
    const lines: string[] = [];
    for (const table of TABLES) {
      const chains = this.#tables.get(table);
      if (!chains) continue;
      lines.push(`*${table}`);
      for (const [name, { policy }] of chains) lines.push(`:${name} ${policy ?? '-'} [0:0]`);
      for (const [name, { rules }] of chains) lines.push(...rules.map(({ text }) => `-A ${name} ${text}`));
      lines.push('COMMIT');
    }
    return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
  }

  #chain(table: TableName, name: string): DraftChain {
    let chains = this.#tables.get(table);
    if (!chains) {
      const builtin = (): DraftChain => ({ policy: 'ACCEPT', origin: undefined, rules: [] });
      chains = new Map(BUILTIN_CHAINS[table].map((hook) => [hook, builtin()]));
      this.#tables.set(table, chains);
    }
    let chain = chains.get(name);
    if (!chain) {
      chain = { policy: undefined, origin: undefined, rules: [] };
      chains.set(name, chain);
    }
    return chain;
  }
}
