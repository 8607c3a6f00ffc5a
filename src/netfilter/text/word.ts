/** Words of a command line or of a line of text, each with its place, so that a mistake can point at it. */
import { type MistakeCode, type MistakeDetails, NetfilterMistake, type Place } from '../mistake.js';

/** Where a line stands and which program reads it. */
export interface Line {
  readonly source: string | undefined;
  readonly number: number;
  /** How the real tool signs its complaints about this line. */
  readonly speaker: string;
}

export interface Word {
  readonly text: string;
  /** As it was written, with its quotes, where it had any. */
  readonly raw?: string;
  /** Column of its first character, from 1. */
  readonly column: number;
  /** Undefined for words that never were in a text. */
  readonly line: Line | undefined;
}

export function placeOf(word: Word): Place | undefined {
  return word.line && { source: word.line.source, line: word.line.number, column: word.column };
}

/** What the real tool itself refuses at this word. */
export function refusal(word: Word, code: MistakeCode, says: string, details: MistakeDetails = {}): NetfilterMistake {
  return new NetfilterMistake(code, says, {
    at: placeOf(word),
    ...(word.line && { speaker: word.line.speaker }),
    ...details,
  });
}

/** Words that the program made, or that a shell has split already. Columns are those of the words joined by one space. */
export function wordsOf(texts: readonly string[], line?: Line): Word[] {
  let column = 1;
  return texts.map((text) => {
    const word = { text, column, line };
    column += text.length + 1;
    return word;
  });
}
