/** Which docker network a workload joins. */
import { type Cluster, type ClusterNetwork, type ClusterWorkload, DEFAULT_NETWORK } from './cluster.js';

/** The network that a person named, or the cluster's first one; undefined stands for Docker's default bridge. */
export function networkOf(cluster: Cluster, workload: ClusterWorkload): ClusterNetwork | undefined {
  if (workload.network === undefined) return cluster.networks[0];
  if (workload.network === DEFAULT_NETWORK) return undefined;
  return cluster.networks.find(({ name }) => name === workload.network);
}

/** The workloads that join networks of this driver, in start order, each with its network. */
export function workloadsOf(cluster: Cluster, driver: ClusterNetwork['driver']) {
  return cluster.workloads.flatMap((workload) => {
    const network = networkOf(cluster, workload);
    return (network?.driver ?? 'bridge') === driver ? [{ workload, network }] : [];
  });
}
