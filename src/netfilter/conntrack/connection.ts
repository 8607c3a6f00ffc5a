/** A connection tracking entry as data (struct nf_conn) and the tuples that identify it. */
import type { Ipv4 } from '../../net/ipv4.js';

export type Direction = 'original' | 'reply';

/**
 * One direction of a connection (struct nf_conntrack_tuple).
 * TCP and UDP use the ports. ICMP uses `sport` for the query's id and `dport` for type * 256 + code, as the kernel's
 * union does; other protocols leave both at 0.
 */
export interface Tuple {
  readonly src: Ipv4;
  readonly dst: Ipv4;
  readonly protocol: number;
  readonly sport: number;
  readonly dport: number;
}

/** TCP states of nf_conntrack_proto_tcp.c, as `conntrack -L` prints them. */
export type TcpState =
  | 'NONE'
  | 'SYN_SENT'
  | 'SYN_RECV'
  | 'ESTABLISHED'
  | 'FIN_WAIT'
  | 'CLOSE_WAIT'
  | 'LAST_ACK'
  | 'TIME_WAIT'
  | 'CLOSE'
  | 'SYN_SENT2';

/** Segments as the TCP tracker tells them apart (enum tcp_bit_set). */
export type SegmentKind = 'syn' | 'synack' | 'fin' | 'ack' | 'rst' | 'none';

/** One end of a TCP connection (struct ip_ct_tcp_state) without its window. */
export interface TcpEnd {
  /** One past the highest sequence number that this end has sent; undefined before its first segment. */
  end: number | undefined;
  /** Has it sent data that the other end has not acknowledged? */
  unacknowledged: boolean;
}

/** struct ip_ct_tcp, as far as it is modelled. */
export interface TcpMemory {
  readonly original: TcpEnd;
  readonly reply: TcpEnd;
  /** The last segment that was taken or deliberately ignored. */
  lastKind: SegmentKind;
  lastDirection: Direction;
  /** One past its last sequence number. */
  lastEnd: number;
  /** Has an end begun to close (IP_CT_TCP_FLAG_CLOSE_INIT)? */
  closing: boolean;
  /** Did both ends send a SYN? */
  simultaneousOpen: boolean;
}

export interface Connection {
  /** Grows with each connection of a namespace; stable within a run. */
  readonly id: number;
  readonly original: Tuple;
  /** What an answer looks like on arrival. NAT rewrites it. */
  reply: Tuple;
  /** IPS_CONFIRMED: in the table. Before that only the packet that made it knows it. */
  confirmed: boolean;
  /** IPS_SEEN_REPLY. */
  seenReply: boolean;
  /** IPS_ASSURED. */
  assured: boolean;
  /** IPS_SRC_NAT, IPS_DST_NAT: the tuple was really changed. */
  srcNat: boolean;
  dstNat: boolean;
  /** IPS_SRC_NAT_DONE, IPS_DST_NAT_DONE: the nat table has been asked, whatever it said. */
  srcNatDone: boolean;
  dstNatDone: boolean;
  /** CONNMARK. */
  mark: number;
  tcp: TcpState | undefined;
  /** What the TCP tracker remembers beside the state; nobody else looks inside. */
  tcpMemory?: TcpMemory;
  /** UDP: virtual time in milliseconds from which an answered exchange counts as a stream (udp.stream_ts). */
  streamFrom?: number;
  /** The device of MASQUERADE: the entry dies with its address. */
  masqueradeDevice: string | undefined;
  /** Virtual time in milliseconds at which the entry is forgotten. */
  expiresAt: number;
}
