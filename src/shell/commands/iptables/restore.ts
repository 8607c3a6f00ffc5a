/** iptables-restore(8): each table wholly or not at all, up to the first that is refused. */
import type { TableName } from '../../../netfilter/hooks.js';
import { NetfilterMistake } from '../../../netfilter/mistake.js';
import type { Chain, RuleSet, Table } from '../../../netfilter/rule.js';
import { parseRestore } from '../../../netfilter/rules/parse-restore.js';
import { tableOf } from '../../../netfilter/rules/table.js';
import type { Call, Command } from '../../command.js';
import { CommandFailure } from '../../failures.js';
import { linesOf } from '../../lines.js';
import { type ReadOptions, readOptions } from '../../options.js';
import { restoreFailure } from './complaint.js';

const OPTIONS = {
  letters: { c: 'flag', n: 'flag', t: 'flag', T: 'value', M: 'value', w: 'flag' },
  long: { counters: 'c', noflush: 'n', test: 't', table: 'T', modprobe: 'M', wait: 'w' },
} as const;

export const iptablesRestore: Command = {
  names: ['iptables-restore', 'iptables-legacy-restore'],
  models: 'iptables 1.8.9 (legacy)',
  usage: ['iptables-restore [-c] [-n] [--test] [-T TABLE] [-w [SECONDS]] [FILE]'],
  run(call) {
    const args = call.args.filter(
      (word, index) => !(/^[0-9]+$/.test(word) && /^(-w|--wait)$/.test(call.args[index - 1] ?? '')),
    );
    const options = readOptions({ name: call.name, args }, OPTIONS);
    const text = textOf(call, options);
    try {
      restore(call, options, text);
    } catch (mistake) {
      throw mistake instanceof NetfilterMistake ? restoreFailure(mistake) : mistake;
    }
    return 0;
  },
};

function textOf({ files, ns, stdin }: Call, { operands }: ReadOptions): string {
  const [file] = operands;
  if (operands.length > 1) throw new CommandFailure('Unknown arguments found on commandline\n', 1);
  if (file === undefined) return stdin;
  const read = files.read(ns, file);
  if (!read.ok) throw new CommandFailure(`Can't open ${file}: ${read.error}\n`, 1);
  return read.value;
}

function restore({ ns }: Call, options: ReadOptions, text: string): void {
  const { netfilter } = ns;
  const flushes = !options.has('n');
  const ruleSet: RuleSet = new Map(netfilter.ruleSet);
  try {
    parseRestore(onlyTable(text, options.value('T')), {
      hasSet: (name) => netfilter.sets.has(name),
      counters: options.has('c'),
      start: (name) => draftOf(ruleSet, name, flushes),
      commit: (table) => options.has('t') || ruleSet.set(table.name, table),
    });
  } finally {
    netfilter.load(ruleSet);
  }
}

/** A copy to work on, of a table that is loaded if it was not yet: without --noflush its rules and user chains are gone. Policies stay, without their counters. */
function draftOf(ruleSet: RuleSet, name: TableName, flushes: boolean): Table {
  const loaded = tableOf(ruleSet, name);
  const kept = [...loaded.chains.values()].filter(({ policy }) => !flushes || policy !== undefined);
  const copy = (chain: Chain): Chain => ({ ...chain, packets: 0, bytes: 0, rules: flushes ? [] : [...chain.rules] });
  return { name, chains: new Map(kept.map((chain) => [chain.name, copy(chain)])) };
}

/** `-T TABLE`: the lines of the other tables are passed over; they stay as empty lines, so that numbers stay right. */
function onlyTable(text: string, wanted: string | undefined): string {
  if (wanted === undefined) return text;
  let inside = false;
  const lines = linesOf(text).map((line) => {
    if (line.startsWith('*')) inside = line.slice(1).trim() === wanted;
    return inside ? line : '';
  });
  return `${lines.join('\n')}\n`;
}
