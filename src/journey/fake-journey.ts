/** For tests: journeys written down event by event, and the network that they went through. */
import { ICMP_ECHO } from '../net/icmp.js';
import { ipv4, prefix } from '../net/ipv4.js';
import { ICMP, type Packet, TCP } from '../net/packet.js';
import type { Hook, HookPass, TableName } from '../netfilter/hooks.js';
import { IpSets } from '../netfilter/ipset/ip-sets.js';
import type { Rule, RuleSet } from '../netfilter/rule.js';
import { parseRestore } from '../netfilter/rules/parse-restore.js';
import type { DropReason, Origin, Routed } from '../stack/events.js';
import type { Scene } from './claims/scene.js';
import { JourneyRecorder } from './fold.js';
import type { Journey, Step } from './journey.js';
import type { Outcome, Probe } from './probe.js';

export function echo(src: string, dst: string, ttl = 64): Packet {
  const payload = { kind: 'icmp', type: ICMP_ECHO, code: 0, id: 635, seq: 1 } as const;
  return { src: ipv4(src), dst: ipv4(dst), protocol: ICMP, ttl, tos: 0, id: 4711, df: true, length: 84, payload };
}

export function syn(src: string, dst: string, dport: number): Packet {
  const payload = { kind: 'tcp', sport: 40000, dport, seq: 7, ack: 0, flags: 2, window: 64240, data: 0 } as const;
  return { src: ipv4(src), dst: ipv4(dst), protocol: TCP, ttl: 64, tos: 0, id: 4711, df: true, length: 60, payload };
}

/** Writes events as a lab would. Each method works on the datagram, in the namespace, that were named last. */
export class FakeJourney {
  readonly recorder: JourneyRecorder;
  readonly events: Step[] = [];
  readonly #rules: Readonly<Record<string, RuleSet>>;
  #serial = 0;
  #namespace = '';
  #packet: Packet;
  #mark = 0;
  #pass: HookPass = { hook: 'PREROUTING', in: '', out: '', physIn: '', physOut: '', bridged: false };

  constructor(
    readonly probe: Probe,
    rules: Readonly<Record<string, string>> = {},
    switches: readonly string[] = [],
  ) {
    this.recorder = new JourneyRecorder(probe, new Set(switches));
    this.#rules = Object.fromEntries(Object.entries(rules).map(([name, text]) => [name, parseRestore(text)]));
    this.#packet = echo('0.0.0.0', probe.to);
  }

  made(namespace: string, packet: Packet, origin: Origin = 'socket', cause?: number): this {
    this.#serial++;
    this.#packet = packet;
    return this.#at(namespace).#emit({ type: 'originated', at: 0, origin, cause });
  }

  received(namespace: string, device: string): this {
    const macs = { srcMac: '02:00:00:00:00:01', dstMac: '02:00:00:00:00:02' };
    this.#at(namespace).#pass = { ...this.#pass, in: device, out: '' };
    return this.#emit({ type: 'received', at: 0, device, ...macs });
  }

  routed(result: Routed['result'], to?: string, device?: string, via?: string): this {
    const details = {
      direction: 'input' as const,
      table: to === undefined ? undefined : 'main',
      destination: to === undefined ? undefined : prefix(to),
      via: via === undefined ? undefined : ipv4(via),
    };
    this.#pass = { ...this.#pass, out: device ?? '' };
    return this.#emit({ type: 'routed', at: 0, result, device, ...details });
  }

  /** Passes a table: `chain number` for each rule that matches, `chain return`, `chain policy`. */
  table(table: TableName, hook: Hook, points: string): this {
    this.#pass = { ...this.#pass, hook };
    for (const point of points.split(', ')) {
      const [chain, word] = point.split(' ') as [string, string];
      const kind = word === 'policy' || word === 'return' ? word : 'rule';
      const rules = this.#chain(table, chain);
      const number = kind === 'rule' ? Number(word) : rules.length + 1;
      const rule = kind === 'rule' ? rules[number - 1] : undefined;
      this.#emit({ type: 'trace', mark: this.#mark, pass: this.#pass, table, chain, kind, number, rule });
      this.#act(rule);
    }
    return this;
  }

