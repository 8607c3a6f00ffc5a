/** One way of a datagram through one namespace, told as events. */
import type { Step } from '../../journey/journey.js';
import type { Ipv4 } from '../../net/ipv4.js';
import type { Packet } from '../../net/packet.js';
import type { Hook, HookPass } from '../../netfilter/hooks.js';
import { askedFor } from './arp-story.js';
import { type Drop, ROUTE_ERRORS, receiverOf, refusalOf, unwanted } from './endings.js';
import type { Facts } from './facts.js';
import type { SeenLeg } from './legs.js';
import type { Passage } from './passages.js';
import type { RouteAnswer } from './route-query.js';
import type { FrameSeen } from './sightings.js';
import type { TraceLine } from './trace-log.js';
import { translations, withDestinationOf } from './translations.js';

export class PassageTeller {
  readonly #steps: Step[] = [];
  readonly #device: string | undefined;
  #packet: Packet;
  #mark = 0;
  #at: number;
  #route: RouteAnswer | undefined;

  constructor(
    private readonly leg: SeenLeg,
    private readonly passage: Passage,
    private readonly legs: readonly SeenLeg[],
    private readonly facts: Facts,
    private readonly start: bigint,
  ) {
    const { in: frame, lines, out, up } = passage;
    this.#device = up?.device ?? frame?.device;
    this.#packet = (frame ?? lines[0] ?? out[0] ?? leg).packet;
    this.#at = this.#time(frame ?? out[0]);
  }

  async tell(): Promise<readonly Step[]> {
    const { in: frame, up, lines, out, namespace } = this.passage;
    if (frame) this.#received(frame);
    else this.#originated();
    const bridge = frame && this.facts.bridgeOf(namespace, frame.device);
    if (frame?.forOthers && !bridge) return this.#notForThisHost(frame);
    const before = lines.filter(({ pass }) => pass.hook === 'PREROUTING');
    const after = lines.slice(before.length);
    this.#traced(before);
    if (out.length === 0 && after.length === 0 && this.#decided(before)) return this.#steps;
    if (bridge) this.#bridged(bridge, frame);
    const switched = bridge !== undefined && !up;
    if (frame?.device === 'lo') this.#route = LOOPED;
    else if (!switched) await this.#routed(frame ? 'input' : 'output', (after[0] ?? out[0])?.packet);
    this.#traced(after);
    if (out.length > 0) return switched ? this.#steps : await this.#left(after);
    if (!this.#decided(lines) && !switched) await this.#ended();
    return this.#steps;
  }

  #received({ device, packet, srcMac, dstMac }: FrameSeen): void {
    const link = device === 'lo' ? { srcMac: undefined, dstMac: undefined } : { srcMac, dstMac };
    this.#steps.push({ type: 'received', ...this.#about(), packet, device, ...link });
  }

  #notForThisHost({ packet, dstMac, device }: FrameSeen): readonly Step[] {
    const detail = `the frame is for ${dstMac}, not for ${device}`;
    this.#steps.push({ type: 'dropped', ...this.#about(), packet, reason: 'not-for-this-host', detail });
    return this.#steps;
  }

