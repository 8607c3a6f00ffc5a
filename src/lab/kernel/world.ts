/** The namespaces of one lab: makes them from a blueprint, and does things inside them. */
import type { Blueprint, NamespacePlan } from '../../blueprint/blueprint.js';
import { didYouMean } from '../../net/did-you-mean.js';
import type { CommandResult } from '../lab.js';
import { Agent, type Job, type NamespacePath, type Sight } from './agent.js';
import { addressCommands, sysctlPath } from './build.js';
import { type DeviceList, LIST_DEVICES, readDevices } from './devices.js';
import { LoadedRules } from './loaded-rules.js';
import { LIST_NEIGHBOURS, waitsForNeighbour } from './neighbours.js';
import { errnoOf, NETLINK_NETFILTER, NETLINK_ROUTE, readMessages } from './netlink.js';
import { linkCommands } from './registration.js';
import { iptables } from './requirements.js';
import { LISTEN, TRACE_EVERYTHING } from './trace-log.js';

/**
 * Where the kernel has the switch: nobody speaks IPv6, said before there is any device, so that all inherit it; and
 * bridges are as on a host where nobody has asked for br_netfilter yet, whether its module is there or not.
 */
const NAMESPACE_DEFAULTS = [
  ...sysctls('net.ipv6.conf', ['all', 'default'], { disable_ipv6: '1' }),
  ['net.bridge.bridge-nf-call-iptables', '0'],
] as const;
/**
 * Real time is dear: ARP gives up after 0.3 s instead of 3 s, and proxy_arp answers at once instead of after up to 0.8 s,
 * unless the blueprint says otherwise. Only devices have these, a namespace has no defaults for them.
 */
const DEVICE_DEFAULTS = { retrans_time_ms: '100', proxy_delay: '0' };

/** One namespace of the world, and what is known of it until the next command changes it. */
export interface Place {
  readonly name: string;
  readonly path: NamespacePath;
  devices: DeviceList;
  /** Undefined where no table is loaded. */
  rules: LoadedRules | undefined;
  traced: boolean;
  /** Devices that have their DEVICE_DEFAULTS. */
  readonly hastened: Set<string>;
  /** Whose `ip netns add` made it; undefined where the blueprint did. */
  readonly parent: Place | undefined;
}

const UNKNOWN: DeviceList = { names: new Map(), masters: new Map() };

export class World {
  readonly #places = new Map<string, Place>();
  #stale = true;

  private constructor(readonly agent: Agent) {}

  static async build(blueprint: Blueprint): Promise<World> {
    const world = new World(await Agent.shared());
    try {
      await world.#build(blueprint);
    } catch (failure) {
      await world.close();
      throw failure;
    }
    return world;
  }

  get places(): Iterable<Place> {
    return this.#places.values();
  }

  place(namespace: string): Place {
    const place = this.#places.get(namespace);
    if (place) return place;
    throw new Error(`there is no namespace ${namespace}${didYouMean(namespace, this.#places.keys())}`);
  }

  ask<T>(place: Place, request: string, parameters: object = {}): Promise<T> {
    return this.agent.ask<T>(request, { namespace: place.path, ...parameters });
  }

  begin<T>(place: Place, request: string, parameters: object): Job<T> {
    return this.agent.begin<T>(request, { namespace: place.path, ...parameters });
  }

  async netlink(place: Place, protocol: number, message: Buffer): Promise<Buffer> {
    const [said] = await this.ask<string[]>(place, 'netlink', { protocol, messages: [message.toString('hex')] });
    return Buffer.from(said!, 'hex');
  }

  /** What a person types. What is known of devices, rules and namespaces is no longer certain afterwards. */
  async run(place: Place, script: string): Promise<CommandResult> {
    const result = await this.ask<CommandResult>(place, 'execute', { argv: ['bash', '-c', script] });
    this.#stale = true;
    await this.#adopt(place.parent ?? place);
    return result;
  }

