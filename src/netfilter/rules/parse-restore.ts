/** Reads what iptables-restore takes: the text of iptables-save, with or without counters, and command lines in between. */
import { nearest } from '../../net/did-you-mean.js';
import { TABLES, type TableName } from '../hooks.js';
import { IPTABLES_RESTORE, NetfilterMistake } from '../mistake.js';
import type { Chain, RuleSet, Table } from '../rule.js';
import { splitWords } from '../text/split-words.js';
import { type Line, placeOf, refusal, type Word } from '../text/word.js';
import { checkTable } from './check-table.js';
import { kernelRefusal } from './refusal.js';
import { emptyTable, sortChains, userChain } from './table.js';
import { type Counters, TableDraft } from './table-draft.js';

export interface ParseOptions {
  /** File name, for mistakes. */
  readonly source?: string | undefined;
  /** Is there an ip set of this name? Undefined: not asked. */
  readonly hasSet?: (name: string) => boolean;
  /** `--counters`, the default here: takes the numbers in brackets. Otherwise policies and rules start at 0. */
  readonly counters?: boolean;
  /**
   * The table as it is where the text begins it; a fresh one by default. It is changed. A user chain that the text declares
   * anew is emptied (`--noflush`).
   */
  readonly start?: (name: TableName) => Table;
  /** A table is whole. What comes after it can still be refused; the real tool does not take back what it has committed. */
  readonly commit?: (table: Table) => void;
}

/** XT_EXTENSION_MAXNAMELEN without its final zero. */
const LONGEST_NAME = 28;

/**
 * The tables that the text holds, each as iptables-restore would hand it to the kernel, counters included.
 * Throws a NetfilterMistake with the real tool's sentence and the place of the offending word; nothing is kept then.
 */
export function parseRestore(text: string, options: ParseOptions | string = {}): RuleSet {
  return new RestoreParser(typeof options === 'string' ? { source: options } : options).parse(text);
}

class RestoreParser {
  readonly #ruleSet: RuleSet = new Map();
  #draft: TableDraft | undefined;

  constructor(readonly options: ParseOptions) {}

  parse(text: string): RuleSet {
    const lines = text.split('\n');
    for (const [index, line] of lines.entries()) this.#line(line, this.#lineAt(index));
    if (this.#draft) {
      const last = this.#lineAt(text.endsWith('\n') ? lines.length - 1 : lines.length);
      throw new NetfilterMistake('unfinished', `COMMIT expected at line ${last.number}`, {
        at: { source: last.source, line: last.number, column: 1 },
        because: `the ${this.#draft.table.name} table is not finished`,
        exitCode: 1,
        speaker: 'iptables-restore',
      });
    }
    return this.#ruleSet;
  }

  #lineAt(index: number): Line {
    return { source: this.options.source, number: index + 1, speaker: IPTABLES_RESTORE };
  }

  #line(text: string, line: Line): void {
    if (text.startsWith('#') || text.trim() === '') return;
    const draft = this.#draft;
    if (draft === undefined) {
      if (!text.startsWith('*')) {
        const [word] = splitWords(text, line);
        throw kernelRefusal(word, 'bad-argument', `line ${line.number} failed`, {
          because: 'a table begins with `*NAME`',
        });
      }
      this.#draft = new TableDraft(this.#newTable(splitWords(text, line, 1)[0], line), this.options.hasSet);
    } else if (text.trimEnd() === 'COMMIT') this.#commit(draft);
    else if (text.startsWith(':')) declareChain(draft, splitWords(text, line, 1), line, this.options);
    else this.#command(draft, text, line);
  }

  #newTable(word: Word | undefined, line: Line): Table {
    const name = word?.text ?? '';
    if (!TABLES.some((table) => table === name)) {
      const at = word ?? { text: '', column: 1, line };
      throw refusal(at, 'unknown-table', `iptables-restore: unable to initialize table '${name}'`, {
        suggestion: nearest(name, TABLES),
      });
    }
    return (this.options.start ?? emptyTable)(name as TableName);
  }

  #commit(draft: TableDraft): void {
    const table = draft.finish();
    sortChains(table);
    checkTable(table, draft.wordOf);
    this.#ruleSet.set(table.name, table);
    this.#draft = undefined;
    this.options.commit?.(table);
  }

  /** A rule or another command, perhaps with `[packets:bytes]` in front. */
  #command(draft: TableDraft, text: string, line: Line): void {
    if (draft.appendKnown(text, line)) return;
    const words = splitWords(text, line);
    const first = words[0]!;
    if (!first.text.startsWith('[')) return draft.command(words, undefined, text);
    const counters = readCounters(first);
    draft.command(words.slice(1), this.options.counters === false ? undefined : counters);
  }
}

