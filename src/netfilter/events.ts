/**
 * What netfilter reports while packets pass: one event per trace point of the kernel (nf_tables_trace, ipt_do_table's
 * trace_packet) and one per thing that connection tracking and NAT do. Events are made once and never changed.
 */
import type { Packet } from '../net/packet.js';
import type { Connection, Direction } from './conntrack/connection.js';
import type { HookPass, TableName } from './hooks.js';
import type { Rule } from './rule.js';

interface About {
  readonly namespace: string;
  readonly serial: number;
  /** The packet as it was when this happened. */
  readonly packet: Packet;
  readonly mark: number;
}

/**
 * A trace point: a rule that matched, before its target acted; the end of a user chain; a policy.
 * `kind` and `number` are those of the kernel's TRACE line `table:chain:kind:number`: an unconditional rule whose target
 * is ACCEPT, DROP or RETURN is traced as `return` in a user chain and as `policy` in a built-in one.
 */
export interface TracePoint extends About {
  readonly type: 'trace';
  readonly pass: HookPass;
  readonly table: TableName;
  readonly chain: string;
  readonly kind: 'rule' | 'return' | 'policy';
  readonly number: number;
  /** The rule that matched; undefined at the end of a chain. */
  readonly rule: Rule | undefined;
}

/** A table said DROP, REJECT, or something that the engine does not know. ACCEPT needs no event: the packet goes on. */
export interface TableVerdict extends About {
  readonly type: 'verdict';
  readonly pass: HookPass;
  readonly verdict: 'DROP' | 'REJECT' | 'UNDETERMINED';
  readonly table: TableName;
  readonly chain: string;
  /** Number of the rule in its chain; undefined where the chain's policy decided. */
  readonly number: number | undefined;
  readonly rule: Rule | undefined;
  /** `icmp-port-unreachable`, `tcp-reset` ... for REJECT. */
  readonly rejectWith?: string;
  /** For UNDETERMINED: what is not modelled, in one sentence. */
  readonly reason?: string;
}

/** Connection tracking has looked at the packet (nf_conntrack_in). */
export interface Tracked extends About {
  readonly type: 'tracked';
  readonly pass: HookPass;
  readonly state: 'NEW' | 'ESTABLISHED' | 'RELATED' | 'INVALID' | 'UNTRACKED';
  readonly connection: Connection | undefined;
  readonly direction: Direction | undefined;
}

/** An address or port was rewritten: by a target of the nat table, or by the connection's own tuple for what follows. */
export interface Translated extends About {
  readonly type: 'translated';
  readonly pass: HookPass;
  /** Which side of the packet changed. */
  readonly side: 'source' | 'destination';
  /** SNAT and MASQUERADE are `snat`, DNAT and REDIRECT `dnat`; the reply's way back carries its original's name. */
  readonly nat: 'snat' | 'dnat';
  /** Did a rule do it now (true), or the connection's tuple (false)? */
  readonly first: boolean;
  /** MASQUERADE, SNAT, DNAT, REDIRECT: the target that set the translation up, where `first`. */
  readonly target: string | undefined;
  readonly before: Packet;
}

/** Connection tracking or NAT itself dropped the packet, for instance an un-NATed redirect (nf_nat_icmp_reply_translation). */
export interface ConntrackDrop extends About {
  readonly type: 'conntrack-drop';
  readonly pass: HookPass;
  readonly reason: string;
}

/** A LOG rule matched: the line that the kernel log would show. */
export interface Logged extends About {
  readonly type: 'logged';
  readonly pass: HookPass;
  readonly prefix: string;
}

export type NetfilterEvent = TracePoint | TableVerdict | Tracked | Translated | ConntrackDrop | Logged;

export type NetfilterObserver = (event: NetfilterEvent) => void;
