/** What matches and targets ask of connection tracking and NAT. */
import type { Ipv4 } from '../../net/ipv4.js';
import type { HookPass } from '../hooks.js';
import type { Skb } from '../skb.js';

/** struct nf_nat_range2. */
export interface NatRange {
  /** Inclusive. Undefined: keep the address. */
  readonly addresses: { readonly min: Ipv4; readonly max: Ipv4 } | undefined;
  /** Inclusive. Undefined: keep the port if it is free. For ICMP the query's id. */
  readonly ports: { readonly min: number; readonly max: number } | undefined;
  readonly random: boolean;
  readonly randomFully: boolean;
  readonly persistent: boolean;
}

export interface ConntrackNat {
  /**
   * nf_nat_setup_info(): binds the packet's connection to an address (and port) of the range that makes its tuple unique.
   * The packet itself is rewritten when its table is done. `target` names who asked, for the event.
   */
  setup(skb: Skb, pass: HookPass, side: 'source' | 'destination', range: NatRange, target: string): 'ACCEPT' | 'DROP';
  /** CT --notrack: the packet is UNTRACKED from here on. */
  untrack(skb: Skb): void;
}
