/** Options as GNU getopt_long() reads them: `-vc`, `-n 5`, `-n5`, `--ignore-case`, `--lines=5`, `--` ends them; operands may come first. */
import { nearest } from '../net/did-you-mean.js';
import type { Call } from './command.js';
import { NotSimulated } from './failures.js';

/** By letter: does it take a value? The long names that are other words for a letter. */
export interface OptionTable {
  readonly letters: Readonly<Record<string, 'flag' | 'value'>>;
  readonly long?: Readonly<Record<string, string>>;
}

/** Letters that take no value. */
export function flags(letters: string): Record<string, 'flag'> {
  return Object.fromEntries([...letters].map((letter) => [letter, 'flag'] as const));
}

export class ReadOptions {
  readonly operands: string[] = [];
  readonly #given = new Map<string, string>();

  has(letter: string): boolean {
    return this.#given.has(letter);
  }

  value(letter: string): string | undefined {
    return this.#given.get(letter);
  }

  give(letter: string, value = ''): void {
    this.#given.set(letter, value);
  }
}

/** @throws NotSimulated for an option that the table does not have, or one without its value */
export function readOptions({ name, args }: Pick<Call, 'name' | 'args'>, table: OptionTable): ReadOptions {
  const read = new ReadOptions();
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      read.operands.push(...rest);
      break;
    }
    if (word.startsWith('--')) {
      const [long = '', ...value] = word.slice(2).split('=');
      const letter = table.long?.[long];
      if (letter === undefined) throw refuse(name, `--${long}`, table);
      const takes = table.letters[letter] === 'value';
      if (!takes && value.length > 0) throw refuse(name, word, table);
      read.give(letter, takes ? (value.length > 0 ? value.join('=') : need(name, word, rest.shift())) : '');
    } else if (word.startsWith('-') && word !== '-') readCluster(name, word, rest, table, read);
    else read.operands.push(word);
  }
  return read;
}

function readCluster(name: string, word: string, rest: string[], table: OptionTable, read: ReadOptions): void {
  for (let at = 1; at < word.length; at += 1) {
    const letter = word[at]!;
    const kind = table.letters[letter];
    if (kind === undefined) throw refuse(name, `-${letter}`, table);
    if (kind === 'flag') {
      read.give(letter);
      continue;
    }
    const attached = word.slice(at + 1);
    read.give(letter, attached === '' ? need(name, `-${letter}`, rest.shift()) : attached);
    return;
  }
}

function need(name: string, option: string, value: string | undefined): string {
  if (value === undefined) throw new NotSimulated(`${name} ${option} needs a value`);
  return value;
}

function refuse(name: string, option: string, { letters, long = {} }: OptionTable): NotSimulated {
  const known = [
    ...Object.keys(letters).map((letter) => `-${letter}`),
    ...Object.keys(long).map((word) => `--${word}`),
  ];
  const meant = option.startsWith('--') ? nearest(option, known) : undefined;
  const hint =
    meant === undefined ? `there ${known.length === 1 ? 'is' : 'are'} ${known.join(' ')}` : `did you mean ${meant}?`;
  return new NotSimulated(`option \`${option}\` of ${name} is not simulated; ${hint}`);
}
