/**
 * Neighbour resolution: who on this link has the next hop's address (net/core/neighbour.c with ARP's parameters).
 * Three requests a second apart, then everything that waits fails at once.
 */

import type { Ipv4 } from '../net/ipv4.js';
import { BROADCAST_MAC, type Mac } from '../net/mac.js';
import type { Skb } from '../netfilter/skb.js';
import { sendArpRequest } from './arp-send.js';
import type { Device } from './device.js';
import type { Namespace } from './namespace.js';
import type { NeighbourEntry } from './neighbour-entry.js';

/** unres_qlen: datagrams that may wait for one neighbour. */
const QUEUE_LIMIT = 101;

/** What is done with a datagram once its next hop's station is known. */
export type SendToStation = (ns: Namespace, device: Device, nextHop: Ipv4, mac: Mac, skb: Skb) => void;

/** neigh_resolve_output(): sends the datagram to its next hop, now or when the neighbour has answered. */
export function resolveAndSend(
  ns: Namespace,
  device: Device,
  nextHop: Ipv4,
  skb: Skb,
  send: SendToStation = transmit,
): void {
  let entry = device.neighbours.get(nextHop);
  if (!entry) {
    entry = newEntry();
    device.neighbours.set(nextHop, entry);
  }
  age(ns, device, entry);
  if (entry.mac !== undefined && entry.state !== 'INCOMPLETE' && entry.state !== 'FAILED') {
    if (entry.state === 'STALE') delayThenProbe(ns, device, nextHop, entry);
    send(ns, device, nextHop, entry.mac, skb);
    return;
  }
  if (entry.queue.length >= QUEUE_LIMIT) entry.queue.shift();
  entry.queue.push({ skb, send: (mac) => send(ns, device, nextHop, mac, skb) });
  if (entry.state !== 'INCOMPLETE') {
    entry.state = 'INCOMPLETE';
    entry.probes = 0;
    solicit(ns, device, nextHop, entry, skb);
  }
}

/** The default of `locktime`, in milliseconds. */
const LOCKTIME = 1000;

/**
 * neigh_update(): a neighbour has shown its address. `confirmed`: by an answer to a request of ours. `asks`: by a request
 * that is answered, which makes an entry and overrides another station's. Of several answers in a row the first one is
 * believed (arp_process): it is the fastest router's.
 */
export function learn(ns: Namespace, device: Device, address: Ipv4, mac: Mac, confirmed: boolean, asks: boolean): void {
  let entry = device.neighbours.get(address);
  if (!entry) {
    if (!asks) return;
    entry = newEntry();
    device.neighbours.set(address, entry);
  }
  if (entry.state === 'PERMANENT') return;
  const isValid = entry.mac !== undefined && entry.state !== 'INCOMPLETE' && entry.state !== 'FAILED';
  const changed = entry.mac !== mac;
  if (isValid && changed && !asks && ns.clock.now <= entry.updatedAt + LOCKTIME) return;
  const before = entry.state;
  entry.mac = mac;
  if (confirmed) {
    entry.timer?.cancel();
    entry.timer = undefined;
    entry.state = 'REACHABLE';
    entry.confirmedAt = ns.clock.now;
    entry.probes = 0;
  } else if (changed || entry.state === 'INCOMPLETE' || entry.state === 'FAILED') {
    entry.timer?.cancel();
    entry.timer = undefined;
    entry.state = 'STALE';
  }
  if (changed || entry.state !== before) entry.updatedAt = ns.clock.now;
  for (const { skb, send } of entry.queue.splice(0)) {
    ns.observe(neighbourEvent(ns, device, address, skb.serial, 'resolved', mac));
    send(mac);
  }
}

/** `ip neigh replace ... nud permanent`. */
export function permanentNeighbour(device: Device, address: Ipv4, mac: Mac): void {
  const entry: NeighbourEntry = { ...newEntry(), state: 'PERMANENT', mac };
  device.neighbours.set(address, entry);
}

