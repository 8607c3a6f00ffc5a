/**
 * Calico's network plugin for Docker (libnetwork-plugin v1.1): the veth of a container and what is in the container.
 * Every container has the same Ethernet address and the same gateway, which only proxy_arp on the node answers for.
 */
import type { AttachedWorkload, ClusterWorkload } from '../cluster.js';
import { identifier } from '../docker/identifier.js';
import { INTERFACE_PREFIX } from './felix/config.js';

export const CONTAINER_MAC = 'ee:ee:ee:ee:ee:ee';

const GATEWAY = '169.254.1.1';
const DEVICE = 'cali0';
/** Of the endpoint's id, in the name of the node's end. */
const ID_DIGITS = 11;

export function plug(workload: ClusterWorkload, address: string): AttachedWorkload {
  const { name, node, listens } = workload;
  return {
    name,
    node,
    address,
    prefixLength: 32,
    interface: workload.interface ?? `${INTERFACE_PREFIX}${identifier('endpoint', name).slice(0, ID_DIGITS)}`,
    master: undefined,
    device: DEVICE,
    mac: CONTAINER_MAC,
    routes: [
      { to: GATEWAY, dev: DEVICE, scope: 'link' },
      { to: 'default', via: GATEWAY, dev: DEVICE },
    ],
    listens,
  };
}
