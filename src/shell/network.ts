/** The network around a namespace, as far as a command can reach beyond its own: other namespaces, and cables to them. */
import type { CableEnd, Fabric } from '../fabric/fabric.js';
import type { Device } from '../stack/device.js';
import type { Namespace } from '../stack/namespace.js';

export class Network {
  constructor(readonly fabric: Fabric | undefined) {}

  /** The namespace that `ip netns` knows by this name. */
  namespace(name: string): Namespace | undefined {
    return this.fabric?.namespaces.get(name);
  }

  /** The other end of a veth pair. */
  otherEnd(device: Device): CableEnd | undefined {
    return this.fabric?.otherEnd(device);
  }
}
