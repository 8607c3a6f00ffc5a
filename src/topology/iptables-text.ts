/**
 * iptables rules as a person pastes them, `iptables-save` or `iptables -S`, table by table. Only the lines are read here:
 * which table and chain each speaks of. What the words of a rule mean is netfilter's to say.
 */
import { didYouMean } from '../net/did-you-mean.js';
import { BUILTIN_CHAINS, TABLES, type TableName } from '../netfilter/hooks.js';

export interface TextMistake {
  /** Both count from 1 within the text. */
  readonly line: number;
  readonly column: number;
  readonly sentence: string;
}

interface TableText {
  /** `ACCEPT`, `DROP` or `-`, by chain. */
  readonly chains: Map<string, string>;
  /** `-A FORWARD -j DROP`. */
  readonly rules: string[];
}

export class IptablesText {
  readonly mistakes: TextMistake[] = [];
  readonly #tables = new Map<TableName, TableText>();

  constructor(text: string) {
    let table: TableName = 'filter';
    const isSave = /^\s*\*/m.test(text);
    for (const [index, line] of text.split('\n').entries()) {
      const words = line.trim();
      const mistake = (sentence: string, word = words) =>
        this.mistakes.push({ line: index + 1, column: line.indexOf(word) + 1, sentence });
      if (words === '' || words.startsWith('#') || words === 'COMMIT') continue;
      if (words.startsWith('*')) {
        const name = words.slice(1);
        if (isTable(name)) {
          table = name;
          this.#table(name);
        } else mistake(`there is no table \`${name}\`${didYouMean(name, TABLES)}`);
      } else this.#line(words, table, isSave, mistake);
    }
    this.#checkChains(text);
  }

  get tables(): readonly TableName[] {
    return TABLES.filter((table) => this.#tables.has(table));
  }

  /** The chains that the text names in a table. */
  chains(table: TableName): string[] {
    return [...(this.#tables.get(table)?.chains.keys() ?? [])];
  }

  /** Replaces whole tables by those of a later text. */
  replace(later: IptablesText): void {
    for (const [table, text] of later.#tables) this.#tables.set(table, text);
  }

  /** The text that `iptables-restore` takes; '' where it names no table. */
  toString(): string {
    const lines = this.tables.flatMap((table) => {
      const { chains, rules } = this.#tables.get(table)!;
      return [`*${table}`, ...[...chains].map(([name, policy]) => `:${name} ${policy} [0:0]`), ...rules, 'COMMIT'];
    });
    return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
  }

  #line(words: string, current: TableName, isSave: boolean, mistake: (sentence: string, word?: string) => void): void {
    const option = /^(?:iptables\s+)?-t\s+(\S+)\s+/.exec(words);
    if (option && (isSave || !isTable(option[1]!))) {
      const sentence = isSave
        ? '`-t` has no place within `*table`'
        : `there is no table \`${option[1]}\`${didYouMean(option[1]!, TABLES)}`;
      mistake(sentence, option[1]);
      return;
    }
    const table = this.#table(option ? (option[1] as TableName) : current);
    const rest = words.slice(option?.[0].length ?? 0).replace(/^iptables\s+/, '');
    const declared =
      /^:(\S+)\s+(ACCEPT|DROP|-)(\s+\[\d+:\d+\])?$/.exec(rest) ??
      /^(?:-P|--policy)\s+(\S+)\s+(ACCEPT|DROP)$/.exec(rest);
    const made = /^(?:-N|--new-chain)\s+(\S+)$/.exec(rest);
    const rule = /^(?:\[\d+:\d+\]\s+)?((-A|--append|-I|--insert)\s+(\S+).*)$/.exec(rest);
    if (declared) table.chains.set(declared[1]!, declared[2]!);
    else if (made) table.chains.set(made[1]!, '-');
    else if (rule) table.rules.push(rule[1]!);
    else mistake(`\`${words}\` is not a line of iptables-save or iptables -S`);
  }

  #table(name: TableName): TableText {
    let table = this.#tables.get(name);
    if (!table) {
      table = { chains: new Map(BUILTIN_CHAINS[name].map((chain) => [chain, 'ACCEPT'])), rules: [] };
      this.#tables.set(name, table);
    }
    return table;
  }

  #checkChains(text: string): void {
    const lines = text.split('\n');
    for (const [table, { chains, rules }] of this.#tables) {
      for (const rule of rules) {
        const chain = rule.split(/\s+/)[1]!;
        if (chains.has(chain)) continue;
        const line = lines.findIndex((each) => each.includes(rule));
        const sentence = `table ${table} has no chain \`${chain}\`${didYouMean(chain, chains.keys())}`;
        this.mistakes.push({ line: line + 1, column: lines[line]!.indexOf(chain) + 1, sentence });
      }
    }
  }
}

function isTable(name: string): name is TableName {
  return (TABLES as readonly string[]).includes(name);
}