  /** The rule (none: the policy) of the last trace point decides. */
  verdict(verdict: 'DROP' | 'REJECT' | 'UNDETERMINED', details: { rejectWith?: string; reason?: string } = {}): this {
    const last = this.events.at(-1)!;
    if (last.type !== 'trace') throw new Error('a verdict follows a trace point');
    const { table, chain, rule, kind, number } = last;
    const decided = { table, chain, rule, number: kind === 'rule' ? number : undefined };
    return this.#emit({ type: 'verdict', mark: this.#mark, pass: this.#pass, verdict, ...decided, ...details });
  }

  /** By a target or, without one, by the tuple of the connection, whose translation `nat` was. */
  translated(
    side: 'source' | 'destination',
    to: string,
    target?: string,
    nat: 'snat' | 'dnat' = side === 'source' ? 'snat' : 'dnat',
  ): this {
    const before = this.#packet;
    this.#packet = side === 'source' ? { ...before, src: ipv4(to) } : { ...before, dst: ipv4(to) };
    const details = { mark: this.#mark, pass: this.#pass, first: target !== undefined, target, before };
    return this.#emit({ type: 'translated', side, nat, ...details });
  }

  forwarded(): this {
    this.#packet = { ...this.#packet, ttl: this.#packet.ttl - 1 };
    return this;
  }

  sent(device: string, to?: string): this {
    const nextHop = to === undefined ? undefined : ipv4(to);
    return this.#emit({ type: 'transmitted', at: 0, device, nextHop, srcMac: undefined, dstMac: undefined });
  }

  bridged(bridge: string, from: string, to: readonly string[], up = false): this {
    return this.#emit({ type: 'bridged', at: 0, bridge, from, to, up });
  }

  delivered(to: string): this {
    return this.#emit({ type: 'delivered', at: 0, to });
  }

  dropped(reason: DropReason, detail: string): this {
    return this.#emit({ type: 'dropped', at: 0, reason, detail });
  }

  /** Goes on with an earlier datagram in another namespace. */
  again(serial: number, namespace: string): this {
    this.#serial = serial;
    this.#namespace = namespace;
    return this;
  }

  ends(outcome: Outcome): Journey {
    return this.recorder.finish(outcome);
  }

  #at(namespace: string): this {
    this.#namespace = namespace;
    this.#mark = 0;
    this.#pass = { ...this.#pass, in: '', out: '' };
    return this;
  }

  #chain(table: TableName, chain: string): readonly Rule[] {
    return this.#rules[this.#namespace]?.get(table)?.chains.get(chain)?.rules ?? [];
  }

  #act(rule: Rule | undefined): void {
    const [, value, mask] = /--set-xmark (0x[0-9a-f]+)\/(0x[0-9a-f]+)/.exec(rule?.text ?? '') ?? [];
    if (value !== undefined) this.#mark = ((this.#mark & ~Number(mask)) ^ Number(value)) >>> 0;
  }

  #emit(details: Record<string, unknown>): this {
    const about = { namespace: this.#namespace, serial: this.#serial, packet: this.#packet };
    const event = { ...about, ...details } as unknown as Step;
    this.events.push(event);
    this.recorder.record(event);
    return this;
  }
}

/** A network that only knows what it is told. */
export class FakeScene implements Scene {
  readonly endpoints: readonly string[];
  readonly #rules: ReadonlyMap<string, RuleSet>;

  constructor(
    /** Address and, for workloads, interface by name. */
    readonly hosts: Readonly<Record<string, { readonly address: string; readonly interface?: string }>>,
    rules: Readonly<Record<string, string>> = {},
  ) {
    this.endpoints = Object.keys(hosts);
    this.#rules = new Map(Object.entries(rules).map(([name, text]) => [name, parseRestore(text)]));
  }

  namespaces = async () => this.endpoints;
  namespaceOf = async (name: string) => (name in this.hosts ? name : undefined);
  addressesOf = async (name: string) => (name in this.hosts ? [ipv4(this.hosts[name]!.address)] : []);
  ownerOf = (address: number) => this.endpoints.find((name) => ipv4(this.hosts[name]!.address) === address);
  interfaceOf = (workload: string) => this.hosts[workload]?.interface;
  devices = async () => ['lo', 'ens33', 'cali1', 'tunl0'];
  rules = async (namespace: string) => this.#rules.get(namespace) ?? new Map();
  originOf = (_namespace: string, _table: TableName, chain: string) =>
    chain.startsWith('cali') ? `Felix, chain ${chain}` : undefined;
  sets = async () => new IpSets(() => 0);
}
