/**
 * Docker 18.05 to 27.x with its default settings (userland proxy, iptables, masquerading): the default bridge docker0 and
 * user-defined bridge networks on every node that it runs on. Published ports will be a file of their own beside bridge.ts.
 */
import { type Prefix, parseInterfaceAddress, parsePrefix, prefixOf } from '../../net/ipv4.js';
import type { AttachedWorkload, Cluster, ClusterNetwork, ClusterNode, DockerOptions } from '../cluster.js';
import { workloadsOf } from '../placement.js';
import { PlatformRefusal } from '../refusal.js';
import { isWithin } from '../version.js';
import { type Bridge, createBridge } from './bridge.js';
import { plugIntoBridge } from './container.js';
import { startDaemon } from './daemon.js';
import { identifier } from './identifier.js';
import { describePools, freePool, routedBy } from './pools.js';
import { Subnet } from './subnet.js';

/** 18.05 brought DOCKER-ISOLATION-STAGE-1 and -2; 28.0 put everything into DOCKER-FORWARD. */
const FIRST_VERSION = '18.05';
const END_VERSION = '28.0';

/** @throws PlatformRefusal for a version, subnet, address or node that does not go with Docker */
export function docker(cluster: Cluster): readonly AttachedWorkload[] {
  const options = cluster.docker;
  if (!options) return [];
  if (!isWithin(options.version, FIRST_VERSION, END_VERSION)) {
    const sentence = `Docker ${options.version} is not modelled; Docker 18.05 to 27.x is`;
    throw new PlatformRefusal(sentence, ['docker', 'version']);
  }
  const workloads = workloadsOf(cluster, 'bridge');
  const bridges = new Map<string, Bridge>();
  for (const node of cluster.nodes) {
    if (!options.on.includes(node.name)) continue;
    startDaemon(node.draft);
    const taken = routedBy(node, cluster.calico?.on.includes(node.name) ? cluster.calico.pools : []);
    const own = [defaultBridge(node.name, options, taken), ...userBridges(cluster.networks, taken)];
    for (const { network, bridge } of own) {
      createBridge(node.draft, node.name, bridge);
      bridges.set(key(node.name, network), bridge);
    }
  }
  for (const { workload, network } of workloads) {
    const { name, node, address } = workload;
    const bridge = bridges.get(key(node, network));
    if (!bridge)
      throw new PlatformRefusal(`Docker does not run on ${node}, where ${name} is`, ['workloads', name, 'node']);
    const problem = address === undefined ? undefined : bridge.subnet.take(address, name);
    if (problem) throw new PlatformRefusal(`address ${address} of ${name} ${problem}`, ['workloads', name, 'address']);
  }
  return workloads.map(({ workload, network }) => plugIntoBridge(workload, bridges.get(key(workload.node, network))!));
}

interface CreatedNetwork {
  /** Undefined: the default bridge. */
  readonly network: ClusterNetwork | undefined;
  readonly bridge: Bridge;
}

const key = (node: ClusterNode['name'], network: ClusterNetwork | undefined) => `${node} ${network?.name ?? ''}`;

/** docker0. `taken` grows by its subnet. */
function defaultBridge(node: string, { bip: given, icc }: DockerOptions, taken: Prefix[]): CreatedNetwork {
  const bip = typeof given === 'object' ? given[node] : given;
  const gateway = bip === undefined ? firstAddress(choosePool(taken, ['docker'])) : parseInterfaceAddress(bip);
  if (!gateway) throw new PlatformRefusal(`bip ${bip} is not an address with a prefix length`, ['docker', 'bip']);
  taken.push(prefixOf(gateway.address, gateway.length));
  const bridge = { name: 'docker0', subnet: new Subnet(gateway), icc, origin: 'Docker, bridge docker0' };
  return { network: undefined, bridge };
}

/** The bridges of the networks that people made, which a bridge of their own keeps apart; `--icc` is not about them. */
function userBridges(networks: readonly ClusterNetwork[], taken: Prefix[]): CreatedNetwork[] {
  return networks
    .filter(({ driver }) => driver === 'bridge')
    .map((network) => {
      const { name, subnet } = network;
      const at = ['networks', name, 'subnet'];
      const pool = subnet === undefined ? choosePool(taken, ['networks', name]) : parsePrefix(subnet);
      if (!pool) throw new PlatformRefusal(`subnet ${subnet} of network ${name} is not a prefix`, at);
      taken.push(pool);
      const bridge = {
        name: `br-${identifier('network', name).slice(0, 12)}`,
        subnet: new Subnet(firstAddress(pool)),
        icc: true,
        origin: `Docker, network ${name}`,
      };
      return { network, bridge };
    });
}

function choosePool(taken: readonly Prefix[], at: readonly string[]): Prefix {
  const pool = freePool(taken);
  if (!pool) throw new PlatformRefusal(`Docker has no pool left of ${describePools()}; name a subnet`, at);
  return pool;
}

/** The gateway of a subnet: its first address. */
function firstAddress({ address, length }: Prefix) {
  return { address: address + 1, length };
}
