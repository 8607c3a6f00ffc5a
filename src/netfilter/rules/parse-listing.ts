/** Reads the text of `iptables -S`: `-P`, `-N` and `-A` lines of one table. */
import type { TableName } from '../hooks.js';
import { IPTABLES } from '../mistake.js';
import type { Table } from '../rule.js';
import { splitWords } from '../text/split-words.js';
import type { Line, Word } from '../text/word.js';
import { checkTable } from './check-table.js';
import type { ParseOptions } from './parse-restore.js';
import { emptyTable, sortChains, userChain } from './table.js';
import { TableDraft } from './table-draft.js';

/**
 * The table that the listing shows. Lines may stand in any order that names a chain anywhere. Counters that `-v` adds
 * (`-c packets bytes`) are kept. Throws a NetfilterMistake with the place of the offending word.
 */
export function parseListing(text: string, name: TableName, options: ParseOptions | string = {}): Table {
  const { source, hasSet } = typeof options === 'string' ? { source: options, hasSet: undefined } : options;
  const draft = new TableDraft(emptyTable(name), hasSet);
  const lines = text.split('\n').flatMap((lineText, index): Word[][] => {
    const line: Line = { source, number: index + 1, speaker: IPTABLES };
    return lineText.startsWith('#') || lineText.trim() === '' ? [] : [splitWords(lineText, line)];
  });
  declareChains(draft.table, lines);
  for (const words of lines) if (!isDeclaration(words)) draft.command(words, undefined);
  const table = draft.finish();
  sortChains(table);
  checkTable(table, draft.wordOf);
  return table;
}

function isDeclaration([first]: readonly Word[]): boolean {
  return first?.text === '-N';
}

/** Chains first: a rule may jump to one that is listed further down. A second `-N` is the tool's to refuse. */
function declareChains(table: Table, lines: readonly Word[][]): void {
  const draft = new TableDraft(table, undefined);
  for (const words of lines.filter(isDeclaration)) {
    const name = words[1]?.text;
    if (name === undefined || table.chains.has(name) || words.length > 2) draft.command(words, undefined);
    else table.chains.set(name, userChain(name));
  }
}
