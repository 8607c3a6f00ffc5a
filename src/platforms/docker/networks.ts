/** The bridge networks that a node has: docker0, and those that people made, each with its subnet. */
import { type Prefix, parseInterfaceAddress, parsePrefix, prefixOf } from '../../net/ipv4.js';
import type { Cluster, ClusterNetwork, ClusterNode, DockerOptions } from '../cluster.js';
import { PlatformRefusal } from '../refusal.js';
import type { Bridge } from './bridge.js';
import { identifier } from './identifier.js';
import { describePools, freePool, routedBy } from './pools.js';
import { Subnet } from './subnet.js';

export interface NodeNetwork {
  /** Undefined: the default bridge. */
  readonly network: ClusterNetwork | undefined;
  readonly bridge: Bridge;
}

/**
 * In the order in which they come to be.
 *
 * @throws PlatformRefusal for a bip or a subnet that is none, where no pool is left, or for the name of a bridge that is taken
 */
export function networksOf(node: ClusterNode, { networks, calico }: Cluster, options: DockerOptions): NodeNetwork[] {
  const taken = routedBy(node, calico?.on.includes(node.name) ? calico.pools : []);
  const names = new Set(['lo', ...node.draft.links.map(({ name }) => name)]);
  const all = [defaultBridge(node.name, options, taken)];
  names.add(all[0]!.bridge.name);
  for (const network of networks) {
    if (network.driver !== 'bridge') continue;
    const bridge = userBridge(network, taken);
    if (names.has(bridge.name)) {
      const sentence = `bridge ${bridge.name} of network ${network.name} is an interface of ${node.name} already`;
      throw new PlatformRefusal(sentence, ['networks', network.name, 'bridge']);
    }
    names.add(bridge.name);
    all.push({ network, bridge });
  }
  return all;
}

/** docker0. `taken` grows by its subnet. */
function defaultBridge(node: string, { bip: given, icc }: DockerOptions, taken: Prefix[]): NodeNetwork {
  const bip = typeof given === 'object' ? given[node] : given;
  const gateway = bip === undefined ? firstAddress(choosePool(taken, ['docker'])) : parseInterfaceAddress(bip);
  if (!gateway) throw new PlatformRefusal(`bip ${bip} is not an address with a prefix length`, ['docker', 'bip']);
  taken.push(prefixOf(gateway.address, gateway.length));
  const origin = 'Docker, bridge docker0';
  const bridge = { name: 'docker0', subnet: new Subnet(gateway), icc, internal: false, ipMasq: true, origin };
  return { network: undefined, bridge };
}

/** The bridge of a network that people made; `--icc` of the daemon is not about it. `taken` grows by its subnet. */
function userBridge(network: ClusterNetwork, taken: Prefix[]): Bridge {
  const { name, subnet, bridge, icc = true, internal = false, ipMasq = true } = network;
  const pool = subnet === undefined ? choosePool(taken, ['networks', name]) : parsePrefix(subnet);
  if (!pool) {
    throw new PlatformRefusal(`subnet ${subnet} of network ${name} is not a prefix`, ['networks', name, 'subnet']);
  }
  taken.push(pool);
  return {
    name: bridge ?? `br-${identifier('network', name).slice(0, 12)}`,
    subnet: new Subnet(firstAddress(pool)),
    icc,
    internal,
    ipMasq,
    origin: `Docker, network ${name}`,
  };
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
