/**
 * An IPv4 datagram (RFC 791) as a value: it is never changed in place. Who translates an address or lowers the TTL
 * makes a new packet, so everybody who noted the old one still sees it as it was.
 * The Ethernet frame that carries it lives here too, because a VXLAN datagram carries a frame in turn.
 *
 * Fragments are not modelled: a datagram is always whole.
 */
import type { Ipv4 } from './ipv4.js';
import type { Mac } from './mac.js';

/** IANA protocol numbers that the engine looks into. */
export const ICMP = 1;
export const IPIP = 4;
export const TCP = 6;
export const UDP = 17;

export const IPV4_HEADER = 20;

export interface Packet {
  readonly src: Ipv4;
  readonly dst: Ipv4;
  /** IANA protocol number; agrees with `payload.kind` where the kind is one that the engine looks into. */
  readonly protocol: number;
  readonly ttl: number;
  /** The whole octet of DSCP and ECN. */
  readonly tos: number;
  /** Identification field. */
  readonly id: number;
  /** Don't fragment. */
  readonly df: boolean;
  /** Total length in octets, header included. */
  readonly length: number;
  readonly payload: Payload;
}

export type Payload = IcmpMessage | TcpSegment | UdpDatagram | EncapsulatedPacket | OpaquePayload;

/** RFC 792. Type and code are the numbers of net/icmp.ts. */
export interface IcmpMessage {
  readonly kind: 'icmp';
  readonly type: number;
  readonly code: number;
  /** Identifier and sequence number of an echo or another query; 0 in errors. */
  readonly id: number;
  readonly seq: number;
  /** Next-hop MTU of "fragmentation needed" (RFC 1191). */
  readonly mtu?: number;
  /** New gateway of a redirect. */
  readonly gateway?: Ipv4;
  /** The datagram that an error is about, as the sender of the error saw it. */
  readonly quoted?: Packet;
}

/** RFC 9293. */
export interface TcpSegment {
  readonly kind: 'tcp';
  readonly sport: number;
  readonly dport: number;
  readonly seq: number;
  readonly ack: number;
  /** Bits of TCP_FLAGS. */
  readonly flags: number;
  readonly window: number;
  /** Octets of data after the header. */
  readonly data: number;
}

export const TCP_FLAGS = { FIN: 1, SYN: 2, RST: 4, PSH: 8, ACK: 16, URG: 32 } as const;

/** RFC 768. */
export interface UdpDatagram {
  readonly kind: 'udp';
  readonly sport: number;
  readonly dport: number;
  /** Octets of data after the header. */
  readonly data: number;
  /** The Ethernet frame inside a VXLAN datagram (RFC 7348). */
  readonly vxlan?: { readonly vni: number; readonly frame: Frame };
}

/** IP in IP (RFC 2003). */
export interface EncapsulatedPacket {
  readonly kind: 'ipip';
  readonly inner: Packet;
}

/** A protocol that the engine carries but does not look into. */
export interface OpaquePayload {
  readonly kind: 'opaque';
}

/** Source and destination port of a TCP or UDP payload. */
export function portsOf(payload: Payload): { readonly sport: number; readonly dport: number } | undefined {
  return payload.kind === 'tcp' || payload.kind === 'udp' ? payload : undefined;
}

/** What travels on a wire: an Ethernet frame with an IPv4 datagram or an ARP message inside. */
export type Frame = Ipv4Frame | ArpFrame;

interface EthernetHeader {
  readonly dstMac: Mac;
  readonly srcMac: Mac;
  /**
   * Which datagram this is. Not on a real wire: it lets observers follow one packet through translations and
   * encapsulations. Whoever originates a datagram takes a new number.
   */
  readonly serial: number;
}

export interface Ipv4Frame extends EthernetHeader {
  readonly kind: 'ipv4';
  readonly packet: Packet;
}

export interface ArpFrame extends EthernetHeader {
  readonly kind: 'arp';
  readonly arp: ArpMessage;
}

/** RFC 826, Ethernet and IPv4 only. */
export interface ArpMessage {
  readonly operation: 'request' | 'reply';
  readonly senderMac: Mac;
  readonly senderIp: Ipv4;
  readonly targetMac: Mac;
  readonly targetIp: Ipv4;
}