  #originated(): void {
    const { origin, cause, packet } = this.leg;
    this.#steps.push({ type: 'originated', ...this.#about(), packet, origin, cause: cause?.serial });
  }

  #bridged(bridge: string, { device: from }: FrameSeen): void {
    const { up, out, namespace } = this.passage;
    const to = up
      ? []
      : out.map(({ device }) => device).filter((one) => this.facts.bridgeOf(namespace, one) === bridge);
    this.#steps.push({
      type: 'bridged',
      ...this.#about(),
      packet: this.#packet,
      bridge,
      from,
      to,
      up: up !== undefined,
    });
  }

  #traced(lines: readonly TraceLine[]): void {
    for (const [index, line] of lines.entries()) {
      const { pass, table, chain, kind, number, packet, mark } = line;
      this.#translated(packet, lines[index - 1]?.pass ?? pass);
      this.#mark = mark;
      const rule = this.facts.rulesOf(this.passage.namespace)?.rule(line);
      const point = { pass, table, chain, kind, number, packet, mark, rule };
      this.#steps.push({ type: 'trace', namespace: this.passage.namespace, serial: this.leg.serial, ...point });
    }
  }

  /** What NAT did shows in the next sight of the packet. */
  #translated(packet: Packet, near: HookPass): void {
    const before = this.#packet;
    this.#packet = packet;
    for (const { side, nat } of translations(before, packet, this.leg.original)) {
      const hook = this.#natHook(side, near.hook);
      const target = this.#natTarget(hook);
      this.#steps.push({
        type: 'translated',
        namespace: this.passage.namespace,
        serial: this.leg.serial,
        packet,
        mark: this.#mark,
        pass: { ...near, hook },
        side,
        // What a rule sets up bears the rule's name; what undoes it, its original's.
        nat: target === undefined ? nat : side === 'source' ? 'snat' : 'dnat',
        first: target !== undefined,
        target,
        before,
      });
    }
  }

  #natHook(side: 'source' | 'destination', near: Hook): Hook {
    if (side === 'destination') return this.passage.in ? 'PREROUTING' : 'OUTPUT';
    return near === 'INPUT' ? 'INPUT' : 'POSTROUTING';
  }

  /** The nat table is consulted by the first packet of a connection only; its last rule at the hook set the translation up. */
  #natTarget(hook: Hook): string | undefined {
    const line = this.passage.lines.findLast(
      ({ table, pass, kind }) => table === 'nat' && pass.hook === hook && kind === 'rule',
    );
    return line && this.facts.rulesOf(this.passage.namespace)?.target(line);
  }

  async #routed(direction: 'input' | 'output' | 'reroute', next: Packet | undefined): Promise<void> {
    const { namespace } = this.passage;
    const packet = next === undefined ? this.#packet : withDestinationOf(this.#packet, next);
    if (direction === 'input') this.#translated(packet, this.#pass('PREROUTING', ''));
    const device = direction === 'input' ? this.#device : undefined;
    const answer = await this.facts.route(namespace, packet, this.#mark, device);
    this.#route = answer;
    const about = { type: 'routed', ...this.#about(), packet: this.#packet, direction } as const;
    if (answer.kind === 'error') {
      const result = ROUTE_ERRORS[answer.errno];
      if (result === undefined) return;
      this.#steps.push({
        ...about,
        result,
        table: undefined,
        destination: undefined,
        device: undefined,
        via: undefined,
      });
      return;
    }
    const result = answer.kind === 'unicast' && direction === 'input' ? 'forward' : answer.kind;
    const { table, destination, via } = answer;
    this.#steps.push({ ...about, result, table, destination, device: answer.device, via });
  }

  async #left(after: readonly TraceLine[]): Promise<readonly Step[]> {
    const { out, namespace } = this.passage;
    const devices = out.map(({ device }) => device);
    for (const { device, packet, srcMac, dstMac, at } of out) {
      const bridge = this.facts.bridgeOf(namespace, device);
      if (bridge !== undefined && devices.includes(bridge)) continue;
      if (!this.passage.in && this.#routedElsewhere(device)) await this.#routed('reroute', packet);
      this.#translated(packet, after.at(-1)?.pass ?? this.#pass('POSTROUTING', device));
      if (device === 'lo') {
        const nowhere = { nextHop: undefined, srcMac: undefined, dstMac: undefined };
        this.#steps.push({ type: 'transmitted', ...this.#about(), packet, device, ...nowhere });
        continue;
      }
      const via = this.#route && 'via' in this.#route ? this.#route.via : undefined;
      const nextHop = via ?? packet.dst;
      this.#waited(device, nextHop, at);
      this.#at = this.#time({ at });
      this.#steps.push({ type: 'transmitted', ...this.#about(), packet, device, nextHop, srcMac, dstMac });
    }
    return this.#steps;
  }

  #routedElsewhere(device: string): boolean {
    return this.#route !== undefined && this.#route.kind !== 'error' && this.#route.device !== device;
  }

  /** Did the datagram wait for its next hop in vain? */
  #waited(device: string, nextHop: Ipv4, until?: bigint): boolean {
    const span = {
      namespace: this.passage.namespace,
      device,
      address: nextHop,
      since: this.passage.in?.at ?? 0n,
      until,
    };
    const asked = askedFor(this.facts.arps, span);
    for (const { at, outcome, mac } of asked) {
      const { namespace } = this.passage;
      const about = { namespace, serial: this.leg.serial, at: this.#time({ at }) };
      this.#steps.push({ type: 'neighbour', ...about, device, address: nextHop, outcome, mac });
    }
    return asked.at(-1)?.outcome === 'failed';
  }

  /** Did the last rule or policy end it? */
  #decided(lines: readonly TraceLine[]): boolean {
    const line = lines.at(-1);
    const rules = this.facts.rulesOf(this.passage.namespace);
    const ending = line && rules?.ending(line);
    if (!ending) return false;
    const { pass, table, chain } = line;
    const about = {
      namespace: this.passage.namespace,
      serial: this.leg.serial,
      packet: this.#packet,
      mark: this.#mark,
    };
    this.#steps.push({ type: 'verdict', ...about, pass, table, chain, rule: rules?.rule(line), ...ending });
    return true;
  }

  async #ended(): Promise<void> {
    const { in: frame, namespace } = this.passage;
    const [device, route, packet] = [this.#device, this.#route, this.#packet];
    const about = { ...this.#about(), packet };
    const answers = this.legs.filter(({ cause }) => cause === this.leg);
    const last = { namespace, leg: this.leg, answers, packet, device, route };
    const waited = route?.kind === 'unicast' && this.#waited(route.device, route.via ?? packet.dst);
    const drop = waited ? NEIGHBOUR_FAILED : await refusalOf(last, this.facts);
    if (drop) this.#steps.push({ type: 'dropped', ...about, ...drop });
    if (drop || !frame || route?.kind !== 'local' || !this.#cameIn()) return;
    const nobody = await unwanted(last, this.facts);
    if (nobody) this.#steps.push({ type: 'dropped', ...about, ...nobody });
    else this.#steps.push({ type: 'delivered', ...about, to: receiverOf(packet) });
  }

  /** Where a table shows all that comes in and has not shown it, what the nat table did led it elsewhere. */
  #cameIn(): boolean {
    const { lines, namespace } = this.passage;
    return !this.facts.rulesOf(namespace)?.shows('INPUT') || lines.some(({ pass }) => pass.hook === 'INPUT');
  }

  #pass(hook: Hook, out: string): HookPass {
    return { hook, in: this.#device ?? '', out, physIn: '', physOut: '', bridged: false };
  }

  #about() {
    return { namespace: this.passage.namespace, at: this.#at, serial: this.leg.serial };
  }

  /** Milliseconds since the probe began. */
  #time(frame: { readonly at: bigint } | undefined): number {
    return frame === undefined ? 0 : Number(frame.at - this.start) / 1e6;
  }
}

const NEIGHBOUR_FAILED: Drop = { reason: 'neighbour-failed', detail: 'nobody answered for the next hop' };

/** What came back by lo was routed when it left. */
const LOOPED: RouteAnswer = {
  kind: 'local',
  table: 'local',
  destination: { address: 0, length: 0 },
  device: 'lo',
  via: undefined,
};
