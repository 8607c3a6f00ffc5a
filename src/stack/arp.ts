/** Answering ARP: for own addresses on any device (weak host model) and for others by proxy (arp_process). */

import { contains, LOOPBACK, MULTICAST } from '../net/ipv4.js';
import { BROADCAST_MAC } from '../net/mac.js';
import type { ArpFrame, ArpMessage } from '../net/packet.js';
import { sendArp } from './arp-send.js';
import { maxConf, orConf } from './devconf.js';
import type { Device } from './device.js';
import type { Namespace } from './namespace.js';
import { learn } from './neighbour.js';
import { routeInput } from './routing.js';

export function receiveArp(ns: Namespace, device: Device, frame: ArpFrame): void {
  const { arp, serial } = frame;
  const answer = arp.operation === 'request' ? decideAnswer(ns, device, arp) : undefined;
  ns.observe({
    type: 'arp',
    namespace: ns.name,
    at: ns.clock.now,
    serial,
    device: device.name,
    direction: 'in',
    arp,
    ...(answer && { answer }),
  });
  if (arp.operation === 'reply') {
    learn(ns, device, arp.senderIp, arp.senderMac, frame.dstMac !== BROADCAST_MAC, false);
    return;
  }
  if (answer === undefined || answer === 'none') {
    // Who asks is noted where we know them already.
    learn(ns, device, arp.senderIp, arp.senderMac, false, false);
    return;
  }
  if (arp.senderIp !== 0) learn(ns, device, arp.senderIp, arp.senderMac, false, true);
  const reply: ArpMessage = {
    operation: 'reply',
    senderMac: device.mac,
    senderIp: arp.targetIp,
    targetMac: arp.senderMac,
    targetIp: arp.senderIp,
  };
  const send = () => sendArp(ns, device, arp.senderMac, serial, reply);
  // proxy_delay is in hundredths of a second; the kernel waits a random part of it.
  const delay = answer === 'proxy-arp' && frame.dstMac === BROADCAST_MAC ? device.neigh.proxy_delay * 10 : 0;
  if (delay > 0) ns.clock.after(Math.floor(ns.random() * delay), send);
  else send();
}

function decideAnswer(ns: Namespace, device: Device, arp: ArpMessage): 'own-address' | 'proxy-arp' | 'none' {
  const { senderIp, targetIp } = arp;
  if (
    contains(MULTICAST, targetIp) ||
    (contains(LOOPBACK, targetIp) && !orConf(ns.sysctl.confs.all, device.conf, 'route_localnet'))
  ) {
    return 'none';
  }
  // Duplicate address detection (RFC 2131): a probe has no sender address.
  if (senderIp === 0) {
    const lookup = ns.fib.lookup({ src: 0, dst: targetIp, iif: device.name, oif: undefined, mark: 0 });
    return lookup.ok && lookup.route.type === 'local' && !ignored(ns, device, senderIp, targetIp)
      ? 'own-address'
      : 'none';
  }
  const decision = routeInput(ns, { src: senderIp, dst: targetIp }, device, 0);
  if (!decision.ok) return 'none';
  if (decision.route.kind === 'local') return ignored(ns, device, senderIp, targetIp) ? 'none' : 'own-address';
  if (decision.route.kind !== 'forward') return 'none';
  const { all } = ns.sysctl.confs;
  if (orConf(all, device.conf, 'proxy_arp_pvlan') && decision.route.device === device) return 'proxy-arp';
  return orConf(all, device.conf, 'proxy_arp') && decision.route.device !== device ? 'proxy-arp' : 'none';
}

/** arp_ignore() and arp_filter(). */
function ignored(ns: Namespace, device: Device, senderIp: number, targetIp: number): boolean {
  const { all } = ns.sysctl.confs;
  const level = maxConf(all, device.conf, 'arp_ignore');
  const own = device.addresses.find(({ address }) => address === targetIp);
  if (level === 8) return true;
  if (level >= 1 && level <= 2) {
    if (!own) return true;
    if (level === 2 && !contains({ address: own.address, length: own.length }, senderIp)) return true;
  }
  if (level === 3 && own && own.scope === 'host') return true;
  if (!orConf(all, device.conf, 'arp_filter')) return false;
  const back = ns.fib.lookup({ src: targetIp, dst: senderIp, iif: 'lo', oif: undefined, mark: 0 });
  return !back.ok || back.route.device !== device;
}
