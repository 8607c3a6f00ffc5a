/**
 * The platforms of a cluster, in the order in which their programs act on a node. The result is the steady state: what
 * the tables look like once every daemon has noticed the others' rules and put its own where it wants them.
 */
import { calico } from './calico/calico.js';
import type { AttachedWorkload, Cluster } from './cluster.js';
import { docker } from './docker/docker.js';
import { checkInterfaces } from './interfaces.js';
import { PlatformRefusal } from './refusal.js';

/** Does to every node's draft what the program does, and returns the workloads that it connected. */
export type Platform = (cluster: Cluster) => readonly AttachedWorkload[];

export const PLATFORMS: readonly Platform[] = [docker, calico];

/**
 * Runs the platforms over the drafts of the cluster's nodes and returns every workload, in the order of the cluster.
 * The drafts should hold the physical interfaces (which are registered first) and the routes of the node by then, the
 * ports that it listens on itself (which cannot be published), and a sysctl that was written before the daemons started:
 * Docker leaves FORWARD's policy alone where forwarding is on.
 *
 * @throws PlatformRefusal where a version, an option, an address, an interface or a workload is beyond what a platform can do
 */
export function attach(cluster: Cluster): AttachedWorkload[] {
  const attached = new Map(PLATFORMS.flatMap((platform) => platform(cluster)).map((each) => [each.name, each]));
  const workloads = cluster.workloads.map(({ name, node }) => {
    const workload = attached.get(name);
    if (!workload) throw new PlatformRefusal(`no platform connects workload ${name} on ${node}`, ['workloads', name]);
    return workload;
  });
  checkInterfaces(cluster.nodes, workloads);
  return workloads;
}
