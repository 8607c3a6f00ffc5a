/** What commands run on: a simulated host or one of the real kernel. */
import type { Terminal } from '../terminal.js';

export interface Host {
  /** Runs commands to their end; what they print goes to the terminal as it comes. Gives the exit code of the last one. */
  run(script: string): Promise<number>;
  /** Has a command ended the shell: `exit`? */
  readonly ended: boolean;
  /** Is this the beginning of a command that goes on in the next line: an open quote, an `if` without its `fi`? */
  isUnfinished(script: string): boolean;
  /** The words that could stand at the end of a line, and the part of it that they would replace. */
  complete(line: string): readonly [candidates: string[], replaced: string];
  close(): Promise<void>;
}

export interface HostOptions {
  readonly terminal: Terminal;
  /** Tell each TRACE line on stderr? */
  readonly trace: boolean;
  /** What the shell calls itself when it complains: `bash`, or the script's file. */
  readonly name: string;
}
