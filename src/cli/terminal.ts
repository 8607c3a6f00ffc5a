/** The person at the other end: where a verb reads from and writes to. */
import { readFileSync } from 'node:fs';

export interface Terminal {
  /** Does a person type at it, so that a prompt makes sense? */
  readonly interactive: boolean;
  /** The whole standard input. */
  readInput(): string;
  out(text: string): void;
  err(text: string): void;
}

/** What a program is told that writes to a pipe which nobody reads any more: 128 and the number of SIGPIPE. */
const BROKEN_PIPE = 141;

/** That of this process. Writes are synchronous where the system lets them, so that both streams keep their order. */
export function processTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (failure: NodeJS.ErrnoException) => {
      if (failure.code === 'EPIPE') process.exit(BROKEN_PIPE);
      throw failure;
    });
  }
  return {
    interactive: process.stdin.isTTY === true && process.stdout.isTTY === true,
    readInput: () => readFileSync(0, 'utf8'),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  };
}
