/** A container on a bridge network: its veth, its Ethernet address and its way out (libnetwork bridge driver, CreateEndpoint). */
import { formatIpv4, type Ipv4, ipv4 } from '../../net/ipv4.js';
import type { AttachedWorkload, ClusterWorkload } from '../cluster.js';
import { PlatformRefusal } from '../refusal.js';
import type { Bridge, Daemon } from './bridge.js';
import { identifier } from './identifier.js';

const VETH_DIGITS = 7;

/** @throws PlatformRefusal where the bridge's subnet is used up */
export function plugIntoBridge(workload: ClusterWorkload, bridge: Bridge, { userlandProxy }: Daemon): AttachedWorkload {
  const { name, node, listens } = workload;
  const { gateway } = bridge.subnet;
  const address = workload.address ?? bridge.subnet.next(name);
  if (address === undefined) {
    throw new PlatformRefusal(`no address is left on ${bridge.name} for ${name}`, ['workloads', name]);
  }
  return {
    name,
    node,
    address,
    prefixLength: gateway.length,
    interface: workload.interface ?? `veth${identifier('veth', name).slice(0, VETH_DIGITS)}`,
    master: bridge.name,
    // Without a proxy a container reaches its own published port by the bridge port that it asked from (setHairpinMode).
    ...(!userlandProxy && { hairpin: true }),
    device: 'eth0',
    mac: containerMac(ipv4(address)),
    // An internal network has no way out, and its containers are given none.
    routes: bridge.internal ? [] : [{ to: 'default', via: formatIpv4(gateway.address), dev: 'eth0' }],
    listens,
  };
}

/** 02:42 and the address's octets (libnetwork netutils.GenerateMACFromIP, up to 27.x). */
function containerMac(address: Ipv4): string {
  const octets = [0x02, 0x42, address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255];
  return octets.map((octet) => octet.toString(16).padStart(2, '0')).join(':');
}
