/**
 * The routes that BIRD installs on a node from what it and its peers announce, for pools without encapsulation: the
 * node-to-node mesh with the filters that calico/node 2.x renders (calico_pools, calico_aggr).
 */
import type { RoutePlan } from '../../blueprint/blueprint.js';
import { contains, formatPrefix, type InterfaceAddress, ipv4, prefix } from '../../net/ipv4.js';
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
  const lan: InterfaceAddress = { address: ipv4(node.address), length: node.prefixLength };
  const peerAddress = ipv4(peer.address);
  if (contains(lan, peerAddress)) return { to, via: peer.address, dev: node.interface, proto: 'bird' };
  const route = node.draft.routes
    .filter(({ via, to }) => via !== undefined && contains(destination(to), peerAddress))
    .sort((a, b) => destination(b.to).length - destination(a.to).length)[0];
  if (!route?.via) return { to, type: 'unreachable', proto: 'bird' };
  return { to, via: route.via, dev: route.dev ?? node.interface, proto: 'bird' };
}

function destination(to: string) {
  return prefix(to === 'default' ? '0.0.0.0/0' : to);
}
