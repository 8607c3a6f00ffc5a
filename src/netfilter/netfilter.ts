/**
 * Netfilter of one namespace: what sits on the five hooks, in the order of its priorities (see the picture in hooks.ts).
 * A table that is not loaded is not on any hook; connection tracking and NAT are there only while a rule needs them.
 */
import { Conntrack } from './conntrack/conntrack.js';
import { needsConntrack } from './conntrack/needed.js';
import type { NetfilterObserver } from './events.js';
import type { Hook, HookPass, TableName } from './hooks.js';
import type { NetfilterHost } from './host.js';
import type { SetStore } from './ipset/store.js';
import { Nat } from './nat/nat.js';
import type { Evaluation, RuleSet } from './rule.js';
import { evaluate, type Verdict } from './rules/evaluate.js';
import type { Skb } from './skb.js';
import { RecentStore } from './xt/recent-store.js';

type Station = TableName | 'conntrack' | 'confirm';

/** Everything that can sit on a hook, by priority. */
const STATIONS: Readonly<Record<Hook, readonly Station[]>> = {
  PREROUTING: ['raw', 'conntrack', 'mangle', 'nat'],
  INPUT: ['mangle', 'filter', 'security', 'nat', 'confirm'],
  FORWARD: ['mangle', 'filter', 'security'],
  OUTPUT: ['raw', 'conntrack', 'mangle', 'nat', 'filter', 'security'],
  POSTROUTING: ['mangle', 'nat', 'confirm'],
};

/** Where br_netfilter brought a packet through; nothing for a packet that is routed and came in by no bridge port. */
export type Bridging = Pick<HookPass, 'physIn' | 'physOut' | 'bridged'>;

const NOT_BRIDGED: Bridging = { physIn: '', physOut: '', bridged: false };

function routedFrom(physIn: string): Bridging {
  return { physIn, physOut: '', bridged: false };
}

export class Netfilter {
  readonly conntrack: Conntrack;
  readonly #nat: Nat;
  readonly #recent = new RecentStore();
  #ruleSet: RuleSet = new Map();
  #stations: Readonly<Record<Hook, readonly Station[]>> = stationsOf(this.#ruleSet);

  constructor(
    private readonly host: NetfilterHost,
    private readonly observe: NetfilterObserver | undefined,
    readonly sets: SetStore,
  ) {
    this.conntrack = new Conntrack(host, observe);
    this.#nat = new Nat(this.conntrack, host, observe);
  }

  /** The tables in force. Who changes one of them calls `load` again: a rule may switch connection tracking on or off. */
  get ruleSet(): RuleSet {
    return this.#ruleSet;
  }

  /** Puts these tables in force, in place of all others. Connections stay. */
  load(ruleSet: RuleSet): void {
    this.#ruleSet = ruleSet;
    this.#stations = stationsOf(ruleSet);
  }

  /**
   * Takes a packet through a hook (nf_hook). The packet, its mark and its connection may be changed.
   * STOLEN: a REJECT has answered it. DROP: it is gone silently. UNDETERMINED: it met something that is not modelled;
   * the event names it. Whatever is not ACCEPT ends the packet's way here, and has been reported, except for a DROP
   * because `host.reroute` found no route: that one the host knows itself.
   * @param inDevice incoming device, '' where there is none; `outDevice` likewise
   * @param bridging for br_netfilter; without it the port by which a routed packet came in is the one noted on the packet
   */
  hook(hook: Hook, skb: Skb, inDevice: string, outDevice: string, bridging?: Bridging): Verdict {
    const stations = this.#stations[hook];
    if (stations.length === 0) return 'ACCEPT';
    const { physIn, physOut, bridged } = bridging ?? (skb.physIn === '' ? NOT_BRIDGED : routedFrom(skb.physIn));
    const pass: HookPass = { hook, in: inDevice, out: outDevice, physIn, physOut, bridged };
    const seen = skb.ct !== undefined;
    for (const station of stations) {
      const verdict = this.#visit(station, skb, pass, seen);
      if (verdict !== 'ACCEPT') return verdict;
    }
    return 'ACCEPT';
  }

