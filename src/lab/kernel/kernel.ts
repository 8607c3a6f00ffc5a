/** The lab on the real Linux kernel: a blueprint in throw-away network namespaces, real packets, the journeys that they made. */
import type { Blueprint, NamespacePlan } from '../../blueprint/blueprint.js';
import type { Journey } from '../../journey/journey.js';
import type { Outcome, Probe } from '../../journey/probe.js';
import type { CommandResult, Lab, OpenLab } from '../lab.js';
import { Agent, type Job, type NamespacePath, type Sight } from './agent.js';
import { addressCommands, linkCommands, sysctlPath } from './build.js';
import { LISTEN, TRACE_EVERYTHING } from './trace-log.js';
import { NETLINK_NETFILTER, errnoOf, readMessages } from './netlink.js';
import { iptables, kernelMissing } from './requirements.js';
import { pingOutcome, socketOutcome, type SocketResult } from './outcome.js';

/** Nobody speaks IPv6. Said before there is any device, so that all inherit it. */
const NAMESPACE_DEFAULTS = sysctls('net.ipv6.conf', ['all', 'default'], { disable_ipv6: '1' });
/**
 * Real time is dear: ARP gives up after 0.3 s instead of 3 s, and proxy_arp answers at once instead of after up to 0.8 s,
 * unless the blueprint says otherwise. Only devices have these, a namespace has no defaults for them.
 */
const DEVICE_DEFAULTS = { retrans_time_ms: '100', proxy_delay: '0' };

/** Nothing was seen for so many milliseconds: nothing will come. Longer than the pause between two ARP requests. */
const QUIET = 150;
/** After an answer, for what it still causes (the last ACK of a handshake). */
const SETTLED = 5;

export const openKernelLab: OpenLab = async (blueprint) => {
  const missing = kernelMissing();
  if (missing !== undefined) throw new Error(missing);
  const lab = new KernelLab(blueprint, await Agent.start());
  try {
    await lab.build();
  } catch (failure) {
    await lab.close();
    throw failure;
  }
  return lab;
};

class KernelLab implements Lab {
  readonly name = 'kernel';
  readonly #blueprint: Blueprint;
  readonly #agent: Agent;
  readonly #paths = new Map<string, NamespacePath>();
  readonly #traced = new Set<string>();

  constructor(blueprint: Blueprint, agent: Agent) {
    this.#blueprint = blueprint;
    this.#agent = agent;
  }

