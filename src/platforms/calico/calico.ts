/**
 * Calico for Docker: calico-ipam gives the addresses, the libnetwork plugin connects the containers, Felix programs the
 * nodes and BIRD spreads the routes.
 */
import type { AttachedWorkload, Cluster } from '../cluster.js';
import { workloadsOf } from '../placement.js';
import { PlatformRefusal } from '../refusal.js';
import { allocate } from './addresses.js';
import { runBird } from './bird.js';
import { checkOptions, checkWorkload } from './checks.js';
import { felixConfig } from './felix/config.js';
import { runFelix } from './felix/node.js';
import { Ipam } from './ipam/ipam.js';
import { CONTAINER_MAC, plug } from './libnetwork.js';

/** @throws PlatformRefusal for an option, address or workload that does not go with Calico, or is not modelled */
export function calico(cluster: Cluster): readonly AttachedWorkload[] {
  const members = workloadsOf(cluster, 'calico').map(({ workload, network }) => ({ workload, network: network! }));
  const options = cluster.calico;
  if (!options) {
    const orphan = cluster.networks.find(({ driver }) => driver === 'calico')?.name;
    if (orphan === undefined) return [];
    throw new PlatformRefusal(`network ${orphan} has driver calico, but there is no calico`, ['networks', orphan]);
  }
  checkOptions(options);
  for (const { workload, network } of members) checkWorkload(cluster, workload, network);

  const workloads = members.map(({ workload }) => workload);
  const chosen = workloads.flatMap(({ address }) => (address === undefined ? [] : [address]));
  const ipam = new Ipam(
    options.pools.map(({ cidr }) => cidr),
    chosen,
  );
  const addresses = allocate(ipam, workloads);
  const attached = members.map(({ workload, network }) => ({
    ...plug(workload, addresses.get(workload.name)!),
    network: network.name,
  }));

  const nodes = cluster.nodes.filter(({ name }) => options.on.includes(name));
  const config = felixConfig(options);
  const addressesIn = (network: string) =>
    attached.filter((workload) => workload.network === network).map(({ address }) => address);
  for (const node of nodes) {
    const local = attached.filter((workload) => workload.node === node.name);
    runFelix(
      node.draft,
      config,
      options.pools,
      local.map((each) => ({ ...each, mac: CONTAINER_MAC })),
      addressesIn,
    );
  }
  runBird(nodes, ipam.blocks, attached);
  return attached.map(({ network, ...workload }) => workload);
}
