/** What netfilter asks of the namespace that it works in. The stack answers; netfilter knows no routing. */
import type { Ipv4 } from '../net/ipv4.js';
import type { HookPass } from './hooks.js';
import type { Skb } from './skb.js';

/** The kernel's address types (rtnetlink.h RTN_*), in the spelling of xt_addrtype. */
export type AddressType =
  | 'UNSPEC'
  | 'UNICAST'
  | 'LOCAL'
  | 'BROADCAST'
  | 'ANYCAST'
  | 'MULTICAST'
  | 'BLACKHOLE'
  | 'UNREACHABLE'
  | 'PROHIBIT'
  | 'THROW'
  | 'NAT'
  | 'XRESOLVE';

export interface NetfilterHost {
  /** The namespace's name, for events. */
  readonly namespace: string;
  /** Virtual time in milliseconds. */
  now(): number;
  /** A seeded number in [0, 1). */
  random(): number;
  /** inet_addr_type(), or inet_dev_addr_type() when a device is named. */
  addressType(address: Ipv4, device?: string): AddressType;
  /** First address of a device (REDIRECT); undefined where it has none. */
  primaryAddress(device: string): Ipv4 | undefined;
  /** inet_select_addr(device, next hop of the packet, RT_SCOPE_UNIVERSE), as MASQUERADE asks. */
  masqueradeAddress(skb: Skb, device: string): Ipv4 | undefined;
  /** Would a reply to this packet leave by the device it came in on (xt_rpfilter)? */
  reversePathOk(skb: Skb, device: string, options: ReversePathOptions): boolean;
  /** ip_route_me_harder(): routes a local packet anew after its destination or mark changed. False where there is no route. */
  reroute(skb: Skb): boolean;
  /** icmp_send() for REJECT and for dropped packets. The error's serial, or undefined where none may be sent. */
  sendIcmpError(skb: Skb, pass: HookPass, type: number, code: number): number | undefined;
  /** nf_send_reset(). The RST's serial, or undefined where none may be sent. */
  sendTcpReset(skb: Skb, pass: HookPass): number | undefined;
}

export interface ReversePathOptions {
  readonly loose: boolean;
  readonly validMark: boolean;
  readonly acceptLocal: boolean;
}
