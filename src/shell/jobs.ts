/** Programs that go on while the script does: `nc -l -p 80 &`. They live as long as their network, like real ones. */

/** A program in the background. */
export class Job {
  /** Undefined while it runs. */
  exitCode: number | undefined;

  constructor(
    /** `%1`. */
    readonly number: number,
    /** A real one could be any; these count up. */
    readonly pid: number,
    readonly program: string,
    /** What a signal does to it: lets go of everything, and says what it says at its end. Gives the exit code. */
    private readonly onSignal: (signal: Signal) => number,
  ) {}

  get running(): boolean {
    return this.exitCode === undefined;
  }

  signal(signal: Signal): void {
    if (this.running) this.exitCode = this.onSignal(signal);
  }

  /** It ends by itself. */
  end(exitCode: number): void {
    this.exitCode ??= exitCode;
  }
}

export const SIGNALS = { HUP: 1, INT: 2, QUIT: 3, KILL: 9, TERM: 15 } as const;

export type Signal = keyof typeof SIGNALS;

/** The exit code of a program that a signal ends. */
export function killedBy(signal: Signal): number {
  return 128 + SIGNALS[signal];
}

const FIRST_PID = 1000;

export class Jobs {
  readonly #all: Job[] = [];

  start(program: string, onSignal: (signal: Signal) => number): Job {
    const running = this.running.map(({ number }) => number);
    const job = new Job(Math.max(0, ...running) + 1, FIRST_PID + this.#all.length, program, onSignal);
    this.#all.push(job);
    return job;
  }

  get running(): readonly Job[] {
    return this.#all.filter(({ running }) => running);
  }

  get latest(): Job | undefined {
    return this.#all.at(-1);
  }

  byPid(pid: number): Job | undefined {
    return this.#all.find((job) => job.pid === pid);
  }

  /** `%1`, `%%`, `%+`, `%nc`: the youngest of those that run, or that have ended. */
  bySpec(spec: string): Job | undefined {
    const text = spec.slice(1);
    const isMeant = ({ number, program }: Job) =>
      text === '' || text === '%' || text === '+' || String(number) === text || program.startsWith(text);
    return this.running.findLast(isMeant) ?? this.#all.findLast(isMeant);
  }
}
