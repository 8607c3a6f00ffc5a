/** Splits a recorded command line as bash did when it was recorded: blanks, single and double quotes. */
import type { Line, Word } from '../../text/word.js';

export function splitShellWords(text: string, line: Line): Word[] {
  return [...text.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(({ 0: raw, index }) => ({
    text: raw.replace(/"([^"]*)"|'([^']*)'/g, (_, double: string | undefined, single: string) => double ?? single),
    column: index + 1,
    line,
  }));
}
