/**
 * Docker 17.06 to 27.x: the default bridge docker0 and the bridge networks that people made, on every node that it runs on;
 * the containers on them, and their published ports. What differs between versions is in timeline.ts.
 */
import type { AttachedWorkload, Cluster, ClusterNetwork, ClusterNode, ClusterWorkload } from '../cluster.js';
import { networkOf, workloadsOf } from '../placement.js';
import { PlatformRefusal } from '../refusal.js';
import { type Bridge, createBridge, type Daemon } from './bridge.js';
import { plugIntoBridge } from './container.js';
import { startDaemon } from './daemon.js';
import { HostPorts } from './host-ports.js';
import { networksOf } from './networks.js';
import { publish } from './published-port.js';
import { isolationOf } from './timeline.js';

/** A container, and the bridge that it is on. */
interface Member {
  readonly workload: ClusterWorkload;
  readonly bridge: Bridge;
}

/** @throws PlatformRefusal for a version, subnet, address, port or node that does not go with Docker */
export function docker(cluster: Cluster): readonly AttachedWorkload[] {
  for (const workload of cluster.workloads) checkNetwork(cluster, workload);
  const options = cluster.docker;
  if (!options) return [];
  const daemon: Daemon = { isolation: isolationOf(options.version), userlandProxy: options.userlandProxy };
  const bridges = new Map<string, Bridge>();
  for (const node of cluster.nodes) {
    if (!options.on.includes(node.name)) continue;
    startDaemon(node.draft, daemon.isolation);
    const earlier: Bridge[] = [];
    for (const { network, bridge } of networksOf(node, cluster, options)) {
      createBridge(node.draft, node.name, bridge, earlier, daemon);
      bridges.set(key(node.name, network), bridge);
      earlier.push(bridge);
    }
  }
  const members = workloadsOf(cluster, 'bridge').map(({ workload, network }): Member => {
    const { name, node } = workload;
    const bridge = bridges.get(key(node, network));
    if (bridge) return { workload, bridge };
    throw new PlatformRefusal(`Docker does not run on ${node}, where ${name} is`, ['workloads', name, 'node']);
  });
  for (const { workload, bridge } of members) takeChosenAddress(workload, bridge);
  const attached = members.map(({ workload, bridge }) => plugIntoBridge(workload, bridge, daemon));
  for (const node of cluster.nodes) publishPorts(node, members, attached, daemon);
  return attached;
}

const key = (node: ClusterNode['name'], network: ClusterNetwork | undefined) => `${node} ${network?.name ?? ''}`;

/** Only a bridge that leads somewhere can have published ports. */
function checkNetwork(cluster: Cluster, workload: ClusterWorkload): void {
  const { name, publish: ports = [] } = workload;
  const network = networkOf(cluster, workload);
  if (ports.length === 0 || !network) return;
  const at = ['workloads', name, 'publish'];
  if (network.driver !== 'bridge') {
    const sentence = `${name} is in network ${network.name} of driver ${network.driver}; ports are published for bridge networks only`;
    throw new PlatformRefusal(sentence, at);
  }
  if (network.internal) {
    throw new PlatformRefusal(`${name} is in network ${network.name}, which is internal and publishes no ports`, at);
  }
}

function takeChosenAddress({ name, address }: ClusterWorkload, bridge: Bridge): void {
  const problem = address === undefined ? undefined : bridge.subnet.take(address, name);
  if (problem) throw new PlatformRefusal(`address ${address} of ${name} ${problem}`, ['workloads', name, 'address']);
}

function publishPorts(
  node: ClusterNode,
  members: readonly Member[],
  attached: readonly AttachedWorkload[],
  daemon: Daemon,
): void {
  const ports = new HostPorts(node);
  for (const [index, { workload, bridge }] of members.entries()) {
    if (workload.node !== node.name) continue;
    for (const [number, port] of (workload.publish ?? []).entries()) {
      const problem = ports.take(port, workload.name);
      if (problem) throw new PlatformRefusal(problem, ['workloads', workload.name, 'publish', number]);
      publish(node.draft, port, attached[index]!, bridge, daemon);
    }
  }
}