function readCounters(word: Word): Counters {
  const [, packets, bytes] = /^\[([0-9]+):([0-9]+)\]$/.exec(word.text) ?? [];
  if (packets === undefined || bytes === undefined) {
    throw refusal(word, 'bad-argument', `Bad line ${word.line!.number}: need ${word.text.endsWith(']') ? ':' : ']'}\n`);
  }
  return { packets: Number(packets), bytes: Number(bytes) };
}

/** `:CHAIN POLICY [packets:bytes]`; the policy of a user chain is `-`. */
function declareChain(draft: TableDraft, words: readonly Word[], line: Line, options: ParseOptions): void {
  const [name, policy, counters] = words;
  const start = name ?? { text: '', column: 1, line };
  if (name === undefined)
    throw refusal(start, 'bad-argument', `iptables-restore: line ${line.number} chain name invalid`);
  if (name.text.length > LONGEST_NAME) {
    throw refusal(name, 'bad-argument', `Invalid chain name \`${name.text}' (${LONGEST_NAME} chars max)`);
  }
  if (policy === undefined) {
    throw refusal(start, 'missing-argument', `iptables-restore: line ${line.number} policy invalid`);
  }
  const builtin = draft.table.chains.get(name.text);
  const isBuiltin = builtin?.policy !== undefined;
  if (!isBuiltin) declareUserChain(draft, name, policy, options.start !== undefined);
  else setBuiltinPolicy(draft, builtin, policy);
  if (!isBuiltin || !counters) return;
  const counted = readCounters(counters);
  if (options.counters !== false) Object.assign(draft.table.chains.get(name.text)!, counted);
}

function declareUserChain({ table }: TableDraft, name: Word, policy: Word, mayBeThere: boolean): void {
  if (!mayBeThere && table.chains.has(name.text)) {
    throw refusal(name, 'chain-exists', `error creating chain '${name.text}':File exists`);
  }
  if (policy.text !== '-')
    throw badPolicy(name, policy, 'Bad built-in chain name', 'only a built-in chain has a policy');
  table.chains.set(name.text, userChain(name.text));
}

function setBuiltinPolicy({ table }: TableDraft, chain: Chain, policy: Word): void {
  if (policy.text === '-') return;
  if (policy.text !== 'ACCEPT' && policy.text !== 'DROP') {
    throw badPolicy({ ...policy, text: chain.name }, policy, 'Bad policy name', 'a policy is ACCEPT or DROP');
  }
  table.chains.set(chain.name, { ...chain, policy: policy.text, packets: 0, bytes: 0 });
}

function badPolicy(chain: Word, policy: Word, errno: string, because: string): NetfilterMistake {
  const says = `Can't set policy \`${policy.text}' on \`${chain.text}' line ${policy.line!.number}: ${errno}`;
  return new NetfilterMistake('bad-argument', says, {
    at: placeOf(policy),
    because,
    suggestion:
      policy.text === 'ACCEPT' || policy.text === 'DROP' ? undefined : nearest(policy.text, ['ACCEPT', 'DROP']),
    exitCode: 1,
    speaker: IPTABLES_RESTORE,
  });
}
