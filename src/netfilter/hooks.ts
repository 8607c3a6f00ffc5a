/**
 * The five hooks and the tables that sit on them, in the order of their priorities (linux/netfilter_ipv4.h).
 *
 *                     raw       -300  ─┐
 *                     conntrack -200   │          raw       -300
 *   device ─▶ PREROUTING mangle -150   ├─▶ route  conntrack -200
 *                     nat(DNAT) -100  ─┘   │  │   mangle -150, nat(DNAT) -100, filter 0, security 50
 *                                          │  │   OUTPUT ◀── route ◀── local process
 *              INPUT ◀─────────────────────┘  │     │
 *              mangle -150, filter 0,         ▼     │
 *              security 50, nat(SNAT) 100   FORWARD │
 *              confirm                      mangle -150, filter 0, security 50
 *                │                            │     │
 *                ▼                            ▼     ▼
 *           local process                  POSTROUTING ─▶ device
 *                                          mangle -150, nat(SNAT) 100, confirm
 */

export type Hook = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING';

export type TableName = 'raw' | 'mangle' | 'nat' | 'filter' | 'security';

/** The order in which a hook consults the tables: that of their priorities. */
export const TABLES: readonly TableName[] = ['raw', 'mangle', 'nat', 'filter', 'security'];

/** The built-in chains of each table, in the order in which iptables lists them. */
export const BUILTIN_CHAINS: Readonly<Record<TableName, readonly Hook[]>> = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  security: ['INPUT', 'FORWARD', 'OUTPUT'],
};

/**
 * One traversal of one hook by one packet (struct nf_hook_state). It stays as it is for the whole traversal: after a
 * re-route in OUTPUT the later tables still see the old outgoing device.
 */
export interface HookPass {
  readonly hook: Hook;
  /** Incoming device, '' where there is none. */
  readonly in: string;
  /** Outgoing device, '' where there is none. */
  readonly out: string;
  /** Bridge ports, where br_netfilter brought the packet here; '' otherwise. */
  readonly physIn: string;
  readonly physOut: string;
  /** Is the bridge itself calling (br_netfilter), so that the packet is switched and not routed? */
  readonly bridged: boolean;
}
