/** A namespace of nothing but netfilter, for the tests of this floor: packets pass its hooks as the stack would take them. */
import type { Packet } from '../net/packet.js';
import type { NetfilterEvent } from './events.js';
import { FakeHost, skbOf } from './fake-host.js';
import { IpSets } from './ipset/ip-sets.js';
import { Netfilter } from './netfilter.js';
import type { Verdict } from './rules/evaluate.js';
import { parseRestore } from './rules/parse-restore.js';
import type { Skb } from './skb.js';

/** A packet that has passed some hooks, and what the last one said. */
export interface Passed {
  readonly skb: Skb;
  readonly verdict: Verdict;
}

export class FakeNamespace {
  readonly host = new FakeHost();
  readonly events: NetfilterEvent[] = [];
  readonly netfilter = new Netfilter(this.host, (event) => this.events.push(event), new IpSets(() => this.host.now()));

  /** @param rules what iptables-restore takes, the tables' policies and COMMITs included */
  constructor(rules: string) {
    this.netfilter.load(parseRestore(rules));
  }

  /** PREROUTING, FORWARD, POSTROUTING. */
  forward(packet: Packet, from = 'ra', to = 'rb'): Passed {
    return this.#pass(skbOf(packet), (skb) => [
      () => this.netfilter.hook('PREROUTING', skb, from, ''),
      () => this.netfilter.hook('FORWARD', skb, from, to),
      () => this.netfilter.hook('POSTROUTING', skb, from, to),
    ]);
  }

  /** PREROUTING, INPUT. */
  deliver(packet: Packet, from = 'ra'): Passed {
    return this.#pass(skbOf(packet), (skb) => [
      () => this.netfilter.hook('PREROUTING', skb, from, ''),
      () => this.netfilter.hook('INPUT', skb, from, ''),
    ]);
  }

  /** OUTPUT, POSTROUTING; an answer that the kernel makes because of another packet names its cause. */
  send(packet: Packet, to = 'ra', cause?: Skb): Passed {
    const made = skbOf(packet);
    if (cause) this.netfilter.attach(made, cause);
    return this.#pass(made, (skb) => [
      () => this.netfilter.hook('OUTPUT', skb, '', to),
      () => this.netfilter.hook('POSTROUTING', skb, '', to),
    ]);
  }

  /** A packet to one of its own addresses: out by lo and in again with all that it has. */
  loop(packet: Packet): Passed {
    return this.#pass(skbOf(packet), (skb) => [
      () => this.netfilter.hook('OUTPUT', skb, '', 'lo'),
      () => this.netfilter.hook('POSTROUTING', skb, '', 'lo'),
      () => this.netfilter.hook('PREROUTING', skb, 'lo', ''),
      () => this.netfilter.hook('INPUT', skb, 'lo', ''),
    ]);
  }

  /** The tables that were asked about a packet, `nat PREROUTING` for instance, in order. */
  consulted({ skb }: Passed): string[] {
    const tables = this.events.flatMap((event) =>
      event.type === 'trace' && event.serial === skb.serial ? [`${event.table} ${event.pass.hook}`] : [],
    );
    return tables.filter((table, index) => table !== tables[index - 1]);
  }

  /** The events of one type about a packet. */
  said<T extends NetfilterEvent['type']>({ skb }: Passed, type: T): Extract<NetfilterEvent, { type: T }>[] {
    return this.events.filter(
      (event): event is Extract<NetfilterEvent, { type: T }> => event.type === type && event.serial === skb.serial,
    );
  }

  /** What connection tracking called a packet. */
  state(passed: Passed): string | undefined {
    return this.said(passed, 'tracked')[0]?.state;
  }

  #pass(skb: Skb, hooks: (skb: Skb) => readonly (() => Verdict)[]): Passed {
    for (const hook of hooks(skb)) {
      const verdict = hook();
      if (verdict !== 'ACCEPT') return { skb, verdict };
    }
    return { skb, verdict: 'ACCEPT' };
  }
}
