/** Splits a line as iptables-restore does (add_param_to_argv): blanks part words, double quotes hold them, a backslash escapes. */
import type { Line, Word } from './word.js';

export function splitWords(text: string, line: Line, from = 0): Word[] {
  const words: Word[] = [];
  let at = from;
  while (at < text.length) {
    if (isBlank(text[at]!)) {
      at++;
      continue;
    }
    const start = at;
    let value = '';
    let quoted = false;
    let wasQuoted = false;
    while (at < text.length && (quoted || !isBlank(text[at]!))) {
      const letter = text[at]!;
      if (quoted && letter === '\\' && at + 1 < text.length) {
        value += text[at + 1];
        at += 2;
        continue;
      }
      if (letter === '"') {
        quoted = !quoted;
        wasQuoted = true;
      } else value += letter;
      at++;
    }
    words.push({ text: value, column: start + 1, line, ...(wasQuoted && { raw: text.slice(start, at) }) });
  }
  return words;
}

function isBlank(letter: string): boolean {
  return letter === ' ' || letter === '\t' || letter === '\r';
}
