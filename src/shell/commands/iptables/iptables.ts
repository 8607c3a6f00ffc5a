/** iptables(8), the legacy one, on the tables of a namespace. */
import { nearest } from '../../../net/did-you-mean.js';
import { TABLES, type TableName } from '../../../netfilter/hooks.js';
import { IPTABLES, NetfilterMistake } from '../../../netfilter/mistake.js';
import type { Table } from '../../../netfilter/rule.js';
import * as edit from '../../../netfilter/rules/edit.js';
import { tableOf } from '../../../netfilter/rules/table.js';
import type { Word } from '../../../netfilter/text/word.js';
import type { Call, Command } from '../../command.js';
import { CommandFailure, NotSimulated } from '../../failures.js';
import { type CommandLine, readCommandLine } from './command-line.js';
import { iptablesFailure } from './complaint.js';
import { list, listRules } from './list.js';

export const iptables: Command = {
  names: ['iptables', 'iptables-legacy'],
  models: 'iptables 1.8.9 (legacy)',
  usage: [
    'iptables [-t TABLE] [-w [SECONDS]] {-A|-C|-D} CHAIN RULE',
    'iptables [-t TABLE] -I CHAIN [NUMBER] RULE',
    'iptables [-t TABLE] -R CHAIN NUMBER RULE',
    'iptables [-t TABLE] -D CHAIN NUMBER',
    'iptables [-t TABLE] {-L|-S} [CHAIN [NUMBER]] [-n] [-v] [-x] [--line-numbers]',
    'iptables [-t TABLE] {-F|-X} [CHAIN] [-v]',
    'iptables [-t TABLE] -Z [CHAIN [NUMBER]]',
    'iptables [-t TABLE] -N CHAIN',
    'iptables [-t TABLE] -E OLD NEW',
    'iptables [-t TABLE] -P CHAIN {ACCEPT|DROP}',
  ],
  run(call) {
    try {
      return run(call);
    } catch (mistake) {
      throw mistake instanceof NetfilterMistake ? iptablesFailure(mistake) : mistake;
    }
  },
};

function run(call: Call): number {
  const line = readCommandLine(call.args, call.err);
  if (line === 'version') {
    call.out(`${IPTABLES}\n`);
    return 0;
  }
  if (line === 'help') throw new NotSimulated(`the help of iptables is not simulated:\n${iptables.usage.join('\n')}`);
  if (line === 'ipv6') throw new CommandFailure("Try `iptables -h' or 'iptables --help' for more information.\n", 2);
  const { netfilter } = call.ns;
  const ruleSet = new Map(netfilter.ruleSet);
  const table = tableOf(ruleSet, tableName(line.table));
  try {
    apply(call, line, table);
  } finally {
    // The table may have been loaded just now, even if the command was refused.
    netfilter.load(ruleSet);
  }
  return 0;
}

function tableName(name: string): TableName {
  const found = TABLES.find((table) => table === name);
  if (found) return found;
  const says = `can't initialize iptables table \`${name}': Table does not exist (do you need to insmod?)`;
  throw new NetfilterMistake('unknown-table', says, { suggestion: nearest(name, TABLES), exitCode: 3 });
}

function apply(call: Call, line: CommandLine, table: Table): void {
  const { command, chain, operand, rule, verbose } = line;
  const options = { hasSet: (name: string) => call.ns.netfilter.sets.has(name) };
  const number = operand && Number(operand.text);
  if (verbose && 'ACDIR'.includes(command) && !(command === 'D' && number)) {
    throw new NotSimulated(`what \`iptables -v -${command}\` prints of the rule is not simulated; leave out -v`);
  }
  switch (command) {
    case 'A':
      return edit.appendRule(table, chain!, rule, options);
    case 'C':
      return edit.checkRule(table, chain!, rule, options);
    case 'D':
      return number === undefined
        ? edit.deleteRule(table, chain!, rule, options)
        : edit.deleteRuleNumber(table, chain!, number);
    case 'I':
      return edit.insertRule(table, chain!, number ?? 1, rule, options);
    case 'R':
      return edit.replaceRule(table, chain!, number!, rule, options);
    case 'E':
      return edit.renameChain(table, chain!, operand!);
    case 'N':
      return edit.newChain(table, chain!);
    case 'P':
      if (rule.length > 0) throw new NotSimulated('setting the counters of a policy is not simulated');
      return edit.setPolicy(table, chain!, operand!);
    case 'F':
      say(call, line, table, 'Flushing');
      return edit.flush(table, chain);
    case 'X':
      say(call, line, table, 'Deleting');
      return edit.deleteChain(table, chain);
    case 'Z':
      say(call, line, table, 'Zeroing');
      return edit.zero(table, chain, number);
    case 'L':
    case 'S':
      (command === 'L' ? list : listRules)(call, line, table);
      if (line.zeroesToo) edit.zero(table, chain, number);
  }
}

/** With -v, iptables tells each chain before it begins with it. */
function say({ out }: Call, { verbose, chain }: CommandLine, table: Table, doing: string): void {
  if (!verbose) return;
  const all = [...table.chains.values()];
  const chains = doing === 'Deleting' ? all.filter(({ policy }) => policy === undefined) : all;
  for (const { name } of chains.filter(({ name }) => isAsked(chain, name))) out(`${doing} chain \`${name}'\n`);
}

function isAsked(chain: Word | undefined, name: string): boolean {
  return chain === undefined || chain.text === name;
}
