/** Commands on a simulated host. */

import { checkBlueprint } from '../../blueprint/check.js';
import type { Fabric } from '../../fabric/fabric.js';
import { buildFabric } from '../../lab/simulated/build.js';
import { runScript } from '../../shell/run-script.js';
import { isUnfinished, Shell } from '../../shell/shell.js';
import { UsageMistake } from '../verb.js';
import { completions } from './completion.js';
import type { Host, HostOptions } from './host.js';
import { FRESH_NODE, type Site } from './site.js';
import { traceTeller } from './trace-teller.js';

/** @throws UsageMistake where the network cannot be built */
export async function openSimulatedHost(site: Site, { terminal, trace, name }: HostOptions): Promise<Host> {
  const fabric = build(site);
  const ns = fabric.namespaces.get(site.node)!;
  if (trace) {
    const switches = new Set(
      site.blueprint.namespaces.filter(({ kind }) => kind === 'switch').map((plan) => plan.name),
    );
    const nameOf = (namespace: string) =>
      switches.has(namespace) ? undefined : namespace === site.node ? '' : namespace;
    fabric.observe(traceTeller(nameOf, terminal.err));
  }
  const sink = (write: (text: string) => void) => ({ write: (text: string) => void write(text) as undefined });
  const shell = new Shell(ns, { fabric, name, stdout: sink(terminal.out), stderr: sink(terminal.err) });
  return {
    async run(script) {
      fabric.resetBudget();
      const exitCode = shell.run(script);
      fabric.clock.settle();
      return exitCode;
    },
    get ended() {
      return shell.ended;
    },
    isUnfinished,
    complete: (line) => completions(line, ns, fabric),
    async close() {},
  };
}

function build({ blueprint, node }: Site): Fabric {
  // A fresh host has the one name that no namespace of a script can have.
  const mistakes = node === FRESH_NODE ? [] : checkBlueprint(blueprint);
  if (mistakes.length > 0) throw new UsageMistake(mistakes.join('\n'));
  const fabric = buildFabric(blueprint);
  for (const { name, commands } of blueprint.namespaces) {
    if (commands === '') continue;
    const { exitCode, stderr } = runScript(fabric.namespaces.get(name)!, commands, { fabric });
    if (exitCode !== 0) throw new UsageMistake(`the commands on ${name} failed: ${stderr.trim()}`);
  }
  return fabric;
}
