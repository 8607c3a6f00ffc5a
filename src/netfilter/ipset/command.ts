/** The ipset command: `create`, `add`, `del`, `test`, `destroy`, `flush`, `rename`, `swap`, `save`, `list`, `restore`. */
import { nearest } from '../../net/did-you-mean.js';
import { IPSET, NetfilterMistake } from '../mistake.js';
import { splitWords } from '../text/split-words.js';
import { type Line, type Word, wordsOf } from '../text/word.js';
import { addElements, deleteElements, testElement } from './change-elements.js';
import { createSet } from './create-set.js';
import { listSets, saveSets } from './print.js';
import { ipsetRefusal } from './refusal.js';
import type { SetTable } from './set-table.js';

interface Command {
  readonly names: readonly string[];
  /** How many words it cannot do without. */
  readonly needs: 0 | 1 | 2;
  run(table: SetTable, words: readonly Word[], exist: boolean): string;
}

const COMMANDS: readonly Command[] = [
  { names: ['create', 'n', '-N', '--create'], needs: 2, run: (table, words, exist) => createSet(table, words, exist) },
  { names: ['add', '-A', '--add'], needs: 2, run: (table, words, exist) => addElements(table, words, exist) },
  { names: ['del', '-D', '--del'], needs: 2, run: (table, words, exist) => deleteElements(table, words, exist) },
  { names: ['test', '-T', '--test'], needs: 2, run: (table, words) => testElement(table, words) },
  {
    names: ['destroy', 'x', '-X', '--destroy'],
    needs: 0,
    run(table, [name]) {
      table.destroy(name);
      return '';
    },
  },
  {
    names: ['flush', '-F', '--flush'],
    needs: 0,
    run(table, [name]) {
      table.flush(name);
      return '';
    },
  },
  {
    names: ['rename', 'e', '-E', '--rename'],
    needs: 2,
    run(table, [from, to]) {
      table.rename(from!, to!);
      return '';
    },
  },
  {
    names: ['swap', 'w', '-W', '--swap'],
    needs: 2,
    run(table, [from, to]) {
      table.swap(from!, to!);
      return '';
    },
  },
  {
    names: ['save', '-S', '--save'],
    needs: 0,
    run(table, [name]) {
      if (name) table.need(name);
      return saveSets(table, name?.text);
    },
  },
  { names: ['list', '-L', '--list'], needs: 0, run: (table, words) => list(table, words) },
];

function list(table: SetTable, words: readonly Word[]): string {
  const [name] = words.filter(({ text }) => !text.startsWith('-'));
  if (name) table.need(name);
  if (words.some(({ text }) => text === '-n' || text === '-name'))
    return table
      .names()
      .map((set) => `${set}\n`)
      .join('');
  return listSets(table, name?.text);
}

/** Runs one command and gives what it prints on stdout. */
export function applyIpsetCommand(table: SetTable, args: readonly (string | Word)[]): string {
  const words = args.map((arg) => (typeof arg === 'string' ? undefined : arg));
  return run(table, words.includes(undefined) ? wordsOf(args as string[]) : (args as Word[]));
}

function run(table: SetTable, all: readonly Word[]): string {
  const exist = all.some(({ text }) => text === '-exist' || text === '-!');
  const [first, ...rest] = all.filter(({ text }) => text !== '-exist' && text !== '-!');
  if (first === undefined) throw ipsetRefusal(undefined, 'unknown-command', 'No command specified.', { exitCode: 2 });
  const command = COMMANDS.find(({ names }) => names.includes(first.text));
  if (command === undefined) {
    const suggestion = nearest(
      first.text,
      COMMANDS.map(({ names }) => names[0]!),
    );
    const says = `No command specified: unknown argument ${first.text}`;
    throw ipsetRefusal(first, 'unknown-command', says, { suggestion, exitCode: 2 });
  }
  if (rest.length < command.needs) {
    const which = rest.length === 0 ? 'Missing mandatory' : 'Missing second mandatory';
    throw ipsetRefusal(first, 'missing-argument', `${which} argument to command ${command.names[0]}`, { exitCode: 2 });
  }
  return command.run(table, rest, exist);
}

/** Runs the lines of `ipset restore` on the table: all of them, or none. */
export function restoreSets(table: SetTable, text: string, source?: string): void {
  const before = table.copy();
  try {
    for (const [index, lineText] of text.split('\n').entries()) {
      const line: Line = { source, number: index + 1, speaker: IPSET };
      if (lineText.startsWith('#')) continue;
      const words = splitWords(lineText, line);
      if (words.length === 0 || words[0]!.text === 'COMMIT' || words[0]!.text === 'quit') continue;
      run(table, words);
    }
  } catch (mistake) {
    table.replaceBy(before);
    throw mistake instanceof NetfilterMistake ? inLine(mistake) : mistake;
  }
}

/** `Error in line 3: ...`, as ipset says it of a line that it reads. */
function inLine(mistake: NetfilterMistake): NetfilterMistake {
  const { at, suggestion, because, exitCode } = mistake;
  if (at === undefined) return mistake;
  const says = `Error in line ${at.line}: ${mistake.says}`;
  return new NetfilterMistake(mistake.code, says, { at, suggestion, because, exitCode, speaker: IPSET });
}
