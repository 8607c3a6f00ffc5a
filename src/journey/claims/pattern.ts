/** Turns a claim's wording into a regular expression. Generous: what a parameter may be is for its reader to say. */
import { KIND_SHAPES, type KindName } from './kinds.js';

export interface Pattern {
  readonly text: string;
  /** Parameters in named groups. */
  readonly regexp: RegExp;
  /** The words in front of the first parameter: what a typing slip is compared with. */
  readonly opening: string;
}

/**
 * `{x}` is a parameter, `[...]` a part that may be left out, `(a|b)` a choice. In Chinese (`spaced` false) a blank stands
 * for any number of blanks, none included.
 */
export function pattern(text: string, spaced: boolean): Pattern {
  const source = text.split(/(\{\w+\}|[[\]()| ])/).map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name !== undefined) return `(?<${name}>${KIND_SHAPES[name as KindName]})`;
    return SYMBOLS[part] ?? (part === ' ' ? `\\s${spaced ? '+' : '*'}` : part.replace(/[.*+?^$\\]/g, '\\$&'));
  });
  return { text, regexp: new RegExp(`^${source.join('')}$`, 'u'), opening: openingOf(text) };
}

/** Without what may be left out, with the first of each choice. */
function openingOf(text: string): string {
  const plain = text.replace(/\[[^\]]*\]/g, '').replace(/\(([^|()]*)\|[^()]*\)/g, '$1');
  return plain.split('{')[0]!.trim();
}

const SYMBOLS: Readonly<Record<string, string>> = { '[': '(?:', ']': ')?', '(': '(?:', ')': ')', '|': '|' };

/** `is masqueraded[ on {node}][ as {address}]` as a person reads it: `is masqueraded (on NODE) (as ADDRESS)`. */
export function readable(text: string): string {
  return text
    .replace(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase())
    .replace(/\[( ?)/g, '$1(')
    .replace(/\]/g, ')');
}
