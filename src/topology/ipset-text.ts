/** ip sets as a person pastes them: the text of `ipset save`. */
import { IpSets } from '../netfilter/ipset/ip-sets.js';
import { collectMistakes, type TextMistake } from './pasted-text.js';

/**
 * Everything that is wrong in the text, after the sets of an earlier one. Where nobody knows yet what there will be
 * (`earlier` is undefined), a line about a set that the text does not create may well be right.
 */
export function checkIpsets(text: string, earlier?: string): TextMistake[] {
  const replaced = namesIn(text);
  const there = linesOf(earlier ?? '').filter((line) => isCreate(line) && !replaced.has(nameOf(line)));
  const read = (later: string) => {
    const sets = new IpSets();
    sets.restore(`${there.join('\n')}\n`);
    sets.restore(later);
  };
  const isForgiven = ({ code }: { code: string }) => earlier === undefined && code === 'unknown-set';
  return collectMistakes(text, read, (line) => !isCreate(line.trim()), isForgiven);
}

/**
 * Sets of two texts together: a set that the later one creates replaces its namesake, elements that it only adds join it.
 * All sets are created before any is filled, so that a list may hold sets of either.
 */
export function mergeIpsets(earlier: string, later: string): string {
  const laterLines = linesOf(later);
  const replaced = namesIn(later);
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

/** The sets that a text creates. */
const namesIn = (text: string): Set<string> => new Set(linesOf(text).filter(isCreate).map(nameOf));
