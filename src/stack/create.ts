/** Puts a namespace together: its state, its layers, its lo. */
import { ICMP_DEST_UNREACH, ICMP_HOST_UNREACH } from '../net/icmp.js';
import { formatIpv4 } from '../net/ipv4.js';
import { type Mac, ZERO_MAC } from '../net/mac.js';
import { IpSets } from '../netfilter/ipset/ip-sets.js';
import { rulesUsing } from '../netfilter/ipset/rules-using.js';
import { Netfilter } from '../netfilter/netfilter.js';
import { Bridge } from './bridge.js';
import type { Clock } from './clock.js';
import { Device, type DeviceKind } from './device.js';
import { addAddress, bringUp } from './devinet.js';
import { Fib } from './fib.js';
import { IcmpRateLimit } from './icmp-ratelimit.js';
import { sendIcmpError } from './icmp-send.js';
import { drop } from './ip-output.js';
import { receiveFrame, receiveLoopback } from './link-input.js';
import type { Namespace } from './namespace.js';
import { solicitNeighbour } from './neighbour.js';
import { createNetfilterHost } from './netfilter-host.js';
import type { Route } from './route.js';
import { Sockets } from './sockets.js';
import { Sysctls } from './sysctl.js';

/** The switching half of each bridge device. */
const bridges = new WeakMap<Device, Bridge>();

/** What a namespace needs of the world around it. */
export interface Surroundings {
  readonly clock: Clock;
  readonly observe: Namespace['observe'];
  readonly random: () => number;
  readonly nextSerial: () => number;
}

/** A fresh network namespace, as `ip netns add` makes it: lo is there and down. */
export function createNamespace(name: string, { clock, observe, random, nextSerial }: Surroundings): Namespace {
  const devices = new Map<string, Device>();
  let id = 0;
  const ns: Namespace = {
    name,
    clock,
    devices,
    sysctl: new Sysctls(devices),
    fib: new Fib(),
    netfilter: new Netfilter(
      createNetfilterHost(() => ns, name),
      observe,
      new IpSets(
        () => clock.now,
        (set) => rulesUsing(ns.netfilter.ruleSet, set),
      ),
    ),
    sockets: new Sockets(),
    rateLimit: new IcmpRateLimit(),
    exceptions: new Map(),
    observe,
    random,
    nextSerial,
    nextId() {
      id = (id + 1) & 0xffff;
      return id;
    },
    receive(device, frame) {
      receiveFrame(ns, device.master && bridges.get(device.master), device, frame);
    },
    loopback(skb) {
      const lo = devices.get('lo')!;
      clock.after(0, () => receiveLoopback(ns, lo, skb));
    },
    solicit: (device, address) => solicitNeighbour(ns, device, address),
    linkFailure(skb, device) {
      const nextHop = formatIpv4((skb.route as Route | undefined)?.gateway ?? skb.packet.dst);
      drop(ns, skb, 'neighbour-failed', `nobody on ${device.name} answered for ${nextHop}`);
      sendIcmpError(ns, skb, ICMP_DEST_UNREACH, ICMP_HOST_UNREACH);
    },
  };
  registerDevice(ns, 'lo', 'loopback', ZERO_MAC);
  return ns;
}

/** `ip link set lo up`: with its address, as the kernel gives it. */
export function bringLoopbackUp(ns: Namespace): void {
  const lo = ns.devices.get('lo')!;
  bringUp(ns, lo);
  addAddress(ns, lo, { address: 0x7f000001, length: 8 }, 'host');
}

/** Registers a device under the next index (register_netdevice). The caller sets what its `transmit` does. */
export function registerDevice(ns: Namespace, name: string, kind: DeviceKind, mac: Mac): Device {
  const index = Math.max(0, ...[...ns.devices.values()].map((device) => device.index)) + 1;
  const { conf, neigh } = ns.sysctl.confs.create();
  const device = new Device(name, index, kind, mac, conf, neigh);
  ns.devices.set(name, device);
  if (kind === 'bridge') {
    const bridge = new Bridge(ns, device);
    bridges.set(device, bridge);
    device.transmit = (frame) => bridge.transmit(frame);
  }
  return device;
}
