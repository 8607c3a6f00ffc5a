/**
 * What a namespace reports beside its netfilter: where a datagram came from, how it was routed, and what became of it.
 * Events are made once and never changed.
 */
import type { Ipv4, Prefix } from '../net/ipv4.js';
import type { Mac } from '../net/mac.js';
import type { ArpMessage, Packet } from '../net/packet.js';

interface About {
  readonly namespace: string;
  /** Virtual time in milliseconds. */
  readonly at: number;
  readonly serial: number;
}

interface AboutPacket extends About {
  readonly packet: Packet;
}

/** Why a namespace made a datagram. */
export type Origin =
  | 'socket' // a process wrote it, or TCP for it
  | 'echo-reply'
  | 'icmp-error' // what the namespace itself says of a packet: no route, TTL, REJECT, closed port
  | 'tcp-reset' // from REJECT --reject-with tcp-reset or for a closed port
  | 'redirect';

/** A datagram was made here. */
export interface Originated extends AboutPacket {
  readonly type: 'originated';
  readonly origin: Origin;
  /** The datagram that this one answers, or is about. */
  readonly cause: number | undefined;
}

/** A frame with a datagram came in on a device, as tcpdump would see it. */
export interface Received extends AboutPacket {
  readonly type: 'received';
  readonly device: string;
  readonly srcMac: Mac | undefined;
  readonly dstMac: Mac | undefined;
}

/** A frame with a datagram went out on a device, as tcpdump would see it. */
export interface Transmitted extends AboutPacket {
  readonly type: 'transmitted';
  readonly device: string;
  /** The neighbour it is for; undefined on lo. */
  readonly nextHop: Ipv4 | undefined;
  readonly srcMac: Mac | undefined;
  readonly dstMac: Mac | undefined;
}

/** The FIB was asked (fib_lookup). */
export interface Routed extends AboutPacket {
  readonly type: 'routed';
  /** `input` for a packet that came in, `output` for one made here, `reroute` after NAT or a mark change in OUTPUT. */
  readonly direction: 'input' | 'output' | 'reroute';
  readonly result:
    | 'local'
    | 'broadcast'
    | 'forward'
    | 'unicast'
    | 'blackhole'
    | 'unreachable'
    | 'prohibit'
    | 'no-route';
  /** `local`, `main`, `default` or a number; undefined where nothing matched. */
  readonly table: string | undefined;
  readonly destination: Prefix | undefined;
  readonly device: string | undefined;
  readonly via: Ipv4 | undefined;
}

/** ARP had to be asked, answered or gave up for this datagram. */
export interface Neighbour extends About {
  readonly type: 'neighbour';
  readonly device: string;
  readonly address: Ipv4;
  readonly outcome: 'asked' | 'resolved' | 'failed';
  readonly mac: Mac | undefined;
}

/** An ARP message came in or went out. */
export interface ArpSeen extends About {
  readonly type: 'arp';
  readonly device: string;
  readonly direction: 'in' | 'out';
  readonly arp: ArpMessage;
  /** For a request that came in: is it answered, and as what? */
  readonly answer?: 'own-address' | 'proxy-arp' | 'none';
}

/** A bridge switched a frame. */
export interface Bridged extends AboutPacket {
  readonly type: 'bridged';
  readonly bridge: string;
  readonly from: string;
  /** Ports it goes out of; empty where it stops here. */
  readonly to: readonly string[];
  /** Handed up to the bridge's own IP layer. */
  readonly up: boolean;
}

/** A tunnel device wrapped or unwrapped a datagram. The outer datagram has the same serial. */
export interface Encapsulated extends AboutPacket {
  readonly type: 'encapsulated' | 'decapsulated';
  readonly device: string;
  readonly outer: Packet;
}

/** A datagram reached a socket of this namespace, or what stands for one (the ICMP layer for an echo request). */
export interface Delivered extends AboutPacket {
  readonly type: 'delivered';
  /** `icmp` for an echo request, `ping`, `tcp 80`, `udp 53` ... for a socket. */
  readonly to: string;
}

export type DropReason =
  | 'no-route'
  | 'blackhole'
  | 'unreachable'
  | 'prohibit'
  | 'martian-source'
  | 'martian-destination'
  | 'rp-filter'
  | 'forwarding-disabled'
  | 'ttl-exceeded'
  | 'frag-needed'
  | 'neighbour-failed'
  | 'no-socket' // nothing listens
  | 'not-for-this-host' // the frame's destination is another station
  | 'device-down'
  | 'no-carrier' // the other end of the cable is missing or down
  | 'bridge' // no port to send it to
  | 'nat-reroute-failed'
  | 'loop' // a budget ended a loop or a storm
  | 'not-modelled';

/** A datagram ended here for a reason other than a rule. */
export interface Dropped extends AboutPacket {
  readonly type: 'dropped';
  readonly reason: DropReason;
  /** One sentence for a person: `rp_filter is strict on eth0, and the way back to 10.0.0.1 leaves by eth1`. */
  readonly detail: string;
}

export type StackEvent =
  | Originated
  | Received
  | Transmitted
  | Routed
  | Neighbour
  | ArpSeen
  | Bridged
  | Encapsulated
  | Delivered
  | Dropped;

export type StackObserver = (event: StackEvent) => void;
