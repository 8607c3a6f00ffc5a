import type { Command } from '../../command.js';
import { CommandFailure, NotSimulated } from '../../failures.js';
import { inputsOf, joinLines, linesOf } from '../../lines.js';
import { flags, type OptionTable, type ReadOptions, readOptions } from '../../options.js';

const NO_PATTERN = "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n";

const OPTIONS = {
  letters: { ...flags('EFchinoqvw'), e: 'value' },
  long: {
    'ignore-case': 'i',
    'invert-match': 'v',
    count: 'c',
    'word-regexp': 'w',
    'extended-regexp': 'E',
    quiet: 'q',
    color: 'h',
  },
} satisfies OptionTable;

export const grep: Command = {
  names: ['grep', 'egrep', 'fgrep'],
  models: 'grep 3.8',
  usage: ['grep [-cEFhinoqvw] [-e] PATTERN [FILE ...]'],
  run(call) {
    const options = readOptions(call, OPTIONS);
    const pattern = options.value('e') ?? options.operands.shift();
    if (pattern === undefined) throw new CommandFailure(NO_PATTERN, 2);
    const dialect =
      options.has('F') || call.name === 'fgrep' ? 'F' : options.has('E') || call.name === 'egrep' ? 'E' : 'G';
    const matches = matcher(pattern, dialect, options);
    const { inputs, failed } = inputsOf(call, options.operands);
    const several = options.operands.length > 1 && !options.has('h');
    let selected = 0;
    for (const { file, text } of inputs) {
      const prefix = several ? `${file}:` : '';
      const found = linesOf(text).flatMap((line, index) => {
        const parts = matches(line);
        if (parts === undefined) return [];
        const place = options.has('n') ? `${prefix}${index + 1}:` : prefix;
        return options.has('o') ? [parts.map((part) => `${place}${part}`)] : [[`${place}${line}`]];
      });
      selected += found.length;
      if (options.has('q')) continue;
      if (options.has('c')) call.out(`${prefix}${found.length}\n`);
      else if (found.length > 0) call.out(joinLines(found.flat()));
    }
    if (failed) return selected > 0 && options.has('q') ? 0 : 2;
    return Number(selected === 0);
  },
};

/** Undefined for a line that is not selected, else what matched in it. */
function matcher(
  pattern: string,
  dialect: 'E' | 'F' | 'G',
  options: ReadOptions,
): (line: string) => string[] | undefined {
  const alternatives = pattern.split('\n').map((part) => toJavaScript(part, dialect));
  const source = alternatives
    .map((part) => (options.has('w') ? `(?<!\\w)(?:${part})(?!\\w)` : `(?:${part})`))
    .join('|');
  const expression = new RegExp(source, options.has('i') ? 'gi' : 'g');
  return (line) => {
    const found = [...line.matchAll(expression)].map(([text]) => text);
    if (options.has('v')) return found.length === 0 ? [] : undefined;
    return found.length === 0 ? undefined : found.filter((text) => text !== '');
  };
}

/** POSIX regular expressions as JavaScript's, which are theirs but for classes, back-references and, in the basic dialect, the backslashes. */
function toJavaScript(pattern: string, dialect: 'E' | 'F' | 'G'): string {
  if (dialect === 'F') return pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  if (/\[[:.=]|\\[1-9`']/.test(pattern))
    throw new NotSimulated(`grep: character classes and back-references are not simulated: ${pattern}`);
  const tokens = pattern.match(/\[\^?\]?[^\]]*\]|\\.|./gs) ?? [];
  const basic = dialect === 'G';
  return tokens
    .map((token, index) => {
      if (token.length > 2 && token.startsWith('[')) return token.replace(/\\/g, '\\\\').replace(/^(\[\^?)\]/, '$1\\]');
      if (token === '\\<' || token === '\\>') return '\\b';
      if (!basic) return token;
      if (/^[+?(){}|]$/.test(token)) return `\\${token}`;
      if (/^\\[+?(){}|]$/.test(token)) return token.slice(1);
      return token === '*' && index === 0 ? '\\*' : token;
    })
    .join('');
}
