/** Rules, chains and tables as data, in the shape that iptables gives them (struct ipt_entry, xt_table). */
import type { Prefix } from '../net/ipv4.js';
import type { ConntrackNat } from './conntrack/service.js';
import type { Hook, HookPass, TableName } from './hooks.js';
import type { NetfilterHost } from './host.js';
import type { SetStore } from './ipset/store.js';
import type { Skb } from './skb.js';
import type { RecentStore } from './xt/recent-store.js';

/** Everything that a match or a target may look at while one packet passes one table at one hook. */
export interface Evaluation {
  readonly skb: Skb;
  readonly pass: HookPass;
  readonly table: TableName;
  readonly host: NetfilterHost;
  readonly sets: SetStore;
  /** The address lists of `-m recent`. */
  readonly recent: RecentStore;
  readonly conntrack: ConntrackNat;
  /** For LOG: hands the line's prefix to whoever observes. */
  log(prefix: string): void;
}

/** The conditions that every rule can have without `-m` (struct ipt_ip). Undefined: not asked. */
export interface Selector {
  readonly source: Negatable<PrefixMask> | undefined;
  readonly destination: Negatable<PrefixMask> | undefined;
  /** Interface name, with a trailing `+` for "begins with". */
  readonly in: Negatable<string> | undefined;
  readonly out: Negatable<string> | undefined;
  /** IANA protocol number, never 0. */
  readonly protocol: Negatable<number> | undefined;
  /** `-f`: second and further fragments. */
  readonly fragment: Negatable<true> | undefined;
}

/** An address with a mask that need not be contiguous; `length` is set where it is. */
export interface PrefixMask {
  readonly address: Prefix['address'];
  readonly mask: number;
}

export interface Negatable<T> {
  readonly value: T;
  readonly negated: boolean;
}

/** One `-m extension ...` of a rule. Made by the extension's file in xt/. */
export interface Match {
  /** `conntrack`, `set`, `multiport` ... */
  readonly extension: string;
  /** As iptables-save prints it: `-m conntrack --ctstate INVALID`. */
  readonly text: string;
  /**
   * Does the packet fulfil it? `'unknown'` where the engine does not model this match: the rule's verdict is undetermined.
   * `'hotdrop'` where the match itself drops the packet (xt_action_param.hotdrop).
   */
  test(evaluation: Evaluation): boolean | 'unknown' | 'hotdrop';
  /** For a person: what was wanted and what the packet has. `-o cali+ wanted, the packet leaves by ens33`. */
  explain(evaluation: Evaluation): string;
  /** As `iptables -L -n` prints it: `ctstate INVALID`. */
  readonly listing: string;
  /** As `iptables -L` prints it, where that is something else: `tcp dpt:http`. */
  readonly named?: string;
  /**
   * For a match whose `test` changes something (a counter, a list, a token bucket): what it would say, changing nothing;
   * `'unknown'` where that cannot be known. A match without it can be tested any number of times.
   */
  peek?(evaluation: Evaluation): boolean | 'unknown';
  /** What a packet must have for the match to be true, for the index of a long chain. */
  readonly guard?: Guard;
  readonly placement?: Placement;
  /** Does its presence make the kernel track connections in this namespace (nf_ct_netns_get)? */
  readonly tracks?: boolean;
  /** Forgets what the match has counted, as the kernel does for every rule of a table when any of them is edited. */
  reset?(): void;
}

/**
 * A necessary condition in a form that can be looked up: the rule can match only packets whose value, in this family, is
 * `value`. Rules whose guards are of one family are found by one look into a hash.
 */
export interface Guard {
  readonly family: GuardFamily;
  readonly value: number | string;
}

export interface GuardFamily {
  /** `source/24`, `mark/0xff`: families with the same name compute the same. */
  readonly name: string;
  /** How much it tells rules apart; the strongest guard of a rule is used. */
  readonly strength: number;
  /** What can change its value while the packet is in one chain. */
  readonly watches: 'nothing' | 'mark' | 'connection' | 'sets';
  valueOf(evaluation: Evaluation): number | string;
}

/** Where the kernel allows an extension (struct xt_match and xt_target: table, hooks, proto). Undefined: anywhere. */
export interface Placement {
  readonly tables?: readonly TableName[];
  readonly hooks?: readonly Hook[];
  /** The rule must select one of these protocols with `-p`. */
  readonly protocols?: readonly number[];
  /** The rule must select TCP segments with SYN (TCPMSS). */
  readonly synOnly?: true;
}

/** What happens to a packet that fulfils all conditions. */
export type Target =
  | { readonly kind: 'none' }
  | { readonly kind: 'verdict'; readonly verdict: 'ACCEPT' | 'DROP' | 'RETURN' | 'QUEUE' }
  | { readonly kind: 'jump'; readonly chain: string }
  | { readonly kind: 'goto'; readonly chain: string }
  | ExtensionTarget;

/** A target with a file of its own in xt/: MARK, REJECT, MASQUERADE ... */
export interface ExtensionTarget {
  readonly kind: 'extension';
  readonly name: string;
  /** As iptables-save prints it, without `-j NAME`: `--set-xmark 0x0/0xf0000`; '' where it has no options. */
  readonly text: string;
  act(evaluation: Evaluation): TargetResult;
  /** As `iptables -L -n` prints its options: `reject-with icmp-port-unreachable`. */
  readonly listing: string;
  /** As `iptables -L` prints them, where that is something else: `LOG level warn`. */
  readonly named?: string;
  /** The name that `iptables -L` prints, where it is not the one that was given: CT for NOTRACK. */
  readonly listedAs?: string;
  readonly placement?: Placement;
  /** Does its presence make the kernel track connections in this namespace? */
  readonly tracks?: boolean;
}

/** XT_CONTINUE, or the end of the table for this packet. */
export type TargetResult =
  | { readonly verdict: 'CONTINUE' | 'ACCEPT' | 'DROP' }
  | { readonly verdict: 'REJECT'; readonly rejectWith: string }
  | { readonly verdict: 'UNDETERMINED'; readonly reason: string };

export interface Rule {
  readonly selector: Selector;
  readonly matches: readonly Match[];
  readonly target: Target;
  /** The rule as iptables-save prints it after `-A CHAIN `. */
  readonly text: string;
  packets: number;
  bytes: number;
}

export interface Chain {
  readonly name: string;
  /** ACCEPT or DROP for a built-in chain, undefined for a user chain. */
  policy: 'ACCEPT' | 'DROP' | undefined;
  /** Counters of the policy. */
  packets: number;
  bytes: number;
  /** Never changed in place: an edit (rules/edit.ts) puts a new chain into the table, so that what is known of the old one stays true. */
  readonly rules: readonly Rule[];
}

export interface Table {
  readonly name: TableName;
  /** By name; built-in chains first, in their order, then user chains in the order of strcmp. */
  readonly chains: Map<string, Chain>;
}

/** The tables that are loaded in a namespace. A table that is absent has no trace points. */
export type RuleSet = Map<TableName, Table>;
