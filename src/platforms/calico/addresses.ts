/** The addresses of Calico's workloads, in start order. */
import type { ClusterWorkload } from '../cluster.js';
import { PlatformRefusal } from '../refusal.js';
import type { Ipam } from './ipam/ipam.js';

/**
 * The address of each workload, by its name.
 *
 * @throws PlatformRefusal for an address that is in no pool or already another workload's, and where the pools are used up
 */
export function allocate(ipam: Ipam, workloads: readonly ClusterWorkload[]): Map<string, string> {
  const addresses = new Map<string, string>();
  const owners = new Map<string, string>();
  for (const { name, node, address: chosen } of workloads) {
    if (chosen !== undefined) {
      const at = ['workloads', name, 'address'];
      const owner = owners.get(chosen);
      if (owner !== undefined) throw new PlatformRefusal(`address ${chosen} of ${name} belongs to ${owner}`, at);
      if (!ipam.isInPool(chosen)) throw new PlatformRefusal(`address ${chosen} of ${name} is in no pool of Calico`, at);
      ipam.assign(node, chosen);
      owners.set(chosen, name);
    }
    const address = chosen ?? ipam.autoAssign(node);
    if (address === undefined) {
      throw new PlatformRefusal(`no address is left in Calico's pools for ${name}`, ['workloads', name]);
    }
    addresses.set(name, address);
  }
  return addresses;
}
