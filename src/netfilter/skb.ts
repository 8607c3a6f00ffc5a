/** A packet inside one namespace, with what the kernel keeps beside it (struct sk_buff). */
import type { Mac } from '../net/mac.js';
import type { Packet } from '../net/packet.js';
import type { Connection, Direction } from './conntrack/connection.js';

export interface Skb {
  /** Which datagram this is, on its whole way through the fabric (see net/packet.ts, EthernetHeader). */
  readonly serial: number;
  /** Replaced when a header field changes; never changed in place. */
  packet: Packet;
  /** skb->mark. Zero when the packet enters a namespace. Unsigned 32 bits. */
  mark: number;
  /** skb->nf_trace, set by the TRACE target. */
  traced: boolean;
  /** skb->_nfct: undefined before conntrack has seen the packet, and for ever where it is INVALID or tracking is off. */
  ct: Tracking | undefined;
  /** The frame that brought it here, for `MAC=` and `-m mac`; undefined for local packets. */
  readonly link: { readonly srcMac: Mac; readonly dstMac: Mac } | undefined;
  /** Where br_netfilter brought the packet through: the bridge port of entry, kept while the packet is in this namespace. */
  physIn: string;
  /** What the routing floor keeps here (skb->dst). Netfilter carries it and does not look inside. */
  route: unknown;
  /** NF_DROP_ERR(): the errno that the sender is told of a DROP, where it is not EPERM. The routing floor says it. */
  errno?: string;
}

/** skb->_nfct and its ctinfo. */
export type Tracking =
  | { readonly untracked: true }
  | {
      readonly untracked: false;
      readonly connection: Connection;
      readonly direction: Direction;
      /** IP_CT_NEW, IP_CT_ESTABLISHED (either direction) or IP_CT_RELATED (either direction). */
      readonly info: 'NEW' | 'ESTABLISHED' | 'RELATED';
    };
