/** ip sets as `ipset save` prints them, line by line. What a type or an element means is ipset's to say. */
import { didYouMean } from '../net/did-you-mean.js';
import type { TextMistake } from './iptables-text.js';

const COMMANDS: readonly string[] = ['create', 'add'];

export function checkIpsets(text: string): TextMistake[] {
  const mistakes: TextMistake[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const [command = '', name] = line.trim().split(/\s+/);
    if (command === '' || command.startsWith('#')) continue;
    const place = { line: index + 1, column: line.indexOf(command) + 1 };
    if (!COMMANDS.includes(command)) {
      const sentence = `\`${command}\` is not a line of ipset save${didYouMean(command, COMMANDS)}`;
      mistakes.push({ ...place, sentence });
    } else if (name === undefined) mistakes.push({ ...place, sentence: `\`${command}\` needs the name of a set` });
  }
  return mistakes;
}

/**
 * Sets of two texts together: a set that the later one creates replaces its namesake, elements that it only adds join it.
 * All sets are created before any is filled, so that a list may hold sets of either.
 */
export function mergeIpsets(earlier: string, later: string): string {
  const laterLines = linesOf(later);
  const replaced = new Set(laterLines.filter(isCreate).map(nameOf));
  const lines = [...linesOf(earlier).filter((line) => !replaced.has(nameOf(line))), ...laterLines];
  const ordered = [...lines.filter(isCreate), ...lines.filter((line) => !isCreate(line))];
  return ordered.length === 0 ? '' : `${ordered.join('\n')}\n`;
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

const isCreate = (line: string): boolean => line.startsWith('create ');

const nameOf = (line: string): string => line.split(/\s+/)[1] ?? '';
