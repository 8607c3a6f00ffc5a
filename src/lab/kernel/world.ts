/** The namespaces of one lab: makes them from a blueprint, and does things inside them. */
import type { Blueprint } from '../../blueprint/blueprint.js';
import { didYouMean } from '../../net/did-you-mean.js';
import type { CommandResult } from '../lab.js';
import { Agent, type Job, type NamespacePath, type Sight } from './agent.js';
import { type DeviceList, LIST_DEVICES, readDevices } from './devices.js';
import { furnish, ip, plugIn, refusal } from './furnish.js';
import { LoadedRules } from './loaded-rules.js';
import { LIST_NEIGHBOURS, waitsForNeighbour } from './neighbours.js';
import { errnoOf, NETLINK_NETFILTER, NETLINK_ROUTE, readMessages } from './netlink.js';
import type { Place } from './place.js';
import { linkCommands } from './registration.js';
import { iptables } from './requirements.js';
import { setDeviceDefaults, setNamespaceDefaults } from './settings.js';
import { LISTEN, TRACE_EVERYTHING } from './trace-log.js';

const UNKNOWN: DeviceList = { names: new Map(), masters: new Map(), settled: false };

/** Of asking for devices; each time takes a few tenths of a millisecond, and the kernel's look comes within a second. */
const PATIENCE = 20_000;

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
    await ip(this.agent, 'the links', commands);
    await allDone(blueprint.namespaces.map((plan) => plugIn(this.agent, this.place(plan.name), plan)));
    await Promise.all([...this.places].map((place) => this.#devices(place)));
    await allDone(blueprint.namespaces.map((plan) => furnish(this.agent, this.place(plan.name), plan)));
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
    await setNamespaceDefaults(this.agent, place);
  }

  /** The namespaces that commands on a node have made, by the names that they were given there. */
  async #adopt(parent: Place): Promise<void> {
    const found = await this.ask<Record<string, NamespacePath>>(parent, 'adopt');
    for (const place of this.places)
      if (place.parent === parent && found[place.name] !== place.path) this.#places.delete(place.name);
    for (const [name, path] of Object.entries(found)) {
      const known = this.#places.get(name);
      if (known && known.parent !== parent)
        throw new Error(`${parent.name} has made a namespace ${name}, and there is another one of that name`);
      if (!known) await this.#enter(name, path, parent);
    }
  }

  async #look(place: Place): Promise<void> {
    place.devices = await this.#devices(place);
    await setDeviceDefaults(this.agent, place, [...place.devices.names.values()]);
    const tables = await this.ask<string>(place, 'read', { path: '/proc/self/net/ip_tables_names' });
    if (tables === '') {
      place.rules = undefined;
      return;
    }
    const { stdout } = await this.ask<CommandResult>(place, 'execute', { argv: [`${iptables()}-save`] });
    place.rules = new LoadedRules(stdout);
    if (!place.traced) await this.#trace(place);
  }

  /**
   * The kernel looks at carriers in its own time (linkwatch), on a busy machine a good while after a cable was plugged in;
   * until it has, a cable's end drops what is sent and a bridge's port forwards nothing. So ask until it has.
   */
  async #devices(place: Place): Promise<DeviceList> {
    for (let asked = 1; ; asked += 1) {
      const devices = readDevices(await this.netlink(place, NETLINK_ROUTE, LIST_DEVICES));
      if (devices.settled || asked === PATIENCE) return devices;
    }
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
}

/** Waits for all, even where one fails: what is still under way must not meet the namespaces of the next lab. */
async function allDone(work: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find(({ status }) => status === 'rejected');
  if (failed) throw (failed as PromiseRejectedResult).reason;
}
