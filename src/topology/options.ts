/** `docker:`, `calico:` and `networks:`, what runs on the nodes. What a version can do is the platforms' to say. */
import { didYouMean } from '../net/did-you-mean.js';
import { overlaps, prefix } from '../net/ipv4.js';
import {
  type CalicoOptions,
  type CalicoPool,
  type ClusterNetwork,
  DEFAULT_NETWORK,
  type DockerOptions,
} from '../platforms/cluster.js';
import { type Path, spell } from './path.js';
import type { Reader } from './reader.js';
import type { WrittenTopology } from './schema.js';

/** Platforms whose keys are reserved, so that a topology which needs them is refused and never half built. */
const NOT_MODELLED = ['kubernetes', 'manifests'] as const;

export function refuseUnmodelled(reader: Reader, written: Partial<WrittenTopology>): void {
  for (const key of NOT_MODELLED) {
    if (written[key] !== undefined) reader.say([key], `\`${key}\` is not modelled yet`, 'key');
  }
  for (const [name, workload] of Object.entries(written.workloads ?? {})) {
    const path = ['workloads', name, 'namespace'];
    if (workload.namespace !== undefined) reader.say(path, `${spell(path)}: Kubernetes is not modelled yet`, 'key');
  }
}

export function readDocker(
  reader: Reader,
  written: WrittenTopology['docker'],
  nodes: readonly string[],
): DockerOptions | undefined {
  if (written?.version === undefined) return undefined;
  const { version, bip, icc = true, userlandProxy = true } = written;
  for (const node of typeof bip === 'object' ? Object.keys(bip) : []) {
    const path = ['docker', 'bip', node];
    if (!nodes.includes(node)) reader.say(path, `${spell(path)}: ${noNode(node, nodes)}`, 'key');
  }
  return {
    version,
    bip,
    icc,
    userlandProxy,
    on: readOn(reader, ['docker', 'on'], written.on, nodes),
  };
}

export function readCalico(
  reader: Reader,
  written: WrittenTopology['calico'],
  nodes: readonly string[],
): CalicoOptions | undefined {
  if (written?.version === undefined) return undefined;
  const pools: CalicoPool[] = [];
  for (const [index, pool] of (written.pools ?? []).entries()) {
    if (pool?.cidr === undefined) continue;
    const { cidr, natOutgoing = false, encapsulation = 'none' } = pool;
    const clash = pools.find((other) => overlaps(prefix(other.cidr), prefix(cidr)));
    const path = ['calico', 'pools', index, 'cidr'];
    if (clash) reader.say(path, `${spell(path)}: ${cidr} overlaps with pool ${clash.cidr}`);
    pools.push({ cidr, natOutgoing, encapsulation });
  }
  return { version: written.version, pools, on: readOn(reader, ['calico', 'on'], written.on, nodes) };
}

/** Keys of a network that only the bridge driver knows. */
const OF_BRIDGES = ['subnet', 'bridge', 'icc', 'internal', 'ipMasq'] as const;

export function readNetworks(reader: Reader, written: Partial<WrittenTopology>): ClusterNetwork[] {
  return Object.entries(written.networks ?? {}).flatMap(([name, { driver, ...options }]): ClusterNetwork[] => {
    if (driver === undefined) return [];
    const runs = driver === 'calico' ? 'calico' : 'docker';
    const path = ['networks', name, 'driver'];
    if (written[runs] === undefined && !reader.shape.isBroken([runs])) {
      reader.say(path, `${spell(path)}: driver \`${driver}\` needs \`${runs}\`, which the topology does not have`);
    }
    if (name === DEFAULT_NETWORK) {
      reader.say(['networks', name], `networks.${name}: that is Docker's own name for the network of docker0`, 'key');
    }
    for (const key of OF_BRIDGES) {
      const at = ['networks', name, key];
      if (driver !== 'bridge' && options[key] !== undefined)
        reader.say(at, `${spell(at)}: only for driver \`bridge\`, and this one is \`${driver}\``, 'key');
    }
    return [{ name, driver, ...options }];
  });
}

function readOn(reader: Reader, path: Path, written: string[] | undefined, nodes: readonly string[]): string[] {
  if (written === undefined) return [...nodes];
  for (const [index, node] of written.entries()) {
    if (node !== undefined && !nodes.includes(node))
      reader.say([...path, index], `${spell(path)}: ${noNode(node, nodes)}`);
  }
  return written;
}

export function noNode(name: string, nodes: readonly string[]): string {
  return `there is no node \`${name}\`${didYouMean(name, nodes)}`;
}
