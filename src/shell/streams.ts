/** Where the output of a command goes. Commands run one after the other, so a stream is text and never waits. */

export interface Sink {
  /** Undefined for success, else why the text cannot be taken, in the words of strerror(). */
  write(text: string): string | undefined;
}

/** What a command reads and writes (file descriptors 0, 1 and 2). */
export interface Streams {
  readonly stdin: string;
  readonly stdout: Sink;
  readonly stderr: Sink;
}

/** Keeps everything in the order of writing, whoever writes. */
export class Collector implements Sink {
  text = '';

  write(text: string): undefined {
    this.text += text;
  }
}

export const NOWHERE: Sink = { write: () => undefined };
