/** The two ends of named pipes. Opened for both directions, so that neither end waits for the other. */
import { closeSync, constants, openSync, read, write, writeSync } from 'node:fs';

export class PipeOut {
  readonly #descriptor: number;

  constructor(path: string) {
    this.#descriptor = openSync(path, constants.O_RDWR);
  }

  write(text: string): Promise<void> {
    return new Promise((resolve, reject) =>
      write(this.#descriptor, text, (failure) => (failure ? reject(failure) : resolve())),
    );
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

const CHUNK = 65_536;

/** Hands on what comes in, but for marks: `NUL NUMBER NUL`, which somebody may wait for. */
export class PipeIn {
  readonly #descriptor: number;
  readonly #marks: number[] = [];
  #waiting: ((mark: number) => void) | undefined;
  #held = '';
  #closed = false;

  constructor(
    path: string,
    private readonly hear: (text: string) => void,
  ) {
    this.#descriptor = openSync(path, constants.O_RDWR);
    this.#listen();
  }

  /** The next mark. */
  mark(): Promise<number> {
    const known = this.#marks.shift();
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  /** Somebody must say something for the end that listens to notice. */
  close(): void {
    this.#closed = true;
    writeSync(this.#descriptor, '\n');
  }

  #listen(): void {
    const buffer = Buffer.alloc(CHUNK);
    read(this.#descriptor, buffer, 0, CHUNK, null, (failure, length) => {
      if (failure || this.#closed) return closeSync(this.#descriptor);
      this.#take(buffer.toString('utf8', 0, length));
      this.#listen();
    });
  }

  #take(text: string): void {
    this.#held += text;
    for (;;) {
      const start = this.#held.indexOf('\0');
      const before = start < 0 ? this.#held : this.#held.slice(0, start);
      if (before !== '') this.hear(before);
      this.#held = start < 0 ? '' : this.#held.slice(start);
      const end = this.#held.indexOf('\0', 1);
      if (end < 0) return;
      this.#reach(Number(this.#held.slice(1, end)));
      this.#held = this.#held.slice(end + 1);
    }
  }

  #reach(mark: number): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) waiting(mark);
    else this.#marks.push(mark);
  }
}
