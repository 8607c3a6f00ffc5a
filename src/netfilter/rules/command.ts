/** One command of iptables on one table, as a line of iptables-restore or the rest of a command line says it: `-A INPUT ...`. */
import type { Table } from '../rule.js';
import { refusal, type Word } from '../text/word.js';
import { parseUnsigned } from '../xt/values.js';
import * as edit from './edit.js';

interface Command {
  readonly long: string;
  /** Does a chain have to follow? */
  readonly needsChain: boolean;
  run(table: Table, chain: Word | undefined, rest: readonly Word[], options: edit.EditOptions): void;
}

function command(long: string, needsChain: boolean, run: Command['run']): Command {
  return { long, needsChain, run };
}

const COMMANDS: Readonly<Record<string, Command>> = {
  A: command('append', true, (table, chain, rest, options) => edit.appendRule(table, chain!, rest, options)),
  C: command('check', true, (table, chain, rest, options) => edit.checkRule(table, chain!, rest, options)),
  D: command('delete', true, (table, chain, rest, options) => {
    if (isNumber(rest[0])) edit.deleteRuleNumber(table, chain!, ruleNumber(rest[0]!));
    else edit.deleteRule(table, chain!, rest, options);
  }),
  I: command('insert', true, (table, chain, rest, options) => {
    const [number, ...rule] = isNumber(rest[0]) ? [ruleNumber(rest[0]!), ...rest.slice(1)] : [1, ...rest];
    edit.insertRule(table, chain!, number, rule, options);
  }),
  R: command('replace', true, (table, chain, rest, options) => {
    if (!isNumber(rest[0])) throw refusal(chain!, 'missing-argument', '-R requires a rule number');
    edit.replaceRule(table, chain!, ruleNumber(rest[0]!), rest.slice(1), options);
  }),
  N: command('new-chain', true, (table, chain) => edit.newChain(table, chain!)),
  X: command('delete-chain', false, (table, chain) => edit.deleteChain(table, chain)),
  F: command('flush', false, (table, chain) => edit.flush(table, chain)),
  Z: command('zero', false, (table, chain, rest) => {
    edit.zero(table, chain, rest[0] && ruleNumber(rest[0]));
  }),
  P: command('policy', true, (table, chain, rest) => {
    if (!rest[0]) throw refusal(chain!, 'missing-argument', '-P requires a chain and a policy');
    edit.setPolicy(table, chain!, rest[0]);
  }),
  E: command('rename-chain', true, (table, chain, rest) => {
    if (!rest[0]) throw refusal(chain!, 'missing-argument', '-E requires old-chain-name and new-chain-name');
    edit.renameChain(table, chain!, rest[0]);
  }),
};

/** Runs `-A CHAIN rule`, `-N CHAIN` ... on the table: wholly or, with a NetfilterMistake, not at all. */
export function applyCommand(table: Table, words: readonly Word[], options: edit.EditOptions = {}): void {
  const [first, chain, ...rest] = words;
  const found = first && commandOf(first.text);
  if (!found) {
    if (first?.text.startsWith('-')) throw refusal(first, 'unknown-command', 'no command specified');
    throw refusal(first!, 'bad-argument', `Bad argument \`${first?.text ?? ''}'`, { speaker: '' });
  }
  if (found.needsChain && !chain) {
    throw refusal(first!, 'missing-argument', `option "${first!.text}" requires an argument`);
  }
  found.run(table, chain, rest, options);
}

function commandOf(text: string): Command | undefined {
  if (/^-[A-Z]$/.test(text)) return COMMANDS[text[1]!];
  return Object.values(COMMANDS).find(({ long }) => text === `--${long}`);
}

function isNumber(word: Word | undefined): boolean {
  return word !== undefined && /^[0-9]/.test(word.text);
}

function ruleNumber(word: Word): number {
  const number = parseUnsigned(word.text);
  if (!number) throw refusal(word, 'bad-argument', `Invalid rule number \`${word.text}'`);
  return number;
}
