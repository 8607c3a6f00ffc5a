/** Makes of an empty namespace with devices what the blueprint says. */
import type { NamespacePlan } from '../../blueprint/blueprint.js';
import type { CommandResult } from '../lab.js';
import type { Agent } from './agent.js';
import { addressCommands, cableCommands } from './build.js';
import type { Place } from './place.js';
import { iptables } from './requirements.js';
import { set, setDeviceDefaults } from './settings.js';

export async function plugIn(agent: Agent, place: Place, plan: NamespacePlan): Promise<void> {
  await setDeviceDefaults(agent, place, ['lo', ...plan.links.map((link) => link.name)]);
  await ip(agent, `the cables of ${plan.name}`, cableCommands(plan), place);
}

/** The rest, once all cables are in. */
export async function furnish(agent: Agent, place: Place, plan: NamespacePlan): Promise<void> {
  const { name, ipsets, iptables: rules, listens } = plan;
  await set(agent, place, plan.sysctls);
  await ip(agent, `the addresses and routes of ${name}`, addressCommands(plan), place);
  if (ipsets !== '') await make(agent, `the ip sets of ${name}`, ['ipset', 'restore'], ipsets, place);
  if (rules !== '') await make(agent, `the iptables rules of ${name}`, [`${iptables()}-restore`], rules, place);
  for (const { protocol, port, address = '0.0.0.0' } of listens)
    await agent.ask('listen', { namespace: place.path, protocol, port, address });
}

/** A batch of `ip`, outside of all namespaces where none is given. */
export function ip(agent: Agent, what: string, commands: readonly string[], place?: Place): Promise<void> {
  return make(agent, what, ['ip', '-batch', '-'], commands.join('\n'), place);
}

async function make(agent: Agent, what: string, argv: readonly string[], stdin: string, place?: Place): Promise<void> {
  const parameters = { argv, stdin, ...(place && { namespace: place.path }) };
  const { exitCode, stderr } = await agent.ask<CommandResult>('execute', parameters);
  if (exitCode !== 0) throw refusal(what, stderr, stdin);
}

/** One sentence; where the tool names a line of what it was given (`Command failed -:4`), with that line. */
export function refusal(what: string, stderr: string, stdin = ''): Error {
  const failed = /^Command failed -:(\d+)$/m.exec(stderr);
  const words = stderr
    .replace(failed?.[0] ?? '', '')
    .trim()
    .replaceAll('\n', '; ');
  const line = failed ? ` \`ip ${stdin.split('\n')[Number(failed[1]) - 1]}\`:` : '';
  return new Error(`cannot make ${what}:${line} ${words}`);
}
