/** One entry of the ARP cache (struct neighbour). */
import type { Mac } from '../net/mac.js';
import type { Skb } from '../netfilter/skb.js';
import type { Timer } from './clock.js';

/** NUD states, as `ip neigh` prints them. */
export type NeighbourState = 'INCOMPLETE' | 'REACHABLE' | 'STALE' | 'DELAY' | 'PROBE' | 'FAILED' | 'PERMANENT';

export interface Waiting {
  readonly skb: Skb;
  /** Sends it on, to the station that has become known. */
  readonly send: (mac: Mac) => void;
}

export interface NeighbourEntry {
  state: NeighbourState;
  mac: Mac | undefined;
  /** Virtual time at which the neighbour last proved to be there. */
  confirmedAt: number;
  /** Virtual time at which its state or station last changed. */
  updatedAt: number;
  /** Requests sent since the last answer. */
  probes: number;
  /** Datagrams that wait for the answer, with what to do with them then. */
  readonly queue: Waiting[];
  timer: Timer | undefined;
}
