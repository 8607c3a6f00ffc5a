/** iptables rules as a person pastes them: the text of `iptables-save`, or of `iptables -S` for one table or several. */
import { nearest } from '../net/did-you-mean.js';
import { TABLES, type TableName } from '../netfilter/hooks.js';
import { NetfilterMistake } from '../netfilter/mistake.js';
import type { RuleSet } from '../netfilter/rule.js';
import { parseListing } from '../netfilter/rules/parse-listing.js';
import { parseRestore } from '../netfilter/rules/parse-restore.js';
import { collectMistakes, type TextMistake } from './pasted-text.js';

/**
 * The tables that the text names. Lines of `iptables -S` are about the filter table unless they begin with `-t TABLE`.
 *
 * @throws NetfilterMistake
 */
export function readTables(text: string): RuleSet {
  if (/^\*/m.test(text)) return parseRestore(text);
  const lines = text.split('\n').map(readTableOption);
  const tables: RuleSet = new Map();
  for (const name of TABLES) {
    if (!lines.some(({ table }) => table === name)) continue;
    const listing = lines.map(({ table, rest }) => (table === name ? rest : '')).join('\n');
    tables.set(name, parseListing(listing, name));
  }
  return tables;
}

/** A line without its `iptables -t TABLE`, the rest where it stood; no table for a line that says nothing. */
function readTableOption(line: string, index: number): { table: TableName | undefined; rest: string } {
  const [head, name = 'filter'] = /^\s*(?:iptables\s+)?(?:(?:-t|--table)\s+(\S+)\s+)?/.exec(line)!;
  const rest = ' '.repeat(head.length) + line.slice(head.length);
  if (rest.trim() === '' || rest.trim().startsWith('#')) return { table: undefined, rest };
  if (isTable(name)) return { table: name, rest: rest.trimStart().length === line.length ? line : rest };
  const at = { source: undefined, line: index + 1, column: line.indexOf(name) + 1 };
  const says = `can't initialize iptables table \`${name}': Table does not exist (do you need to insmod?)`;
  throw new NetfilterMistake('unknown-table', says, { at, suggestion: nearest(name, TABLES), exitCode: 3 });
}

function isTable(name: string): name is TableName {
  return (TABLES as readonly string[]).includes(name);
}

/** Everything that is wrong in the text: a rule with a mistake is passed over; after anything else nothing more is told. */
export function checkTables(text: string): TextMistake[] {
  return collectMistakes(text, readTables, (line) => /(^|\s)(-A|--append|-I|--insert)\s/.test(line));
}
