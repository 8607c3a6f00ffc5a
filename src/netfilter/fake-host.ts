/** A namespace for the tests of this floor: its clock stands still until told, its random numbers are given, it routes nothing. */
import type { Ipv4 } from '../net/ipv4.js';
import {
  ICMP,
  type IcmpMessage,
  IPV4_HEADER,
  type Packet,
  TCP,
  TCP_FLAGS,
  type TcpSegment,
  UDP,
} from '../net/packet.js';
import type { Hook, HookPass } from './hooks.js';
import type { AddressType, NetfilterHost } from './host.js';
import type { Skb } from './skb.js';

export class FakeHost implements NetfilterHost {
  readonly namespace = 'host';
  /** Virtual milliseconds. */
  time = 0;
  /** What random() gives, one after the other; the last one for ever. */
  randoms: number[] = [0.5];
  /** Addresses by device. */
  readonly addresses = new Map<string, Ipv4>();
  /** What was routed anew. */
  readonly rerouted: Packet[] = [];
  hasRoute = true;

  now(): number {
    return this.time;
  }
  random(): number {
    return this.randoms.length > 1 ? this.randoms.shift()! : this.randoms[0]!;
  }
  addressType(address: Ipv4): AddressType {
    return [...this.addresses.values()].includes(address) ? 'LOCAL' : 'UNICAST';
  }
  primaryAddress(device: string): Ipv4 | undefined {
    return this.addresses.get(device);
  }
  masqueradeAddress(_skb: Skb, device: string): Ipv4 | undefined {
    return this.addresses.get(device);
  }
  reversePathOk(): boolean {
    return true;
  }
  reroute(skb: Skb): boolean {
    this.rerouted.push(skb.packet);
    return this.hasRoute;
  }
  sendIcmpError(): number | undefined {
    return undefined;
  }
  sendTcpReset(): number | undefined {
    return undefined;
  }
}

export function passOf(hook: Hook, devices: { in?: string; out?: string } = {}): HookPass {
  return { hook, in: devices.in ?? '', out: devices.out ?? '', physIn: '', physOut: '', bridged: false };
}

let serial = 0;

/** A datagram that has passed nothing yet. */
export function skbOf(packet: Packet): Skb {
  serial += 1;
  return { serial, packet, mark: 0, traced: false, ct: undefined, link: undefined, physIn: '', route: undefined };
}

export function tcp(src: Ipv4, dst: Ipv4, sport: number, dport: number, segment: Partial<TcpSegment> = {}): Packet {
  const { seq = 1, ack = 0, flags = TCP_FLAGS.SYN, window = 64240, data = 0 } = segment;
  return ip(src, dst, TCP, 20 + data, { kind: 'tcp', sport, dport, seq, ack, flags, window, data });
}

export function udp(src: Ipv4, dst: Ipv4, sport: number, dport: number, data = 4): Packet {
  return ip(src, dst, UDP, 8 + data, { kind: 'udp', sport, dport, data });
}

/** An echo request, unless `message` says otherwise. */
export function icmp(src: Ipv4, dst: Ipv4, message: Partial<IcmpMessage> = {}): Packet {
  return ip(src, dst, ICMP, 64, { kind: 'icmp', type: 8, code: 0, id: 77, seq: 1, ...message });
}

/** The answer to an echo request as its receiver sends it. */
export function echoReply(request: Packet): Packet {
  if (request.payload.kind !== 'icmp') throw new RangeError('not an echo request');
  return icmp(request.dst, request.src, { ...request.payload, type: 0 });
}

function ip(src: Ipv4, dst: Ipv4, protocol: number, octets: number, payload: Packet['payload']): Packet {
  return { src, dst, protocol, ttl: 64, tos: 0, id: 1, df: true, length: IPV4_HEADER + octets, payload };
}
