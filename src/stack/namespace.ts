/**
 * One Linux network namespace as its layers see it (struct net): the state that they share, and the few ways up that a
 * lower layer needs. The layers are free functions over it, named as the kernel names them; create.ts puts them together.
 */

import type { Mac } from '../net/mac.js';
import type { Frame, Packet } from '../net/packet.js';
import type { NetfilterEvent } from '../netfilter/events.js';
import type { Netfilter } from '../netfilter/netfilter.js';
import type { Skb } from '../netfilter/skb.js';
import type { Clock } from './clock.js';
import type { Device } from './device.js';
import type { StackEvent } from './events.js';
import type { Fib } from './fib.js';
import type { IcmpRateLimit } from './icmp-ratelimit.js';
import type { Sockets } from './sockets.js';
import type { Sysctls } from './sysctl.js';

export interface Namespace {
  readonly name: string;
  readonly clock: Clock;
  /** In the order of registration; lo is first. */
  readonly devices: Map<string, Device>;
  readonly sysctl: Sysctls;
  readonly fib: Fib;
  readonly netfilter: Netfilter;
  readonly sockets: Sockets;
  readonly rateLimit: IcmpRateLimit;
  /** Redirected destinations: a better gateway, until a virtual time (fib_nh_exception). */
  readonly exceptions: Map<number, { readonly gateway: number; readonly expiresAt: number }>;
  observe(event: NetfilterEvent | StackEvent): void;
  /** A seeded number in [0, 1). */
  random(): number;
  /** A number that no other datagram of the fabric has. */
  nextSerial(): number;
  /** The next IP identification value of this namespace. */
  nextId(): number;
  /** A device has a frame for this namespace (netif_receive_skb). */
  receive(device: Device, frame: Frame): void;
  /** A datagram that left by lo comes in again, with what the kernel keeps beside it (loopback_xmit). */
  loopback(skb: Skb): void;
  /** Asks for a neighbour that nothing waits for (neigh_event_send). */
  solicit(device: Device, address: number): void;
  /** The neighbour of this datagram does not answer (ipv4_link_failure). */
  linkFailure(skb: Skb, device: Device): void;
}

/** A new datagram that has not passed anything yet. */
export function newSkb(serial: number, packet: Packet, link: { srcMac: Mac; dstMac: Mac } | undefined): Skb {
  return { serial, packet, mark: 0, traced: false, ct: undefined, link, physIn: '', route: undefined };
}
