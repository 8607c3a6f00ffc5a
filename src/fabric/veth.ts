/** Pairs of virtual Ethernet devices that come and go while the network runs (drivers/net/veth.c, dev_change_net_namespace). */
import type { Mac } from '../net/mac.js';
import { registerDevice } from '../stack/create.js';
import type { Device } from '../stack/device.js';
import { removeDevice } from '../stack/devinet.js';
import type { Namespace } from '../stack/namespace.js';
import type { CableEnd, Fabric } from './fabric.js';

export interface VethEnd {
  readonly ns: Namespace;
  readonly name: string;
  readonly mac: Mac;
}

/** Makes a pair. The peer is registered first, as veth_newlink() does. */
export function addVeth(
  fabric: Fabric,
  link: VethEnd,
  peer: VethEnd,
): { readonly link: Device; readonly peer: Device } {
  const peerDevice = registerDevice(peer.ns, peer.name, 'veth', peer.mac);
  const device = registerDevice(link.ns, link.name, 'veth', link.mac);
  join(fabric, { ns: link.ns, device }, { ns: peer.ns, device: peerDevice });
  return { link: device, peer: peerDevice };
}

/** Removes a device; of a pair, both ends. */
export function deleteLink(fabric: Fabric | undefined, { ns, device }: CableEnd): void {
  const other = fabric?.otherEnd(device);
  removeDevice(ns, device);
  if (other) removeDevice(other.ns, other.device);
}

/** `ip link set DEV netns NAME`: it arrives down and without addresses, under the next index; settings start anew. */
export function moveVeth(fabric: Fabric, from: CableEnd, to: Namespace): Device {
  const { name, mac, mtu } = from.device;
  const other = fabric.otherEnd(from.device);
  removeDevice(from.ns, from.device);
  const device = registerDevice(to, name, 'veth', mac);
  device.mtu = mtu;
  if (other) join(fabric, { ns: to, device }, other);
  return device;
}

function join(fabric: Fabric, a: CableEnd, b: CableEnd): void {
  fabric.lead(a, b);
  fabric.lead(b, a);
}
