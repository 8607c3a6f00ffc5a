/** What a verb of the command line is: `netherkin VERB ...`. One folder or file each, named in verbs.ts. */
import type { Terminal } from './terminal.js';

export interface Verb {
  readonly name: string;
  /** One line, for the list of verbs. */
  readonly summary: string;
  /** What `netherkin VERB --help` prints: the forms and the options. */
  readonly help: string;
  /**
   * Does it.
   *
   * @returns the exit code
   * @throws UsageMistake for what a person got wrong
   */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}

/** One sentence about what was typed, without a full stop; the exit code is 2. */
export class UsageMistake extends Error {
  override readonly name = 'UsageMistake';
}
