/** The entry of this floor: a shell on a simulated namespace that takes scripts one after the other, as at a prompt. */
import type { Fabric } from '../fabric/fabric.js';
import type { Namespace } from '../stack/namespace.js';
import { COMMANDS } from './commands.js';
import { Files } from './files.js';
import { Abandoned, Ended, Interpreter, readScript, type Session } from './interpreter.js';
import { Jobs } from './jobs.js';
import { parseScript } from './language/parser.js';
import { SyntaxMistake } from './language/syntax.js';
import { Network } from './network.js';
import type { Sink } from './streams.js';

export interface ShellOptions {
  /** For `ip netns exec NAME`, `ip -n NAME`, `ip link add ... type veth` and `ping`. */
  readonly fabric?: Fabric | undefined;
  /** Files that earlier shells left; hand over the same object to let later ones read them. */
  readonly files?: Files | undefined;
  /** What it calls itself when it complains. `bash` where left out. */
  readonly name?: string;
  readonly stdout: Sink;
  readonly stderr: Sink;
}

export class Shell {
  readonly #session: Session;
  readonly #interpreter: Interpreter;
  readonly #sinks: Pick<ShellOptions, 'stdout' | 'stderr'>;
  #ended = false;

  constructor(ns: Namespace, { fabric, files = new Files(), name = 'bash', stdout, stderr }: ShellOptions) {
    this.#session = { name, commands: COMMANDS, files, network: new Network(fabric), jobs: new Jobs() };
    this.#interpreter = new Interpreter(this.#session, ns);
    this.#sinks = { stdout, stderr };
  }

  /** Has `exit` been called, or `set -e` ended it? */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Runs a script as `bash` would. One that cannot be read changes nothing; one that meets a command or an option that is
   * not simulated ends there, with one sentence that says so. Never throws for what a person wrote.
   */
  run(script: string): number {
    const streams = { stdin: '', ...this.#sinks };
    try {
      return this.#interpreter.run(readScript(this.#session, script, streams), streams);
    } catch (error) {
      if (!(error instanceof Ended || error instanceof Abandoned)) throw error;
      this.#ended = error instanceof Ended;
      this.#interpreter.variables.lastExit = error.exitCode;
      return error.exitCode;
    }
  }
}

/** Is this the beginning of a script that goes on in the next line: an open quote, an `if` without its `fi`? */
export function isUnfinished(script: string): boolean {
  if (/(^|[^\\])(\\\\)*\\\n?$/.test(script)) return true;
  try {
    parseScript(script);
    return false;
  } catch (error) {
    if (error instanceof SyntaxMistake) return error.unfinished;
    throw error;
  }
}
