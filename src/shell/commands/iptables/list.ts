/** `iptables -L` and `iptables -S`. */
import type { Chain, Rule, Table } from '../../../netfilter/rule.js';
import { chainOf } from '../../../netfilter/rules/edit.js';
import { listTable } from '../../../netfilter/rules/listing.js';
import { printListing, ruleText } from '../../../netfilter/rules/print.js';
import type { Call } from '../../command.js';
import type { CommandLine } from './command-line.js';

/** The lines of a listing above its rules: the chain and the columns. */
const HEAD_LINES = 2;

export function list({ out }: Call, line: CommandLine, table: Table): void {
  const { chain, operand, numeric, verbose, exact, lineNumbers } = line;
  const only = chain && chainOf(table, chain);
  const text = listTable(table, { verbose, exact, lineNumbers, names: !numeric }, only);
  if (operand === undefined) return out(text);
  const asked = text.split('\n')[HEAD_LINES - 1 + Number(operand.text)];
  if (asked) out(`${asked}\n`);
}

export function listRules({ out }: Call, { chain, operand, verbose }: CommandLine, table: Table): void {
  const only = chain && chainOf(table, chain);
  if (operand !== undefined) {
    const rule = only?.rules[Number(operand.text) - 1];
    if (rule) out(`${line(only!, rule, verbose)}\n`);
  } else out(verbose ? withCounters(table, only) : printListing(table, only));
}

function withCounters(table: Table, only: Chain | undefined): string {
  const chains = only ? [only] : [...table.chains.values()];
  const heads = chains.map(({ name, policy, packets, bytes }) =>
    policy === undefined ? `-N ${name}\n` : `-P ${name} ${policy} -c ${packets} ${bytes}\n`,
  );
  return [...heads, ...chains.flatMap((chain) => chain.rules.map((rule) => `${line(chain, rule, true)}\n`))].join('');
}

/** With counters, they stand between the conditions and the target. */
function line({ name }: Chain, rule: Rule, counters: boolean): string {
  if (!counters) return `-A ${name}${rule.text === '' ? '' : ` ${rule.text}`}`;
  const conditions = ruleText(rule.selector, rule.matches, { kind: 'none' });
  const target = rule.text.slice(conditions.length).trimStart();
  return [`-A ${name}`, conditions, `-c ${rule.packets} ${rule.bytes}`, target].filter((part) => part !== '').join(' ');
}
