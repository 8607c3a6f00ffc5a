/** `workloads:`, containers that are always there. */
import { didYouMean } from '../net/did-you-mean.js';
import { contains, ipv4, prefix } from '../net/ipv4.js';
import {
  type CalicoOptions,
  type ClusterNetwork,
  type ClusterWorkload,
  DEFAULT_NETWORK,
  type DockerOptions,
} from '../platforms/cluster.js';
import { readListens } from './listens.js';
import { noNode } from './options.js';
import { type Path, spell } from './path.js';
import { readPublished } from './published-ports.js';
import type { Reader } from './reader.js';
import type { WrittenTopology } from './schema.js';
import type { TopologyNode } from './topology.js';

/** What accepts connections in a workload that nobody said more about. */
export const WORKLOAD_LISTENS = ['80/tcp'];

interface Surroundings {
  readonly nodes: readonly TopologyNode[];
  readonly networks: readonly ClusterNetwork[];
  readonly docker: DockerOptions | undefined;
  readonly calico: CalicoOptions | undefined;
}

export function readWorkloads(
  reader: Reader,
  written: WrittenTopology['workloads'],
  surroundings: Surroundings,
): ClusterWorkload[] {
  const nodes = surroundings.nodes.map(({ name }) => name);
  const interfaces = new Map(
    surroundings.nodes.flatMap((node) =>
      node.interfaces.map(({ name }) => [`${node.name} ${name}`, `nodes.${node.name}`]),
    ),
  );
  return Object.entries(written ?? {}).flatMap(([name, workload]): ClusterWorkload[] => {
    const path = ['workloads', name];
    const {
      node,
      network,
      address,
      interface: device,
      labels = {},
      listens = WORKLOAD_LISTENS,
      publish = [],
    } = workload;
    reader.takeName(name, 'a workload', path);
    if (node === undefined) return [];
    if (!nodes.includes(node)) reader.say([...path, 'node'], `${spell(path)}: ${noNode(node, nodes)}`);
    if (network !== undefined) checkNetwork(reader, [...path, 'network'], network, surroundings);
    if (address !== undefined) {
      reader.takeAddress(address, [...path, 'address']);
      checkAddress(reader, [...path, 'address'], address, network, surroundings);
    }
    if (device !== undefined) {
      const taken = interfaces.get(`${node} ${device}`);
      if (taken)
        reader.say(
          [...path, 'interface'],
          `${spell(path)}.interface: \`${device}\` is an interface of ${taken} already`,
        );
      interfaces.set(`${node} ${device}`, spell(path));
    }
    const ports = { listens: readListens(listens), publish: readPublished(publish) };
    return [{ name, node, network, address, interface: device, labels, ...ports }];
  });
}

/** What a workload can say that it is in. */
export function networkNames(networks: readonly ClusterNetwork[], docker: DockerOptions | undefined): string[] {
  return [...networks.map(({ name }) => name), ...(docker ? [DEFAULT_NETWORK] : [])];
}

function checkNetwork(reader: Reader, at: Path, network: string, { networks, docker }: Surroundings): void {
  const names = networkNames(networks, docker);
  if (names.includes(network) || reader.shape.isBroken(['networks', network])) return;
  reader.say(at, `${spell(at)}: there is no network \`${network}\`${didYouMean(network, names)}`);
}

function checkAddress(
  reader: Reader,
  at: Path,
  address: string,
  named: string | undefined,
  around: Surroundings,
): void {
  const network = named === undefined ? around.networks[0] : around.networks.find(({ name }) => name === named);
  const isCalico = network?.driver === 'calico';
  const blocks = isCalico ? around.calico?.pools.map(({ cidr }) => cidr) : network?.subnet && [network.subnet];
  if (!blocks || blocks.length === 0 || blocks.some((cidr) => contains(prefix(cidr), ipv4(address)))) return;
  const where = isCalico ? `every pool (${blocks.join(', ')})` : `network ${network?.name} (${blocks[0]})`;
  reader.say(at, `${spell(at)}: ${address} is outside ${where}`);
}
