/** One thing that is wrong in a topology, and the error that carries them all. */

export interface TopologyMistake {
  readonly file: string;
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  /** One sentence, without a full stop. */
  readonly sentence: string;
}

/**
 * Everything that is wrong in a topology at once: one line each, in the order of the text, `FILE:LINE:COLUMN: sentence`.
 * What a scenario asks of a topology (an unknown node) has no place in its text and is one plain sentence.
 */
export class TopologyError extends Error {
  override readonly name = 'TopologyError';
  readonly mistakes: readonly TopologyMistake[];

  constructor(mistakes: readonly TopologyMistake[] | string) {
    const sorted = typeof mistakes === 'string' ? [] : [...mistakes].sort(byPlace);
    super(typeof mistakes === 'string' ? mistakes : sorted.map(formatMistake).join('\n'));
    this.mistakes = sorted;
  }
}

function formatMistake({ file, line, column, sentence }: TopologyMistake): string {
  return `${file}:${line}:${column}: ${sentence}`;
}

function byPlace(a: TopologyMistake, b: TopologyMistake): number {
  return a.line - b.line || a.column - b.column;
}