  async build(): Promise<void> {
    const { namespaces } = this.#blueprint;
    for (const { name } of namespaces) {
      this.#paths.set(name, await this.#agent.ask<NamespacePath>('create'));
    }
    for (const { name } of namespaces) await this.#sysctls(name, NAMESPACE_DEFAULTS);
    const commands = linkCommands(this.#blueprint, (name) => this.#paths.get(name)!);
    await this.#execute('the links', undefined, ['ip', '-batch', '-'], commands.join('\n'));
    await Promise.all(namespaces.map((plan) => this.#furnish(plan)));
  }

  async #furnish(plan: NamespacePlan): Promise<void> {
    const { name, links, ipsets, iptables: rules, commands, listens } = plan;
    await this.#sysctls(name, sysctls('net.ipv4.neigh', links.map((link) => link.name), DEVICE_DEFAULTS));
    await this.#sysctls(name, plan.sysctls);
    await this.#execute(`the addresses and routes of ${name}`, name, ['ip', '-batch', '-'], addressCommands(plan).join('\n'));
    if (ipsets !== '') await this.#execute(`the ip sets of ${name}`, name, ['ipset', 'restore'], ipsets);
    if (rules !== '') await this.#execute(`the iptables rules of ${name}`, name, [`${iptables()}-restore`], rules);
    if (commands !== '') await this.#execute(`the commands of ${name}`, name, ['bash'], commands);
    for (const { protocol, port, address } of listens)
      await this.#inside(name, 'listen', { protocol, port, address: address ?? '0.0.0.0' });
    const messages = LISTEN.map((message) => message.toString('hex'));
    await this.#inside(name, 'subscribe', { messages });
  }

  async probe(probe: Probe): Promise<Journey> {
    await this.#traceWhereTablesAre();
    const sights: Sight[] = [];
    await this.#agent.watch((sight) => sights.push(sight));
    const outcome = await this.#send(probe, () => sights.length);
    await this.#agent.watch(undefined);
    return { probe, legs: [], outcome };
  }

  async #send(probe: Probe, activity: () => number): Promise<Outcome> {
    const { kind, to, port, from } = probe;
    const namespace = this.#path(from);
    if (kind === 'ping') {
      const argv = ['ping', '-n', '-c', '1', '-W', '60', to];
      const job = this.#agent.begin<CommandResult>('execute', { namespace, argv });
      return pingOutcome(await patiently(job, activity));
    }
    const request = { namespace, protocol: kind, address: to, port, data: 'netherkin\n' };
    const job = this.#agent.begin<SocketResult>('connect', request);
    return socketOutcome(await patiently(job, activity), undefined);
  }

  async pass(milliseconds: number): Promise<void> {
    throw new Error(`the real kernel's clock cannot be moved ${milliseconds} ms ahead`);
  }

  async run(namespace: string, script: string): Promise<CommandResult> {
    return this.#inside<CommandResult>(namespace, 'execute', { argv: ['bash', '-c', script] });
  }

  async close(): Promise<void> {
    this.#agent.close();
  }

  /** The kernel logs what a table does only to packets that carry the trace flag. Without tables nothing need set it. */
  async #traceWhereTablesAre(): Promise<void> {
    for (const name of this.#paths.keys()) {
      if (this.#traced.has(name)) continue;
      const tables = await this.#inside<string>(name, 'read', { path: '/proc/self/net/ip_tables_names' });
      if (tables === '') continue;
      const [said] = await this.#inside<string[]>(name, 'netlink', {
        protocol: NETLINK_NETFILTER,
        messages: [TRACE_EVERYTHING.toString('hex')],
      });
      const errno = readMessages(Buffer.from(said!, 'hex')).map(errnoOf).find((code) => code !== 0);
      if (errno !== undefined) throw new Error(`the kernel cannot trace packets: nftables answers with error ${errno}`);
      this.#traced.add(name);
    }
  }

  #path(namespace: string): NamespacePath {
    const path = this.#paths.get(namespace);
    if (path === undefined) throw new Error(`there is no namespace ${namespace}`);
    return path;
  }

  #inside<T>(namespace: string, request: string, parameters: object): Promise<T> {
    return this.#agent.ask<T>(request, { namespace: this.#path(namespace), ...parameters });
  }

  async #sysctls(namespace: string, settings: NamespacePlan['sysctls']): Promise<void> {
    for (const [key, value] of settings) {
      await this.#inside(namespace, 'write', { path: sysctlPath(key), text: value }).catch((failure: Error) => {
        throw new Error(`cannot set ${key} to ${value} on ${namespace}: ${failure.message}`);
      });
    }
  }

  async #execute(what: string, namespace: string | undefined, argv: readonly string[], stdin: string): Promise<void> {
    const parameters = { argv, stdin, ...(namespace === undefined ? {} : { namespace: this.#path(namespace) }) };
    const { exitCode, stderr } = await this.#agent.ask<CommandResult>('execute', parameters);
    if (exitCode !== 0) throw new Error(`cannot build ${what}: ${stderr.trim().replaceAll('\n', '; ')}`);
  }
}

/** `net.ipv4.neigh.eth0.proxy_delay`, for each device and each setting. */
function sysctls(branch: string, devices: readonly string[], settings: Record<string, string>): NamespacePlan['sysctls'] {
  return devices.flatMap((device) =>
    Object.entries(settings).map(([key, value]) => [`${branch}.${device}.${key}`, value] as const),
  );
}

/** Waits for the end of a job, but no longer than anything still happens. */
async function patiently<T>(job: Job<T>, activity: () => number): Promise<T> {
  let over = false;
  const result = job.result.finally(() => {
    over = true;
  });
  for (let seen = -1; !over && seen !== activity(); ) {
    seen = activity();
    await Promise.race([result, new Promise((wake) => setTimeout(wake, QUIET))]);
  }
  if (!over) job.cancel();
  await result;
  await new Promise((wake) => setTimeout(wake, SETTLED));
  return result;
}
