/** The network around a namespace, as far as a command can reach beyond its own: other namespaces, cables, what happens. */
import type { CableEnd, Fabric, Observer } from '../fabric/fabric.js';
import type { Device } from '../stack/device.js';
import type { Namespace } from '../stack/namespace.js';

export class Network {
  #watchers: readonly Observer[] = [];
  #observing = false;

  constructor(readonly fabric: Fabric | undefined) {}

  /** The namespace that `ip netns` knows by this name. */
  namespace(name: string): Namespace | undefined {
    return this.fabric?.namespaces.get(name);
  }

  /** The other end of a veth pair. */
  otherEnd(device: Device): CableEnd | undefined {
    return this.fabric?.otherEnd(device);
  }

  /** Sees every event from now on, beside whoever sees them already. Returns how to stop. */
  watch(watcher: Observer): () => void {
    this.#watchers = [...this.#watchers, watcher];
    this.#observe();
    return () => {
      this.#watchers = this.#watchers.filter((one) => one !== watcher);
    };
  }

  #observe(): void {
    if (this.#observing || !this.fabric) return;
    this.#observing = true;
    const before = this.fabric.observe((event) => {
      before(event);
      for (const watcher of this.#watchers) watcher(event);
    });
  }
}
