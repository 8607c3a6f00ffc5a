/** Changes that a scenario makes to a topology before anything is built from it. Each returns a new topology. */
import { didYouMean } from '../net/did-you-mean.js';
import { parseIpv4 } from '../net/ipv4.js';
import { isLabelName, isLabelValue, isName } from './forms.js';
import { readListens } from './listens.js';
import { TopologyError } from './mistake.js';
import { noNode } from './options.js';
import { GATEWAY, type Topology } from './topology.js';
import { networkNames, WORKLOAD_LISTENS } from './workloads.js';

export interface Placement {
  readonly name: string;
  readonly node: string;
  /** The topology's first network where left out. */
  readonly network?: string;
  /** The one that IPAM gives where left out. */
  readonly address?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Starts a container after those that are there already.
 *
 * @throws TopologyError for a name that is taken or none, an unknown node or network, a label that cannot be one
 */
export function placeWorkload(topology: Topology, placement: Placement): Topology {
  const { name, node, network, address, labels = {} } = placement;
  checkName(topology, name);
  const nodes = topology.nodes.map((each) => each.name);
  if (!nodes.includes(node)) throw new TopologyError(noNode(node, nodes));
  const networks = networkNames(topology.networks, topology.docker);
  if (network !== undefined && !networks.includes(network)) {
    const there = networks.length === 0 ? '; the topology has none' : `; there are ${networks.join(', ')}`;
    throw new TopologyError(`there is no network \`${network}\`${didYouMean(network, networks) || there}`);
  }
  if (address !== undefined && parseIpv4(address) === undefined) {
    throw new TopologyError(`\`${address}\` is not an IPv4 address`);
  }
  for (const [key, value] of Object.entries(labels)) {
    if (!isLabelName(key) || !isLabelValue(value))
      throw new TopologyError(`\`${key}=${value}\` is not a label such as \`app=web\``);
  }
  const listens = readListens(WORKLOAD_LISTENS);
  const workload = { name, node, network, address, interface: undefined, labels, listens };
  return { ...topology, workloads: [...topology.workloads, workload] };
}

function checkName(topology: Topology, name: string): void {
  if (!isName(name)) throw new TopologyError(`\`${name}\` cannot be the name of a workload`);
  const placed = topology.workloads.find((each) => each.name === name);
  if (placed) throw new TopologyError(`there is a workload \`${name}\` already, on ${placed.node}`);
  const kinds = { 'a node': topology.nodes, 'an outside host': topology.outside, 'a lan': topology.lans };
  for (const [kind, things] of Object.entries(kinds)) {
    if (things.some((each) => each.name === name))
      throw new TopologyError(`a workload cannot be called \`${name}\`: that is the name of ${kind}`);
  }
  if (name === GATEWAY && topology.lans.some(({ gateway }) => gateway !== undefined)) {
    throw new TopologyError(`a workload cannot be called \`${name}\`: that is the name of the router of the lan`);
  }
}
