/** From words as they were typed to fields: braces, variables, `$(...)`, patterns of /proc/sys, quote removal (POSIX XCU 2.6). */
import type { Script, Word, WordPart } from './language/syntax.js';

/** What expansions ask the shell for. */
export interface Scope {
  variable(name: string): string;
  /** What a script prints. */
  output(script: Script): string;
  /** The files that a pattern matches, of those that there are. */
  files(pattern: string): string[];
}

/** The fields of a command line. */
export function expandWords(words: readonly Word[], scope: Scope): string[] {
  return words.flatMap(expandBraces).flatMap((parts) => fieldsOf(parts, scope));
}

/** A word where no field splitting is done: the value of an assignment, the target of a redirection, a here-document. */
export function expandToText({ parts }: Word, scope: Scope): string {
  return parts.map((part) => textOf(part, scope)).join('');
}

function textOf(part: WordPart, scope: Scope): string {
  if (part.kind === 'text') return part.text;
  return part.kind === 'variable' ? scope.variable(part.name) : scope.output(part.script).replace(/\n+$/, '');
}

function fieldsOf(parts: readonly WordPart[], scope: Scope): string[] {
  const fields: string[] = [];
  let field: string | undefined;
  let pattern = false;
  const finish = () => {
    if (field === undefined) return;
    const files = pattern ? scope.files(field) : [];
    fields.push(...(files.length > 0 ? files : [field]));
    field = undefined;
    pattern = false;
  };
  for (const part of parts) {
    const value = textOf(part, scope);
    if (part.kind === 'text' || part.quoted) {
      field = (field ?? '') + value;
      pattern ||= !part.quoted && /[*?[]/.test(value);
      continue;
    }
    const [first = '', ...rest] = value.split(/[ \t\n]+/);
    if (first !== '') field = (field ?? '') + first;
    for (const piece of rest) {
      finish();
      if (piece !== '') field = piece;
    }
  }
  finish();
  return fields;
}

/** `a{1,2}` and `eth{0..3}`: one word for each, as bash does before everything else. */
function expandBraces({ parts }: Word): (readonly WordPart[])[] {
  for (const [index, part] of parts.entries()) {
    if (part.kind !== 'text' || part.quoted) continue;
    const found = /^(.*?)\{([^{}]*)\}(.*)$/s.exec(part.text);
    const alternatives = found && alternativesOf(found[2]!);
    if (!found || !alternatives) continue;
    return alternatives.flatMap((text) => {
      const middle = { ...part, text: `${found[1]}${text}${found[3]}` };
      return expandBraces({ parts: [...parts.slice(0, index), middle, ...parts.slice(index + 1)], place: START });
    });
  }
  return [parts];
}

const START = { line: 1, column: 1 };

function alternativesOf(inside: string): string[] | undefined {
  if (inside.includes(',')) return inside.split(',');
  const [, first, last] = /^(-?[0-9]+)\.\.(-?[0-9]+)$/.exec(inside) ?? [];
  if (first === undefined || last === undefined) return undefined;
  const step = Number(first) <= Number(last) ? 1 : -1;
  return Array.from({ length: Math.abs(Number(last) - Number(first)) + 1 }, (_, index) =>
    String(Number(first) + index * step),
  );
}
