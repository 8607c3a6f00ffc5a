/** Clusters for the tests of this floor. */
import type { CalicoOptions, Cluster, ClusterNode, ClusterWorkload, DockerOptions } from './cluster.js';
import { NodeDraft } from './draft.js';

/** master, slave1 and slave2 of the notes on Calico and Docker, or as many of them as wanted. */
export function nodes(count = 3): ClusterNode[] {
  return ['master', 'slave1', 'slave2'].slice(0, count).map((name, index) => ({
    name,
    address: `172.16.91.${225 + index}`,
    prefixLength: 24,
    interface: 'ens33',
    draft: new NodeDraft(),
  }));
}

export function workload(name: string, node: string, more: Partial<ClusterWorkload> = {}): ClusterWorkload {
  const nothing = { network: undefined, address: undefined, interface: undefined, labels: {}, listens: [] };
  return { name, node, ...nothing, ...more };
}

/** Docker and Calico as in the notes, on all nodes; whatever `more` says instead. `null` leaves a platform out. */
export function cluster({
  docker = {},
  calico = {},
  ...more
}: Partial<Omit<Cluster, 'docker' | 'calico'>> & {
  docker?: Partial<DockerOptions> | null;
  calico?: Partial<CalicoOptions> | null;
} = {}): Cluster {
  const all = more.nodes ?? nodes();
  const on = all.map(({ name }) => name);
  const pools = [{ cidr: '172.20.0.0/16', natOutgoing: true, encapsulation: 'none' as const }];
  return {
    networks: [],
    workloads: [],
    ...more,
    nodes: all,
    docker:
      docker === null ? undefined : { version: '18.06', bip: undefined, icc: true, userlandProxy: true, on, ...docker },
    calico: calico === null ? undefined : { version: '2.6.4', pools, on, ...calico },
  };
}

/** The rules of one chain as they were handed over, without `-A CHAIN `. */
export function rulesOf({ draft }: ClusterNode, table: string, chain: string): string[] {
  const text = draft.iptables.toString().split(`*${table}\n`)[1]?.split('COMMIT')[0] ?? '';
  const start = `-A ${chain} `;
  return text.split('\n').flatMap((line) => (line.startsWith(start) ? [line.slice(start.length)] : []));
}
