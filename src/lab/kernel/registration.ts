/**
 * The order in which a namespace's devices are registered decides which address the kernel selects, and a veth pair
 * registers both ends at once. Where the orders of two namespaces cross, one end waits outside and is moved in when its
 * turn comes; a move costs the kernel many milliseconds, so it is done only then.
 */
import type { Blueprint, LinkPlan, VethPlan } from '../../blueprint/blueprint.js';
import { localMac } from '../../net/mac.js';

/** What `ip -batch` takes to make every device of the blueprint. `located` is how `ip` names a namespace: by a path. */
export function linkCommands(blueprint: Blueprint, located: (namespace: string) => string): string[] {
  return new Registration(blueprint, located).commands();
}

class Registration {
  readonly #commands: string[] = [];
  /** What is still to be registered in each namespace. */
  readonly #queues: ReadonlyMap<string, LinkPlan[]>;
  /** Names of the ends that wait outside, by namespace and device. */
  readonly #waiting = new Map<string, string>();

  constructor(
    private readonly blueprint: Blueprint,
    private readonly located: (namespace: string) => string,
  ) {
    this.#queues = new Map(blueprint.namespaces.map(({ name, links }) => [name, [...links]]));
  }

  /** Registers whatever is possible; where nothing is, one pair is made although its other end must wait. */
  commands(): string[] {
    while (!this.#isDone()) {
      const before = this.#commands.length;
      for (const namespace of this.#queues.keys()) this.#advance(namespace, false);
      if (this.#commands.length > before) continue;
      const [stuck] = [...this.#queues].find(([, queue]) => queue.length > 0)!;
      this.#advance(stuck, true);
    }
    return this.#commands;
  }

  #isDone(): boolean {
    return [...this.#queues.values()].every((queue) => queue.length === 0);
  }

  #advance(namespace: string, apart: boolean): void {
    const queue = this.#queues.get(namespace)!;
    for (let link = queue[0]; link !== undefined; link = queue[0]) {
      const command = this.#register(namespace, link, apart);
      if (command === undefined) return;
      this.#commands.push(command);
      queue.shift();
      if (apart) return;
    }
  }

  #register(namespace: string, link: LinkPlan, apart: boolean): string | undefined {
    // A bridge that looks after multicast groups sends messages of its own accord, and nobody here speaks multicast.
    if (link.kind === 'bridge') return `link add ${this.#device(namespace, link)} type bridge mcast_snooping 0`;
    const waiting = this.#waiting.get(`${namespace} ${link.name}`);
    if (waiting !== undefined) return `link set dev ${waiting} netns ${this.located(namespace)} name ${link.name}`;
    const { peer } = link;
    const others = this.#queues.get(peer.namespace)!;
    const other = others.find(({ name }) => name === peer.link) as VethPlan;
    const isNext = others[0] === other || (peer.namespace === namespace && others[1] === other);
    if (isNext) {
      others.splice(others.indexOf(other), 1);
      return `link add ${this.#device(namespace, link)} type veth peer ${this.#device(peer.namespace, other)}`;
    }
    if (!apart) return undefined;
    const outside = `waiting${this.#waiting.size}`;
    this.#waiting.set(`${peer.namespace} ${peer.link}`, outside);
    const hardware = this.#hardware(peer.namespace, other);
    return `link add ${this.#device(namespace, link)} type veth peer name ${outside}${hardware}`;
  }

  #device(namespace: string, link: LinkPlan): string {
    return `name ${link.name}${this.#hardware(namespace, link)} netns ${this.located(namespace)}`;
  }

  #hardware(namespace: string, link: LinkPlan): string {
    const address = link.mac ?? (link.kind === 'veth' ? this.#derivedMac(namespace, link) : undefined);
    return `${address === undefined ? '' : ` address ${address}`}${link.mtu === undefined ? '' : ` mtu ${link.mtu}`}`;
  }

  /** Stable from run to run. A bridge takes the lowest of its ports, as always. */
  #derivedMac(namespace: string, { name }: LinkPlan): string {
    const { namespaces } = this.blueprint;
    const index = namespaces.findIndex((plan) => plan.name === namespace);
    return localMac((index + 1) * 65_536 + namespaces[index]!.links.findIndex((link) => link.name === name));
  }
}
