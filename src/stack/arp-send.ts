/** Sending ARP messages (arp_solicit, arp_send_dst). */
import { contains, type Ipv4 } from '../net/ipv4.js';
import { type Mac, ZERO_MAC } from '../net/mac.js';
import type { ArpMessage } from '../net/packet.js';
import type { Skb } from '../netfilter/skb.js';
import { maxConf } from './devconf.js';
import type { Device } from './device.js';
import { isLocalAddress, selectAddress } from './devinet.js';
import type { Namespace } from './namespace.js';

/** arp_solicit(): asks who has `target`, in the name of the waiting datagram's source where that is an own address. */
export function sendArpRequest(ns: Namespace, device: Device, target: Ipv4, waiting: Skb | undefined, to: Mac): void {
  const senderIp = announcedAddress(ns, device, target, waiting?.packet.src) ?? 0;
  const serial = waiting?.serial ?? ns.nextSerial();
  const arp: ArpMessage = {
    operation: 'request',
    senderMac: device.mac,
    senderIp,
    targetMac: ZERO_MAC,
    targetIp: target,
  };
  sendArp(ns, device, to, serial, arp);
}

export function sendArp(ns: Namespace, device: Device, dstMac: Mac, serial: number, arp: ArpMessage): void {
  ns.observe({ type: 'arp', namespace: ns.name, at: ns.clock.now, serial, device: device.name, direction: 'out', arp });
  device.transmit({ kind: 'arp', dstMac, srcMac: device.mac, serial, arp });
}

/** The source address of a request, by arp_announce: 0 any own address, 1 one that shares the target's subnet, 2 the device's best. */
function announcedAddress(ns: Namespace, device: Device, target: Ipv4, source: Ipv4 | undefined): Ipv4 | undefined {
  const announce = maxConf(ns.sysctl.confs.all, device.conf, 'arp_announce');
  if (source !== undefined && announce < 2 && isLocalAddress(ns, source)) {
    if (announce === 0) return source;
    const shared = device.addresses.some((own) => {
      const subnet = { address: own.address, length: own.length };
      return contains(subnet, target) && contains(subnet, source);
    });
    if (shared) return source;
  }
  return selectAddress(ns, device, target, 'link');
}
