/** A frame came in on a device (__netif_receive_skb_core): to the bridge that the device is a port of, to ARP, or to IP. */
import { BROADCAST_MAC } from '../net/mac.js';
import type { Frame } from '../net/packet.js';
import type { Skb } from '../netfilter/skb.js';
import { receiveArp } from './arp.js';
import type { Bridge } from './bridge.js';
import type { Device } from './device.js';
import { ipReceive } from './ip-input.js';
import { drop } from './ip-output.js';
import { type Namespace, newSkb } from './namespace.js';

export function receiveFrame(ns: Namespace, bridge: Bridge | undefined, device: Device, frame: Frame): void {
  if (!device.up) return;
  if (frame.kind === 'ipv4') reportReceived(ns, device, frame.serial, frame);
  if (bridge) return bridge.receive(device, frame);
  const forUs = frame.dstMac === device.mac || frame.dstMac === BROADCAST_MAC;
  if (frame.kind === 'arp') {
    if (forUs) receiveArp(ns, device, frame);
    return;
  }
  const skb = newSkb(frame.serial, frame.packet, frame);
  if (forUs) ipReceive(ns, skb, device);
  else drop(ns, skb, 'not-for-this-host', `the frame is for ${frame.dstMac}, ${device.name} is ${device.mac}`);
}

/** What left by lo comes in by lo, mark and connection with it. */
export function receiveLoopback(ns: Namespace, lo: Device, skb: Skb): void {
  ns.observe({
    type: 'received',
    namespace: ns.name,
    at: ns.clock.now,
    serial: skb.serial,
    packet: skb.packet,
    device: lo.name,
    srcMac: undefined,
    dstMac: undefined,
  });
  ipReceive(ns, skb, lo);
}

function reportReceived(ns: Namespace, device: Device, serial: number, frame: Frame & { kind: 'ipv4' }): void {
  ns.observe({
    type: 'received',
    namespace: ns.name,
    at: ns.clock.now,
    serial,
    packet: frame.packet,
    device: device.name,
    srcMac: frame.srcMac,
    dstMac: frame.dstMac,
  });
}
