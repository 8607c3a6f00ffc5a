/** The rules in force in a namespace, for looking up what a TRACE line means by chain and number. */
import { BUILTIN_CHAINS, type Hook, type TableName } from '../../netfilter/hooks.js';
import type { Chain, Rule, RuleSet } from '../../netfilter/rule.js';
import { parseRestore } from '../../netfilter/rules/parse-restore.js';
import type { TraceLine } from './trace-log.js';

/** What the end of a packet's way was, where a table ended it. */
export type Ending =
  | { readonly verdict: 'DROP'; readonly number: number | undefined }
  | { readonly verdict: 'REJECT'; readonly number: number; readonly rejectWith: string };

const TIMED: ReadonlySet<string> = new Set(['hashlimit', 'limit', 'recent', 'time']);

export class LoadedRules {
  readonly #ruleSet: RuleSet;

  /** `saved`: what iptables-save printed. */
  constructor(saved: string) {
    this.#ruleSet = parseRestore(saved, 'iptables-save');
  }

  /** The rule that a line names; undefined for the end of a chain. */
  rule(line: TraceLine): Rule | undefined {
    return this.#chain(line)?.rules[line.number - 1];
  }

  /** The name of the line's target: ACCEPT, MASQUERADE, a chain; undefined where there is none. */
  target(line: TraceLine): string | undefined {
    const target = this.rule(line)?.target;
    switch (target?.kind) {
      case 'verdict':
        return target.verdict;
      case 'jump':
      case 'goto':
        return target.chain;
      case 'extension':
        return target.name;
      default:
        return undefined;
    }
  }

  /** Whether this line, as the last one, ended the packet's way. */
  ending(line: TraceLine): Ending | undefined {
    const rule = this.rule(line);
    if (rule === undefined) {
      const dropped = line.kind === 'policy' && this.#chain(line)?.policy === 'DROP';
      return dropped ? { verdict: 'DROP', number: undefined } : undefined;
    }
    const { target } = rule;
    if (target.kind === 'verdict' && target.verdict === 'DROP') return { verdict: 'DROP', number: line.number };
    if (target.kind !== 'extension' || target.name !== 'REJECT') return undefined;
    const rejectWith = /--reject-with (\S+)/.exec(target.text)?.[1] ?? 'icmp-port-unreachable';
    return { verdict: 'REJECT', number: line.number, rejectWith };
  }

  has(table: TableName): boolean {
    return this.#ruleSet.has(table);
  }

  /** Does every packet that passes the hook show in some table? Those of nat see the first of a connection alone. */
  shows(hook: Hook): boolean {
    return [...this.#ruleSet.keys()].some((table) => table !== 'nat' && BUILTIN_CHAINS[table].includes(hook));
  }

  /** A rule that remembers when it last matched, or looks at the clock. */
  timed(): Rule | undefined {
    for (const { chains } of this.#ruleSet.values()) {
      for (const { rules } of chains.values()) {
        const rule = rules.find(({ matches }) => matches.some(({ extension }) => TIMED.has(extension)));
        if (rule) return rule;
      }
    }
    return undefined;
  }

  #chain({ table, chain }: TraceLine): Chain | undefined {
    return this.#ruleSet.get(table)?.chains.get(chain);
  }
}
