/** What connection tracking says of a packet, in the words of `-m conntrack` (nf_ct_get and xt_conntrack.c). */
import type { Connection } from '../conntrack/connection.js';
import type { Skb } from '../skb.js';

/** The connection of a tracked packet. */
export function connectionOf(skb: Skb): Connection | undefined {
  return skb.ct === undefined || skb.ct.untracked ? undefined : skb.ct.connection;
}

export type ConnectionState = 'INVALID' | 'NEW' | 'RELATED' | 'ESTABLISHED' | 'UNTRACKED';

/** A packet that conntrack has not seen counts as INVALID. */
export function stateOf(skb: Skb): ConnectionState {
  if (skb.ct === undefined) return 'INVALID';
  return skb.ct.untracked ? 'UNTRACKED' : skb.ct.info;
}
