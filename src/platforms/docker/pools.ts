/** The pools out of which Docker takes subnets nobody chose (libnetwork ipamutils, PredefinedLocalScopeDefaultNetworks). */
import { formatPrefix, overlaps, type Prefix, prefix } from '../../net/ipv4.js';
import type { CalicoPool, ClusterNode } from '../cluster.js';

const POOLS: readonly Prefix[] = [
  ...Array.from({ length: 15 }, (_, index) => prefix(`172.${17 + index}.0.0/16`)),
  ...Array.from({ length: 16 }, (_, index) => prefix(`192.168.${index * 16}.0/20`)),
];

/** The first pool that overlaps nothing in `taken`; undefined where none is left. */
export function freePool(taken: readonly Prefix[]): Prefix | undefined {
  return POOLS.find((pool) => !taken.some((other) => overlaps(pool, other)));
}

/** What a node has routes to, or will have once Calico runs: Docker stays out of its way (netutils.CheckRouteOverlaps). */
export function routedBy(node: ClusterNode, calicoPools: readonly CalicoPool[]): Prefix[] {
  const destinations = [
    `${node.address}/${node.prefixLength}`,
    ...node.draft.links.flatMap(({ addresses }) => addresses),
    ...node.draft.routes.flatMap(({ to }) => (to === 'default' ? [] : [to])),
    ...calicoPools.map(({ cidr }) => cidr),
  ];
  return destinations.map(prefix);
}

export function describePools(): string {
  return `${formatPrefix(POOLS[0]!)} to ${formatPrefix(POOLS.at(-1)!)}`;
}
