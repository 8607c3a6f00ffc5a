/** What a command is: a name, a usage that documents it, and what it does to a namespace. One file each in commands/. */
import type { Namespace } from '../stack/namespace.js';
import type { Files } from './files.js';
import type { Job, Jobs, Signal } from './jobs.js';
import type { Network } from './network.js';
import type { Variables } from './variables.js';

export interface Command {
  /** The first is the one that people know it by. */
  readonly names: readonly [string, ...string[]];
  /** Which program it stands for: `iproute2 6.1`. */
  readonly models: string;
  /** The forms that are understood, in the notation of the real tool's usage text. The documentation is made of them. */
  readonly usage: readonly string[];
  /** Part of the shell, not a program: `ip netns exec` cannot start it. */
  readonly builtin?: boolean;
  /**
   * Runs it to its end, or to where it goes on by itself in the background.
   *
   * @returns the exit code
   * @throws CommandFailure for what the real tool refuses, NotSimulated for what only the simulation refuses
   */
  run(call: Call): number;
}

/** One command as it was called. */
export interface Call {
  /** As which of its names. */
  readonly name: string;
  readonly args: readonly string[];
  readonly ns: Namespace;
  readonly stdin: string;
  readonly files: Files;
  readonly network: Network;
  readonly jobs: Jobs;
  /** Those of the shell that calls. */
  readonly variables: Variables;
  /** Number of the script's line. */
  readonly line: number;
  /** Does `&` end the line? Then it may stay. */
  readonly background: boolean;
  out(text: string): void;
  err(text: string): void;
  /** What the shell itself says of a builtin, with its name and the line in front. */
  complain(text: string): void;
  /** Goes on in the background. Only where `background` says so; `onSignal` ends it and gives its exit code. */
  stay(onSignal: (signal: Signal) => number): Job;
  /** Runs another program with the same streams: `ip netns exec NAME PROGRAM`. Undefined where there is none of that name. */
  execute(ns: Namespace, words: readonly string[]): number | undefined;
  /** Runs a script with the same streams: `sh -c SCRIPT`. */
  script(text: string, options: readonly string[]): number;
}
