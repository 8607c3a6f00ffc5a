/** What the commands of the latest `When master runs:` printed, and whether the scenario says that they fail. */
import type { CommandResult } from '../src/lab/lab.js';
import { Mistake } from './mistake.js';

export class Printed {
  #namespace = '';
  #result: CommandResult | undefined;
  /** They failed, and no step has said yet that they should. */
  #unexpected = false;

  note(namespace: string, result: CommandResult): void {
    this.#namespace = namespace;
    this.#result = result;
    this.#unexpected = result.exitCode !== 0;
  }

  get result(): CommandResult {
    if (this.#result) return this.#result;
    throw new Mistake(
      'no commands were run yet: a Then about what `it prints` needs a When before it, such as `When master runs:`',
    );
  }

  /** They failed, and should. */
  expectFailure(): void {
    this.#unexpected = false;
  }

  /** Throws where they failed and nobody said so. Once: what comes after is another story. */
  settle(): void {
    if (!this.#unexpected || !this.#result) return;
    this.#unexpected = false;
    throw new Mistake(
      `${commandFailure(this.#namespace, this.#result)}\n(\`Then it fails with "..."\` would expect that)`,
    );
  }
}

export function commandFailure(namespace: string, { stdout, stderr, exitCode }: CommandResult): string {
  return `on ${namespace}, exit code ${exitCode}: ${(stderr || stdout).trim() || 'it says nothing'}`;
}
