/** What Calico cannot do, or what is not modelled of it yet, said before anything is done. */
import { parsePrefix } from '../../net/ipv4.js';
import type { CalicoOptions, Cluster, ClusterNetwork, ClusterWorkload } from '../cluster.js';
import { PlatformRefusal } from '../refusal.js';
import { INTERFACE_PREFIX } from './felix/config.js';
import { isModelled } from './felix/timeline.js';
import { BLOCK_LENGTH } from './ipam/first-block.js';

/** @throws PlatformRefusal for a version or a pool */
export function checkOptions({ version, pools }: CalicoOptions): void {
  if (!isModelled(version)) {
    throw new PlatformRefusal(`Calico ${version} is not modelled; Felix 2.4 to 2.6 is`, ['calico', 'version']);
  }
  pools.forEach(({ cidr, encapsulation }, index) => {
    const at = (key: string) => ['calico', 'pools', index, key];
    const pool = parsePrefix(cidr);
    if (!pool) throw new PlatformRefusal(`pool ${cidr} is not a prefix`, at('cidr'));
    if (pool.length > BLOCK_LENGTH) {
      throw new PlatformRefusal(
        `pool ${cidr} is smaller than a block of Calico, which is a /${BLOCK_LENGTH}`,
        at('cidr'),
      );
    }
    if (encapsulation !== 'none') {
      const sentence = `pool ${cidr} asks for encapsulation ${encapsulation}, which is not modelled yet; only none is`;
      throw new PlatformRefusal(sentence, at('encapsulation'));
    }
  });
}

/** @throws PlatformRefusal where a workload cannot join its network on its node, or not by that interface */
export function checkWorkload(cluster: Cluster, workload: ClusterWorkload, network: ClusterNetwork): void {
  const { name, node, interface: link } = workload;
  for (const [program, on] of [
    ['Docker', cluster.docker?.on],
    ['Calico', cluster.calico?.on],
  ] as const) {
    if (!on?.includes(node)) {
      const sentence = `${program} does not run on ${node}, so ${name} cannot join network ${network.name} there`;
      throw new PlatformRefusal(sentence, ['workloads', name, 'node']);
    }
  }
  if (link !== undefined && !link.startsWith(INTERFACE_PREFIX)) {
    const sentence = `interface ${link} of ${name} does not begin with ${INTERFACE_PREFIX}, by which Felix knows workloads`;
    throw new PlatformRefusal(sentence, ['workloads', name, 'interface']);
  }
}
