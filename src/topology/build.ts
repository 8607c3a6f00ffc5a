/** From a topology to the blueprint of its network. */
import type { Blueprint, EndpointPlan, NamespacePlan, RoutePlan, VethPlan } from '../blueprint/blueprint.js';
import { emptyNamespace } from '../blueprint/empty-namespace.js';
import { formatRoute } from '../blueprint/route.js';
import { didYouMean } from '../net/did-you-mean.js';
import type { AttachedWorkload, Cluster, ClusterNode } from '../platforms/cluster.js';
import { NodeDraft } from '../platforms/draft.js';
import { attach } from '../platforms/platform.js';
import { PlatformRefusal } from '../platforms/refusal.js';
import { TopologyError } from './mistake.js';
import { joinCommands, type Override, type Overrides, override } from './overrides.js';
import { PhysicalNetwork, veth } from './physical.js';
import type { Topology, TopologyNode } from './topology.js';

/**
 * Builds the whole network: the physical one, then what platforms do to the nodes, then what the topology says of single
 * nodes, then what `overrides` say.
 *
 * @throws TopologyError where a platform cannot do what a scenario added, or an override is about nothing there is
 */
export function buildBlueprint(topology: Topology, overrides: Overrides = {}): Blueprint {
  try {
    return layOut(topology, overrides);
  } catch (error) {
    if (error instanceof PlatformRefusal) throw new TopologyError(error.message);
    throw error;
  }
}

/** The same, and what a platform refuses is still that platform's word (PlatformRefusal), with its keys. */
export function layOut(topology: Topology, overrides: Overrides = {}): Blueprint {
  const network = new PhysicalNetwork(topology);
  const nodes = topology.nodes.map((node) => draftNode(node, network));
  const attached = attach(clusterOf(topology, nodes));
  const planned = topology.nodes.map((node, index) => planNode(node, nodes[index]!.draft, attached));
  const namespaces = [...network.namespaces(), ...planned, ...attached.map(planWorkload)];
  const endpoints: Record<string, EndpointPlan> = { ...network.endpoints };
  for (const { name, address } of nodes) endpoints[name] = { kind: 'node', namespace: name, address };
  for (const { name, node, address, interface: device } of attached) {
    endpoints[name] = { kind: 'workload', namespace: name, address, node, interface: device };
  }
  return { namespaces: applyAll(namespaces, overrides), endpoints };
}

function clusterOf({ networks, workloads, docker, calico }: Topology, nodes: readonly ClusterNode[]): Cluster {
  return { nodes, networks, workloads, docker, calico };
}

/** A node as it is before any platform: on its lans, with the routes that a person gave it. */
function draftNode(node: TopologyNode, network: PhysicalNetwork): ClusterNode {
  const draft = new NodeDraft();
  draft.listens.push(...node.listens);
  for (const { name, addresses, lan } of node.interfaces)
    draft.links.push(network.plug(lan, node.name, name, addresses));
  const { name, addresses, lan } = node.interfaces[0]!;
  const via = network.gatewayOf(lan);
  const own = node.routes.filter((route) => !isLate(route, node));
  const hasDefault = node.routes.some(({ to, table }) => to === 'default' && (table ?? 'main') === 'main');
  if (via !== undefined && !hasDefault) draft.routes.push({ to: 'default', via, dev: name });
  draft.routes.push(...own);
  const [address, length] = addresses[0]!.split('/');
  return { name: node.name, address: address!, prefixLength: Number(length), interface: name, draft };
}

/** Does the route lead over a device that only the node's commands make? */
function isLate({ dev }: RoutePlan, { interfaces, commands }: TopologyNode): boolean {
  return dev !== undefined && !interfaces.some(({ name }) => name === dev) && commands.split(/\s+/).includes(dev);
}

function planNode(node: TopologyNode, draft: NodeDraft, attached: readonly AttachedWorkload[]): NamespacePlan {
  const cables = attached.filter(({ node: name }) => name === node.name).map(nodeEnd);
  const late = node.routes.filter((route) => isLate(route, node)).map((route) => `ip route add ${formatRoute(route)}`);
  const plan: NamespacePlan = {
    ...emptyNamespace(node.name, 'node', [...draft.links, ...cables]),
    routes: draft.routes,
    neighbours: draft.neighbours,
    sysctls: draft.sysctls,
    ipsets: draft.ipsets.map((line) => `${line}\n`).join(''),
    iptables: draft.iptables.toString(),
    listens: draft.listens,
    origins: draft.iptables.origins,
  };
  return override(plan, {
    sysctls: node.sysctls,
    ipsets: node.ipsets ? [node.ipsets] : [],
    iptables: node.iptables ? [node.iptables] : [],
    commands: [joinCommands([node.commands, ...late])],
  });
}

function nodeEnd({ name, interface: device, device: peer, master, hairpin }: AttachedWorkload): VethPlan {
  const end = veth(device, [], { namespace: name, link: peer }, master);
  return hairpin ? { ...end, hairpin } : end;
}

function planWorkload(workload: AttachedWorkload): NamespacePlan {
  const { name, node, interface: link, device, mac, address, prefixLength, routes, listens } = workload;
  const cable = veth(device, [`${address}/${prefixLength}`], { namespace: node, link });
  return { ...emptyNamespace(name, 'workload', [mac === undefined ? cable : { ...cable, mac }]), routes, listens };
}

function applyAll(namespaces: readonly NamespacePlan[], overrides: Overrides): NamespacePlan[] {
  const names = namespaces.filter(({ kind }) => kind !== 'switch').map(({ name }) => name);
  for (const name of Object.keys(overrides)) {
    if (!names.includes(name))
      throw new TopologyError(`there is no \`${name}\` in the topology${didYouMean(name, names)}`);
  }
  return namespaces.map((plan) => {
    const change: Override | undefined = overrides[plan.name];
    return change === undefined ? plan : override(plan, change);
  });
}
