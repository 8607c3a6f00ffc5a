/** Ethernet bridges: learning, forwarding, flooding, hairpin (net/bridge). Without a spanning tree: all ports forward. */
import { BROADCAST_MAC, type Mac } from '../net/mac.js';
import type { Frame } from '../net/packet.js';
import type { Skb } from '../netfilter/skb.js';
import { receiveArp } from './arp.js';
import { bridgeForwardHooks, bridgePrerouting, callsIptables } from './br-netfilter.js';
import type { Device } from './device.js';
import { ipReceive, ipReceiveFinish } from './ip-input.js';
import { type Namespace, newSkb } from './namespace.js';

/** How long a station is remembered at a port, in milliseconds (ageing_time). */
const AGEING = 300_000;

interface Station {
  readonly port: Device;
  readonly seenAt: number;
}

/** One bridge's forwarding database. */
export class Bridge {
  readonly #stations = new Map<Mac, Station>();

  constructor(
    private readonly ns: Namespace,
    readonly device: Device,
  ) {}

  /** br_handle_frame(): a frame came in on a port. */
  receive(port: Device, frame: Frame): void {
    this.#stations.set(frame.srcMac, { port, seenAt: this.ns.clock.now });
    if (frame.kind === 'arp') return this.#switch(port, frame, undefined);
    const skb = newSkb(frame.serial, frame.packet, frame);
    if (!callsIptables(this.ns)) return this.#switch(port, frame, skb);
    bridgePrerouting(this.ns, this.device, port, skb, (dstMac) =>
      this.#switch(port, { ...frame, dstMac: dstMac ?? frame.dstMac, packet: skb.packet }, skb),
    );
  }

  /** br_dev_xmit(): the bridge's own namespace sends. No iptables hook: the packet has passed POSTROUTING already. */
  transmit(frame: Frame): void {
    for (const port of this.#ports(frame.dstMac, undefined)) sendOut(port, frame);
  }

  /** br_handle_frame_finish(). `skb` is undefined for ARP. */
  #switch(port: Device, frame: Frame, skb: Skb | undefined): void {
    const up = frame.dstMac === this.device.mac || isGroup(frame.dstMac);
    const ports = frame.dstMac === this.device.mac ? [] : this.#ports(frame.dstMac, port);
    if (frame.kind === 'ipv4') this.#report(port, frame, ports, up);
    for (const out of ports) {
      // Each copy passes the hooks by itself, as __br_forward() does with its clones.
      const copy = skb && { ...skb };
      if (copy && callsIptables(this.ns) && !bridgeForwardHooks(this.ns, this.device, out, copy)) continue;
      sendOut(out, copy && frame.kind === 'ipv4' ? { ...frame, packet: copy.packet } : frame);
    }
    if (up) this.#passUp(frame, skb);
  }

  /** br_pass_frame_up(): what br_netfilter has seen does not pass PREROUTING again (ip_sabotage_in). */
  #passUp(frame: Frame, skb: Skb | undefined): void {
    if (!this.device.up) return;
    if (frame.kind === 'arp') receiveArp(this.ns, this.device, frame);
    else if (skb && callsIptables(this.ns)) ipReceiveFinish(this.ns, skb, this.device);
    else if (skb) ipReceive(this.ns, skb, this.device);
  }

  #ports(dstMac: Mac, from: Device | undefined): Device[] {
    const station = isGroup(dstMac) ? undefined : this.#stations.get(dstMac);
    if (station && this.ns.clock.now - station.seenAt < AGEING && station.port.master === this.device) {
      return this.#mayLeave(station.port, from) ? [station.port] : [];
    }
    // br_flood() begins with the port that was added last.
    return [...this.ns.devices.values()]
      .filter((port) => port.master === this.device && this.#mayLeave(port, from))
      .reverse();
  }

  #mayLeave(port: Device, from: Device | undefined): boolean {
    return port.operational && (port !== from || port.hairpin);
  }

  #report(port: Device, frame: Frame & { kind: 'ipv4' }, to: readonly Device[], up: boolean): void {
    this.ns.observe({
      type: 'bridged',
      namespace: this.ns.name,
      at: this.ns.clock.now,
      serial: frame.serial,
      packet: frame.packet,
      bridge: this.device.name,
      from: port.name,
      to: to.map(({ name }) => name),
      up,
    });
  }
}

function sendOut(port: Device, frame: Frame): void {
  if (port.operational) port.transmit(frame);
}

function isGroup(mac: Mac): boolean {
  return mac === BROADCAST_MAC || (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1;
}
