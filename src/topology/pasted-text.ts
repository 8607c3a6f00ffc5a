/** Mistakes in a text that a person pasted, all of them, though its reader stops at the first. */
import { NetfilterMistake } from '../netfilter/mistake.js';

export interface TextMistake {
  /** Both count from 1 within the text. */
  readonly line: number;
  readonly column: number;
  readonly sentence: string;
}

/**
 * Reads the text again without the line of each mistake for as long as `isAlone` says that no other line hangs on that one.
 * `isForgiven` mistakes are passed over and not told.
 */
export function collectMistakes(
  text: string,
  read: (text: string) => void,
  isAlone: (line: string) => boolean,
  isForgiven: (mistake: NetfilterMistake) => boolean = () => false,
): TextMistake[] {
  const lines = text.split('\n');
  const mistakes: TextMistake[] = [];
  for (let goesOn = true; goesOn; ) {
    try {
      read(lines.join('\n'));
      return mistakes;
    } catch (error) {
      if (!(error instanceof NetfilterMistake)) throw error;
      const { line, column } = error.at ?? { line: 1, column: 1 };
      if (!isForgiven(error)) mistakes.push({ line, column, sentence: withoutPlace(error.message) });
      goesOn = isAlone(lines[line - 1] ?? '');
      lines[line - 1] = '';
    }
  }
  return mistakes;
}

/** The tool's own sentence counts lines of the text, which can be a part of a file: the place is told in front of it. */
function withoutPlace(message: string): string {
  return message
    .replace(/^line \d+:\d+: /, '')
    .replace(/: line \d+ failed \((.*?)\)/, ': $1')
    .replace(/:? (at|in|Error in) line \d+/, '');
}