  /** nf_ct_attach(): to be called for an ICMP error or a RST that the host makes because of `cause`, before its OUTPUT. */
  attach(made: Skb, cause: Skb): void {
    this.conntrack.attach(made, cause);
  }

  #visit(station: Station, skb: Skb, pass: HookPass, seen: boolean): Verdict {
    switch (station) {
      case 'conntrack':
        this.conntrack.track(skb, pass, seen);
        return 'ACCEPT';
      case 'confirm':
        return this.conntrack.confirm(skb, pass);
      case 'nat':
        return this.#translate(skb, pass);
      case 'mangle':
        return pass.hook === 'OUTPUT' ? this.#mangleOutput(skb, pass) : this.#consult('mangle', skb, pass);
      default:
        return this.#consult(station, skb, pass);
    }
  }

  #consult(table: TableName, skb: Skb, pass: HookPass): Verdict {
    const evaluation: Evaluation = {
      skb,
      pass,
      table,
      host: this.host,
      sets: this.sets,
      recent: this.#recent,
      conntrack: this.#nat,
      log: (prefix) => this.#log(skb, pass, prefix),
    };
    return evaluate(this.#ruleSet.get(table)!, evaluation, this.observe);
  }

  #log({ serial, packet, mark }: Skb, pass: HookPass, prefix: string): void {
    this.observe?.({ type: 'logged', namespace: this.host.namespace, serial, packet, mark, pass, prefix });
  }

  /** ipt_mangle_out(): a local packet whose mark or TOS mangle has changed is routed anew. The later tables still see the old device. */
  #mangleOutput(skb: Skb, pass: HookPass): Verdict {
    const { packet, mark } = skb;
    const verdict = this.#consult('mangle', skb, pass);
    if (verdict !== 'ACCEPT') return verdict;
    const changed = skb.mark !== mark || skb.packet.tos !== packet.tos;
    return changed && !this.host.reroute(skb) ? 'DROP' : 'ACCEPT';
  }

  /** nf_nat_ipv4_fn() and, in OUTPUT, nf_nat_ipv4_local_fn(). */
  #translate(skb: Skb, pass: HookPass): Verdict {
    if (this.#nat.consults(skb, pass.hook)) {
      const asked = this.#ruleSet.get('nat')?.chains.has(pass.hook);
      const verdict = asked ? this.#consult('nat', skb, pass) : 'ACCEPT';
      if (verdict !== 'ACCEPT') return verdict;
      this.#nat.bindNull(skb, pass.hook);
    }
    const verdict = this.#nat.translate(skb, pass);
    if (verdict !== 'ACCEPT' || pass.hook !== 'OUTPUT' || !this.#nat.redirects(skb)) return verdict;
    return this.host.reroute(skb) ? 'ACCEPT' : 'DROP';
  }
}

/**
 * What is registered at each hook. NAT without connection tracking would never have a connection to look at; with it,
 * NAT sits on all its hooks, whichever chains the table has (nf_nat_register_fn).
 */
function stationsOf(ruleSet: RuleSet): Readonly<Record<Hook, readonly Station[]>> {
  const tracking = needsConntrack(ruleSet);
  const at = (hook: Hook): readonly Station[] =>
    STATIONS[hook].filter((station) => {
      if (station === 'conntrack' || station === 'confirm') return tracking;
      if (station === 'nat') return tracking && ruleSet.has('nat');
      return ruleSet.get(station)?.chains.has(hook) ?? false;
    });
  return {
    PREROUTING: at('PREROUTING'),
    INPUT: at('INPUT'),
    FORWARD: at('FORWARD'),
    OUTPUT: at('OUTPUT'),
    POSTROUTING: at('POSTROUTING'),
  };
}
