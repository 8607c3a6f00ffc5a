/** One script in a shell of its own, and what it printed. */
import type { Fabric } from '../fabric/fabric.js';
import type { Namespace } from '../stack/namespace.js';
import type { Files } from './files.js';
import { Shell } from './shell.js';
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

/** Runs a script as Shell.run() does. */
export function runScript(ns: Namespace, script: string, { fabric, files }: ScriptContext = {}): ScriptResult {
  const stdout = new Collector();
  const stderr = new Collector();
  const exitCode = new Shell(ns, { fabric, files, stdout, stderr }).run(script);
  return { stdout: stdout.text, stderr: stderr.text, exitCode };
}