/** Asks for a neighbour that no datagram waits for (neigh_event_send). */
export function solicitNeighbour(ns: Namespace, device: Device, address: Ipv4): void {
  let entry = device.neighbours.get(address);
  if (!entry) {
    entry = newEntry();
    device.neighbours.set(address, entry);
  }
  if (entry.state !== 'FAILED') return;
  entry.state = 'INCOMPLETE';
  entry.probes = 0;
  solicit(ns, device, address, entry, undefined);
}

/** Puts a datagram on the wire, towards a known station. */
export function transmit(
  ns: Namespace,
  device: Device,
  nextHop: Ipv4 | undefined,
  dstMac: Mac,
  skb: Skb,
  srcMac: Mac = device.mac,
): void {
  const { serial, packet } = skb;
  ns.observe({
    type: 'transmitted',
    namespace: ns.name,
    at: ns.clock.now,
    serial,
    packet,
    device: device.name,
    nextHop,
    srcMac,
    dstMac,
  });
  device.transmit({ kind: 'ipv4', dstMac, srcMac, serial, packet });
}

function newEntry(): NeighbourEntry {
  return { state: 'FAILED', mac: undefined, confirmedAt: 0, updatedAt: 0, probes: 0, queue: [], timer: undefined };
}

/** A confirmation is good for base_reachable_time; after that the entry is used but doubted. */
function age(ns: Namespace, device: Device, entry: NeighbourEntry): void {
  if (entry.state === 'REACHABLE' && ns.clock.now - entry.confirmedAt > device.neigh.base_reachable_time_ms) {
    entry.state = 'STALE';
  }
}

/** A doubted entry is used for delay_first_probe_time; unless somebody vouches for it, it is asked directly then. */
function delayThenProbe(ns: Namespace, device: Device, address: Ipv4, entry: NeighbourEntry): void {
  entry.state = 'DELAY';
  entry.probes = 0;
  entry.timer = ns.clock.after(device.neigh.delay_first_probe_time * 1000, () => {
    entry.state = 'PROBE';
    probe(ns, device, address, entry);
  });
}

function probe(ns: Namespace, device: Device, address: Ipv4, entry: NeighbourEntry): void {
  if (entry.probes >= device.neigh.ucast_solicit) {
    entry.state = 'FAILED';
    entry.mac = undefined;
    return;
  }
  entry.probes += 1;
  sendArpRequest(ns, device, address, undefined, entry.mac ?? BROADCAST_MAC);
  entry.timer = ns.clock.after(device.neigh.retrans_time_ms, () => probe(ns, device, address, entry));
}

function solicit(ns: Namespace, device: Device, address: Ipv4, entry: NeighbourEntry, skb: Skb | undefined): void {
  if (entry.probes >= device.neigh.mcast_solicit) {
    entry.state = 'FAILED';
    entry.timer = undefined;
    for (const waiting of entry.queue.splice(0)) {
      ns.observe(neighbourEvent(ns, device, address, waiting.skb.serial, 'failed', undefined));
      ns.linkFailure(waiting.skb, device);
    }
    return;
  }
  entry.probes += 1;
  if (skb) ns.observe(neighbourEvent(ns, device, address, skb.serial, 'asked', undefined));
  // The timer first: where the answer comes at once, it finds the timer and stops it.
  entry.timer = ns.clock.after(device.neigh.retrans_time_ms, () => solicit(ns, device, address, entry, skb));
  sendArpRequest(ns, device, address, skb, BROADCAST_MAC);
}

function neighbourEvent(
  ns: Namespace,
  device: Device,
  address: Ipv4,
  serial: number,
  outcome: 'asked' | 'resolved' | 'failed',
  mac: Mac | undefined,
) {
  return {
    type: 'neighbour',
    namespace: ns.name,
    at: ns.clock.now,
    serial,
    device: device.name,
    address,
    outcome,
    mac,
  } as const;
}
