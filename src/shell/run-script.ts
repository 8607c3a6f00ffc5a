/** The entry of this floor: runs networking commands as a person types them, on a simulated namespace. */
import type { Fabric } from '../fabric/fabric.js';
import type { Namespace } from '../stack/namespace.js';
import { COMMANDS } from './commands.js';
import { Files } from './files.js';
import { interpret } from './interpreter.js';
import { Network } from './network.js';
import { Collector } from './streams.js';

/** What a script can reach beyond its own namespace. */
export interface ScriptContext {
  /** For `ip netns exec NAME`, `ip -n NAME`, `ip link add ... type veth` and `ping`. */
  readonly fabric?: Fabric;
  /** Files that earlier scripts left; hand over the same object to let later ones read them. */
  readonly files?: Files;
}

export interface ScriptResult {
  readonly stdout: string;
  readonly stderr: string;
  /** Of the last command, as in bash. 127 for a command that there is not, 2 for a script that cannot be read. */
  readonly exitCode: number;
}

/**
 * Runs a script as `bash` would. A script that cannot be read changes nothing; one that meets a command or an option that
 * is not simulated ends there, with one sentence that says so. Never throws for what a person wrote.
 */
export function runScript(
  ns: Namespace,
  script: string,
  { fabric, files = new Files() }: ScriptContext = {},
): ScriptResult {
  const stdout = new Collector();
  const stderr = new Collector();
  const session = { commands: COMMANDS, files, network: new Network(fabric) };
  const exitCode = interpret(session, ns, script, { stdin: '', stdout, stderr });
  return { stdout: stdout.text, stderr: stderr.text, exitCode };
}
