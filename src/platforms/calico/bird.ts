/**
 * The routes that BIRD installs on a node from what it and its peers announce, for pools without encapsulation: the
 * node-to-node mesh with the filters that calico/node 2.x renders (calico_pools, calico_aggr).
 */
import type { RoutePlan } from '../../blueprint/blueprint.js';
import { contains, formatPrefix, type Ipv4, ipv4, type Prefix, prefix } from '../../net/ipv4.js';
import type { ClusterNode } from '../cluster.js';
import type { Block } from './ipam/ipam.js';

/** A workload with the name of its node. */
export interface Announced {
  readonly node: string;
  readonly address: string;
}

/** What one node announces to its peers. */
interface Announcement {
  readonly node: ClusterNode;
  readonly to: string;
}

export function runBird(
  nodes: readonly ClusterNode[],
  blocks: readonly Block[],
  workloads: readonly Announced[],
): void {
  const announcements = nodes.flatMap((node) => announcementsOf(node, blocks, workloads));
  for (const node of nodes) {
    const own = blocks.filter(({ host }) => host === node.name);
    node.draft.routes.push(
      ...own.map(({ cidr }): RoutePlan => ({ to: formatPrefix(cidr), type: 'blackhole', proto: 'bird' })),
      ...announcements.filter((each) => each.node !== node).map((each) => received(node, each)),
    );
  }
}

/**
 * A node announces its blocks as a whole, not the workloads' host routes inside of them (calico_aggr). A host route outside
 * of its own blocks, that of a borrowed address, is within a pool and passes the filter as it is.
 */
function announcementsOf(node: ClusterNode, blocks: readonly Block[], workloads: readonly Announced[]): Announcement[] {
  const own = blocks.filter(({ host }) => host === node.name);
  const local = workloads.filter((workload) => workload.node === node.name).map(({ address }) => address);
  const borrowed = local.filter((address) => !own.some(({ cidr }) => contains(cidr, ipv4(address))));
  return [...own.map(({ cidr }) => formatPrefix(cidr)), ...borrowed].map((to) => ({ node, to }));
}

/** BIRD resolves the peer's address through the node's own routes (`gateway recursive`). */
function received(node: ClusterNode, { node: peer, to }: Announcement): RoutePlan {
  const address = ipv4(peer.address);
  const dev = onLink(node, address);
  if (dev !== undefined) return { to, via: peer.address, dev, proto: 'bird' };
  const route = node.draft.routes
    .filter((each) => each.via !== undefined && contains(destination(each), address))
    .sort((a, b) => destination(b).length - destination(a).length)[0];
  if (!route?.via) return { to, type: 'unreachable', proto: 'bird' };
  const gateway = route.dev ?? onLink(node, ipv4(route.via));
  return { to, via: route.via, ...(gateway === undefined ? {} : { dev: gateway }), proto: 'bird' };
}

/** The interface in whose subnet an address is. */
function onLink({ interface: dev, address, prefixLength, draft }: ClusterNode, other: Ipv4): string | undefined {
  const lan = { name: dev, addresses: [`${address}/${prefixLength}`] };
  return [lan, ...draft.links].find(({ addresses }) => addresses.some((own) => contains(prefix(own), other)))?.name;
}

function destination({ to }: RoutePlan): Prefix {
  return prefix(to === 'default' ? '0.0.0.0/0' : to);
}
