/** Rules and tables as iptables-save and `iptables -S` print them. */
import { TABLES } from '../hooks.js';
import type { Chain, Match, Rule, RuleSet, Selector, Table, Target } from '../rule.js';
import { selectorWords } from './selector.js';

/** A rule as iptables-save prints it after `-A CHAIN `. */
export function ruleText(selector: Selector, matches: readonly Match[], target: Target): string {
  return [...selectorWords(selector), ...matches.map(({ text }) => text), ...targetWords(target)].join(' ');
}

function targetWords(target: Target): string[] {
  switch (target.kind) {
    case 'none':
      return [];
    case 'verdict':
      return [`-j ${target.verdict}`];
    case 'jump':
      return [`-j ${target.chain}`];
    case 'goto':
      return [`-g ${target.chain}`];
    case 'extension':
      return [`-j ${target.name}`, ...(target.text === '' ? [] : [target.text])];
  }
}

function appendLine(chain: Chain, { text }: Rule): string {
  return text === '' ? `-A ${chain.name}` : `-A ${chain.name} ${text}`;
}

/** What iptables-save prints, without the comments that tell the time. With `counters`, what `iptables-save -c` prints: those of the rules too. */
export function printSave(ruleSet: RuleSet, { counters = false }: { readonly counters?: boolean } = {}): string {
  return TABLES.flatMap((name) => {
    const table = ruleSet.get(name);
    return table ? [saveTable(table, counters)] : [];
  }).join('');
}

function saveTable(table: Table, counters: boolean): string {
  const lines = [`*${table.name}`];
  for (const chain of table.chains.values()) {
    const { name, policy = '-', packets, bytes } = chain;
    lines.push(`:${name} ${policy} [${packets}:${bytes}]`);
  }
  for (const chain of table.chains.values()) {
    for (const rule of chain.rules) {
      const line = appendLine(chain, rule);
      lines.push(counters ? `[${rule.packets}:${rule.bytes}] ${line}` : line);
    }
  }
  lines.push('COMMIT', '');
  return lines.join('\n');
}

/** What `iptables -S` prints; with a chain, what `iptables -S CHAIN` prints. */
export function printListing(table: Table, only?: Chain): string {
  const chains = only ? [only] : [...table.chains.values()];
  const heads = [
    ...chains.filter(({ policy }) => policy !== undefined).map(({ name, policy }) => `-P ${name} ${policy}\n`),
    ...chains.filter(({ policy }) => policy === undefined).map(({ name }) => `-N ${name}\n`),
  ];
  const rules = chains.flatMap((chain) => chain.rules.map((rule) => `${appendLine(chain, rule)}\n`));
  return [...heads, ...rules].join('');
}
