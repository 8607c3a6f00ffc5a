/** A table while iptables-restore reads it. Nobody else sees it before COMMIT, so rules are added in place. */
import type { Chain, Rule, Table } from '../rule.js';
import { splitWords } from '../text/split-words.js';
import type { Line, Word } from '../text/word.js';
import type { WordOf } from './check-table.js';
import { applyCommand } from './command.js';
import { chainOf } from './edit.js';
import { parseRules } from './parse-rule.js';
import { RuleMemo } from './rule-memo.js';

const memo = new RuleMemo();

export interface Counters {
  readonly packets: number;
  readonly bytes: number;
}

export class TableDraft {
  /** The rules of chains that were made here, and can be added to. */
  readonly #growing = new Map<Chain, Rule[]>();
  readonly #words = new Map<Rule, () => readonly Word[]>();

  constructor(
    readonly table: Table,
    readonly hasSet: ((name: string) => boolean) | undefined,
  ) {}

  /** One line: `-A CHAIN rule`, `-I`, `-N` ... */
  command(words: readonly Word[], counters: Counters | undefined, line?: string): void {
    const [first, chain] = words;
    const options = this.hasSet ? { hasSet: this.hasSet } : {};
    if (chain && (first!.text === '-A' || first!.text === '--append')) {
      const rules = this.#append(chain, words.slice(2), counters);
      if (line?.startsWith('-A ')) memo.remember(this.table.name, line, rules);
    } else applyCommand(this.table, words, options);
  }

  /** The same for a line that has been read before, by this draft or another. False where it has to be read. */
  appendKnown(text: string, line: Line): boolean {
    if (this.hasSet || !text.startsWith('-A ')) return false;
    const { chains, name } = this.table;
    const chain = chains.get(text.slice(3, text.indexOf(' ', 3)));
    const rules = chain && memo.recall(name, text);
    if (!chain || !rules?.every(({ target }) => !('chain' in target) || chains.has(target.chain))) return false;
    const growing = this.#rulesOf(chain);
    for (const rule of rules) {
      growing.push(rule);
      this.#words.set(rule, () => splitWords(text, line).slice(2));
    }
    return true;
  }

  readonly wordOf: WordOf = (rule, text) => {
    const words = this.#words.get(rule)?.();
    return words?.find((word) => word.text === text) ?? words?.[0];
  };

  finish(): Table {
    return this.table;
  }

  #append(name: Word, words: readonly Word[], counters: Counters | undefined): Rule[] {
    const { table, hasSet } = this;
    const rules = parseRules(words, {
      table: table.name,
      chain: name.text,
      chains: table.chains,
      ...(hasSet && { hasSet }),
    });
    const growing = this.#rulesOf(chainOf(table, name));
    for (const rule of rules) {
      if (counters) Object.assign(rule, counters);
      growing.push(rule);
      this.#words.set(rule, () => (words.length > 0 ? words : [name]));
    }
    return rules;
  }

  #rulesOf(chain: Chain): Rule[] {
    const growing = this.#growing.get(chain);
    if (growing) return growing;
    const rules = [...chain.rules];
    const own = { ...chain, rules };
    this.table.chains.set(chain.name, own);
    this.#growing.set(own, rules);
    return rules;
  }
}
