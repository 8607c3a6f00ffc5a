/**
 * A lab builds a blueprint and sends probes through it. There are two: the simulated one (simulated.ts) and the real
 * kernel (kernel/). One contract test runs against both.
 */
import type { Blueprint } from '../blueprint/blueprint.js';
import type { Journey } from '../journey/journey.js';
import type { Probe } from '../journey/probe.js';

export interface Lab {
  readonly name: 'simulated' | 'kernel';
  /** Sends one probe and waits until it is answered, refused, or out of patience. State stays: connections, neighbours, counters. */
  probe(probe: Probe): Promise<Journey>;
  /** Lets time pass, in milliseconds: entries expire, timers fire. */
  pass(milliseconds: number): Promise<void>;
  /** Runs shell commands in a namespace, as `bash` would. Reading state is running the command that prints it. */
  run(namespace: string, script: string): Promise<CommandResult>;
  /** Leaves nothing behind. */
  close(): Promise<void>;
}

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Builds a blueprint. Rejects with one clear sentence where the blueprint cannot be built. */
export type OpenLab = (blueprint: Blueprint) => Promise<Lab>;
