/** The TRACE lines that the kernel has said since the last look, datagram by datagram. */

import { traceLine } from '../../journey/trace.js';
import type { Sight } from '../../lab/kernel/agent.js';
import { type Passage, passagesOf } from '../../lab/kernel/passages.js';
import { sortSights } from '../../lab/kernel/sightings.js';
import type { World } from '../../lab/kernel/world.js';
import type { Received } from '../../stack/events.js';
import type { Site } from './site.js';

export class KernelTrace {
  #sights: Sight[] = [];

  readonly #world: World;
  readonly #node: string;
  readonly #tell: (text: string) => void;

  constructor(world: World, { node }: Site, tell: (text: string) => void) {
    this.#world = world;
    this.#node = node;
    this.#tell = tell;
  }

  /** Tells what has happened up to now, and from here on observes whatever there is now, new namespaces and tables too. */
  async turn(): Promise<void> {
    const world = this.#world;
    await world.watch((sight) => this.#sights.push(sight));
    this.#tellAll(this.#sights.splice(0));
    // Running anything makes the world look again at what commands may have changed.
    await world.run(world.place(this.#node), 'true');
    await world.refresh();
    await world.watch((sight) => this.#sights.push(sight));
  }

  #tellAll(sights: readonly Sight[]): void {
    const world = this.#world;
    const known = new Set([...world.places].map(({ path }) => path));
    const { datagrams } = sortSights(
      sights.filter(({ namespace }) => known.has(namespace)),
      world,
    );
    for (const datagram of datagrams) {
      const passages = passagesOf(datagram, (namespace, device) => world.place(namespace).devices.masters.get(device));
      for (const passage of passages) for (const line of this.#linesOf(passage)) this.#tell(`${line}\n`);
    }
  }

  #linesOf({ namespace, in: frame, lines }: Passage): string[] {
    const name = namespace === this.#node ? '' : namespace;
    return lines.map((line) => {
      const about = { namespace, serial: 0, packet: line.packet };
      const header: Received | undefined = frame && {
        ...{ type: 'received', at: 0, device: frame.device, srcMac: frame.srcMac, dstMac: frame.dstMac },
        ...about,
      };
      return `[${name}] ${traceLine({ type: 'trace', ...line, ...about, rule: undefined }, header ? [header] : [])}`;
    });
  }
}