  /** Looks anew at what commands may have changed, and sees to it that all of it is observed. */
  async refresh(): Promise<void> {
    if (!this.#stale) return;
    await Promise.all([...this.places].map((place) => this.#look(place)));
    this.#stale = false;
  }

  /** Is any neighbour asked for and not yet given up? Devices without a carrier ask in silence. */
  async waitsForNeighbours(): Promise<boolean> {
    const lists = [...this.places].map((place) => this.netlink(place, NETLINK_ROUTE, LIST_NEIGHBOURS));
    return (await Promise.all(lists)).some(waitsForNeighbour);
  }

  /** Everything that has happened up to now is seen when this is over, however busy the machine is. */
  async catchUp(): Promise<void> {
    await this.agent.ask('record', { paths: this.#paths, on: true });
  }

  async watch(sees: ((sight: Sight) => void) | undefined): Promise<void> {
    await this.agent.watch(this.#paths, sees);
  }

  async close(): Promise<void> {
    const made = [...this.places].filter(({ parent }) => parent === undefined).map(({ path }) => path);
    this.#places.clear();
    await this.agent.ask('destroy', { paths: made });
  }

  get #paths(): NamespacePath[] {
    return [...this.places].map(({ path }) => path);
  }

  async #build(blueprint: Blueprint): Promise<void> {
    const names = blueprint.namespaces.map(({ name }) => name);
    const paths = await this.agent.ask<NamespacePath[]>('create', { count: names.length });
    await Promise.all(names.map((name, index) => this.#enter(name, paths[index]!, undefined)));
    const commands = linkCommands(blueprint, (name) => this.place(name).path);
    await this.#execute('the links', undefined, ['ip', '-batch', '-'], commands.join('\n'));
    await allDone(blueprint.namespaces.map((plan) => this.#furnish(plan)));
    for (const { name, commands } of blueprint.namespaces) {
      if (commands === '') continue;
      const { exitCode, stderr } = await this.run(this.place(name), commands);
      if (exitCode !== 0) throw refusal(`the commands of ${name}`, stderr);
    }
  }

  async #enter(name: string, path: NamespacePath, parent: Place | undefined): Promise<void> {
    const place: Place = { name, path, devices: UNKNOWN, rules: undefined, traced: false, hastened: new Set(), parent };
    this.#places.set(name, place);
    await this.ask(place, 'subscribe', { messages: LISTEN.map((message) => message.toString('hex')) });
    for (const setting of NAMESPACE_DEFAULTS) await this.#write(place, [setting]);
  }

  async #furnish(plan: NamespacePlan): Promise<void> {
    const { name, links, ipsets, iptables: rules, listens } = plan;
    const place = this.place(name);
    await this.#hasten(place, ['lo', ...links.map((link) => link.name)]);
    await this.#set(place, plan.sysctls);
    await this.#execute(
      `the addresses and routes of ${name}`,
      place,
      ['ip', '-batch', '-'],
      addressCommands(plan).join('\n'),
    );
    if (ipsets !== '') await this.#execute(`the ip sets of ${name}`, place, ['ipset', 'restore'], ipsets);
    if (rules !== '') await this.#execute(`the iptables rules of ${name}`, place, [`${iptables()}-restore`], rules);
    for (const { protocol, port, address } of listens)
      await this.ask(place, 'listen', { protocol, port, address: address ?? '0.0.0.0' });
  }

  /** The namespaces that commands on a node have made, by the names that they were given there. */
  async #adopt(parent: Place): Promise<void> {
    const found = await this.ask<Record<string, NamespacePath>>(parent, 'adopt');
    for (const place of this.places)
      if (place.parent === parent && found[place.name] !== place.path) this.#places.delete(place.name);
    for (const [name, path] of Object.entries(found)) {
      if (this.#places.get(name)?.path !== path) await this.#enter(name, path, parent);
    }
  }

  /** Once for each device. */
  async #hasten(place: Place, devices: readonly string[]): Promise<void> {
    const fresh = devices.filter((device) => !place.hastened.has(device));
    for (const device of fresh) place.hastened.add(device);
    await this.#set(place, sysctls('net.ipv4.neigh', fresh, DEVICE_DEFAULTS));
  }

  async #look(place: Place): Promise<void> {
    place.devices = readDevices(await this.netlink(place, NETLINK_ROUTE, LIST_DEVICES));
    await this.#hasten(place, [...place.devices.names.values()]);
    const tables = await this.ask<string>(place, 'read', { path: '/proc/self/net/ip_tables_names' });
    if (tables === '') {
      place.rules = undefined;
      return;
    }
    const { stdout } = await this.ask<CommandResult>(place, 'execute', { argv: [`${iptables()}-save`] });
    place.rules = new LoadedRules(stdout);
    if (!place.traced) await this.#trace(place);
  }

  /** The kernel logs what a table does only to packets that carry the trace flag. Where there are no tables, nothing sets it. */
  async #trace(place: Place): Promise<void> {
    const said = await this.netlink(place, NETLINK_NETFILTER, TRACE_EVERYTHING);
    const errno = readMessages(said)
      .map(errnoOf)
      .find((code) => code !== 0);
    if (errno !== undefined) throw new Error(`the kernel cannot trace packets: nftables answers with error ${errno}`);
    place.traced = true;
  }

  async #set(place: Place, settings: NamespacePlan['sysctls']): Promise<void> {
    const failed = await this.#write(place, settings);
    if (!failed) return;
    const [key, value] = settings[failed[0]]!;
    throw new Error(`cannot set ${key} to ${value} on ${place.name}: ${failed[1]}`);
  }

  /** The first setting that the kernel refuses, and why. */
  async #write(place: Place, settings: NamespacePlan['sysctls']): Promise<readonly [number, string] | null> {
    if (settings.length === 0) return null;
    return this.ask(place, 'write', { files: settings.map(([key, value]) => [sysctlPath(key), value]) });
  }

  async #execute(what: string, place: Place | undefined, argv: readonly string[], stdin: string): Promise<void> {
    const parameters = { argv, stdin, ...(place && { namespace: place.path }) };
    const { exitCode, stderr } = await this.agent.ask<CommandResult>('execute', parameters);
    if (exitCode !== 0) throw refusal(what, stderr, stdin);
  }
}

/** Waits for all, even where one fails: what is still under way must not meet the namespaces of the next lab. */
async function allDone(work: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find(({ status }) => status === 'rejected');
  if (failed) throw (failed as PromiseRejectedResult).reason;
}

/** One sentence; where the tool names a line of what it was given (`Command failed -:4`), with that line. */
function refusal(what: string, stderr: string, stdin = ''): Error {
  const failed = /^Command failed -:(\d+)$/m.exec(stderr);
  const words = stderr
    .replace(failed?.[0] ?? '', '')
    .trim()
    .replaceAll('\n', '; ');
  const line = failed ? ` \`ip ${stdin.split('\n')[Number(failed[1]) - 1]}\`:` : '';
  return new Error(`cannot make ${what}:${line} ${words}`);
}

/** `net.ipv4.neigh.eth0.proxy_delay`, for each device and each setting. */
function sysctls(
  branch: string,
  devices: readonly string[],
  settings: Record<string, string>,
): NamespacePlan['sysctls'] {
  return devices.flatMap((device) =>
    Object.entries(settings).map(([key, value]) => [`${branch}.${device}.${key}`, value] as const),
  );
}
