/** The variables of one shell. */
import { CommandFailure, NotSimulated } from './failures.js';

/** What a real shell inherits or makes up by itself. To say that it is empty would be wrong. */
const OF_THE_HOST =
  /^(BASH.*|COLUMNS|EUID|GROUPS|HOME|HOST.*|IFS|LANG|LC_.*|LINENO|LINES|LOGNAME|MACHTYPE|OLDPWD|OPT.*|OSTYPE|PATH|PPID|PS[0-9]|PWD|RANDOM|SECONDS|SHELL|SHLVL|SUDO_.*|TERM|TMPDIR|UID|USER|_)$/;

export class Variables {
  readonly #values = new Map<string, string>();
  /** Exit code of the last command: `$?`. */
  lastExit = 0;
  /** Process id of the last background command: `$!`. */
  lastBackground: number | undefined;
  /** `set -u`: is an unset variable a mistake? */
  nounset = false;

  /** @throws CommandFailure under `set -u`, NotSimulated for a variable that the real host has and this one does not */
  get(name: string): string {
    if (name === '?') return String(this.lastExit);
    const value = name === '!' ? this.lastBackground?.toString() : this.#values.get(name);
    if (value !== undefined) return value;
    if (OF_THE_HOST.test(name)) throw new NotSimulated(`the variable ${name} of a real host is not simulated`);
    if (this.nounset) throw new CommandFailure(`${name}: unbound variable`, 127);
    return '';
  }

  set(name: string, value: string): void {
    if (name === 'IFS') throw new NotSimulated('another IFS is not simulated');
    this.#values.set(name, value);
  }

  unset(name: string): void {
    this.#values.delete(name);
  }
}
