/**
 * Folds the events of one probe, in the order in which they happened, into its journey.
 *
 * An event names its namespace and the serial of its datagram; that is all it takes. A lab hands `record` to its
 * netfilters and stacks as their observer (or, for the real kernel, the events that it synthesised) and asks for the
 * journey when the probe is over. One event costs one comparison of serials and one push.
 */
import type { Packet } from '../net/packet.js';
import type { Origin, Originated, Received } from '../stack/events.js';
import type { Fate, Hop, Journey, Leg, Step } from './journey.js';
import type { Outcome, Probe } from './probe.js';

export class JourneyRecorder {
  readonly #legs = new Map<number, LegRecord>();
  readonly #probe: Probe;
  readonly #switches: ReadonlySet<string>;
  #latest: LegRecord | undefined;

  /** `switches` names the namespaces that are part of the physical network (blueprint kind `switch`). */
  constructor(probe: Probe, switches: ReadonlySet<string> = new Set()) {
    this.#probe = probe;
    this.#switches = switches;
  }

  /** An arrow, so that it can be handed out as an observer. */
  readonly record = (event: Step): void => {
    let leg = this.#latest;
    if (leg?.serial !== event.serial) {
      leg = this.#legs.get(event.serial) ?? this.#begin(event);
      if (leg === undefined) return;
      this.#latest = leg;
    }
    if (event.type === 'originated') leg.made(event, this.#roleOf(event));
    leg.add(event);
  };

  /** The journey so far; the recorder may go on. */
  finish(outcome: Outcome): Journey {
    return { probe: this.#probe, legs: [...this.#legs.values()], outcome };
  }

  /** ARP frames have serials too, and are no legs: what asks for a neighbour belongs to the datagram that waits for it. */
  #begin(event: Step): LegRecord | undefined {
    if (event.type === 'arp' || event.type === 'neighbour') return undefined;
    const leg = new LegRecord(event.serial, event.packet, this.#switches);
    this.#legs.set(event.serial, leg);
    return leg;
  }

  /**
   * Who wrote a datagram of a socket? The prober, unless it was made elsewhere, or answers what the prober just sent to
   * an address of its own.
   */
  #roleOf({ origin, cause, namespace }: Originated): Leg['role'] {
    if (origin === 'echo-reply') return 'reply';
    if (origin === 'icmp-error' || origin === 'tcp-reset') return 'error';
    if (origin === 'redirect') return 'redirect';
    if (namespace !== this.#probe.from) return 'reply';
    const asked = cause === undefined ? undefined : this.#legs.get(cause);
    const toItself = asked?.role === 'request' && asked.fate.kind === 'delivered' && asked.fate.namespace === namespace;
    return toItself ? 'reply' : 'request';
  }
}

class LegRecord implements Leg {
  readonly hops: HopRecord[] = [];
  role: Leg['role'] = 'request';
  origin: Origin = 'socket';
  cause: number | undefined = undefined;
  fate: Fate;
  readonly serial: number;
  readonly packet: Packet;
  readonly #switches: ReadonlySet<string>;
  #hop: HopRecord | undefined;
  #weight = -1;

  constructor(serial: number, packet: Packet, switches: ReadonlySet<string>) {
    this.serial = serial;
    this.packet = packet;
    this.#switches = switches;
    this.fate = { kind: 'vanished', namespace: '' };
  }

  add(event: Step): void {
    // Whom ARP merely asks has not been visited by the datagram that waits for the answer.
    if (event.type === 'arp' || event.type === 'neighbour') {
      this.#visitOf(event.namespace)?.steps.push(event);
      return;
    }
    let hop = this.#hop;
    if (event.type === 'received' && event.device !== 'lo') hop = this.#arrive(event);
    else if (hop?.namespace !== event.namespace) hop = this.#visitOf(event.namespace) ?? this.#enter(event.namespace);
    this.#hop = hop;
    hop.steps.push(event);
    switch (event.type) {
      case 'trace':
        return;
      case 'transmitted':
        if (event.device !== 'lo' && !hop.out.includes(event.device)) hop.out.push(event.device);
        return;
      default: {
        const fate = fateOf(event);
        if (fate) this.#seal(fate, hop.transparent ? 0 : WEIGHT[fate.kind]);
      }
    }
  }

  made({ origin, cause }: Originated, role: Leg['role']): void {
    this.origin = origin;
    this.cause = cause;
    this.role = role;
  }

  #seal(fate: Fate, weight: number): void {
    if (weight <= this.#weight) return;
    this.fate = fate;
    this.#weight = weight;
  }

  /**
   * A frame came in: a new visit, unless a bridge or a tunnel of the same visit hands it up (tcpdump sees a bridged frame
   * on the port and on the bridge).
   */
  #arrive(event: Received): HopRecord {
    const here = this.#visitOf(event.namespace);
    if (here?.steps.some((step) => handsUp(step, event.device))) return here;
    return this.#enter(event.namespace, event.device);
  }

  #visitOf(namespace: string): HopRecord | undefined {
    for (let index = this.hops.length - 1; index >= 0; index--) {
      const hop = this.hops[index]!;
      if (hop.namespace === namespace) return hop;
    }
    return undefined;
  }

  #enter(namespace: string, device?: string): HopRecord {
    const transparent = this.#switches.has(namespace);
    const hop: HopRecord = { namespace, transparent, in: device, out: [], steps: [] };
    this.hops.push(hop);
    if (!transparent && this.fate.kind === 'vanished') this.fate = { kind: 'vanished', namespace };
    return hop;
  }
}

interface HopRecord extends Hop {
  readonly out: string[];
  readonly steps: Step[];
}

function handsUp(step: Step, device: string): boolean {
  if (step.type === 'bridged') return step.bridge === device;
  return step.type === 'decapsulated' && step.device === device;
}

/**
 * Which end counts where a datagram had several, because a bridge flooded it: the one that says most, the first of
 * equals; what a switch says counts least.
 */
const WEIGHT: Readonly<Record<Fate['kind'], number>> = {
  vanished: 0,
  dropped: 1,
  rejected: 1,
  undetermined: 2,
  delivered: 3,
};

/** The fate that an event seals; undefined for all that only happen on the way. */
function fateOf(event: Step): Fate | undefined {
  const { namespace } = event;
  switch (event.type) {
    case 'delivered':
      return { kind: 'delivered', namespace, to: event.to };
    case 'verdict':
      if (event.verdict === 'DROP') return { kind: 'dropped', namespace, by: event };
      if (event.verdict === 'REJECT') return { kind: 'rejected', namespace, by: event, with: event.rejectWith ?? '' };
      return { kind: 'undetermined', namespace, by: event, reason: event.reason ?? 'not modelled' };
    case 'dropped':
      if (event.reason === 'not-for-this-host') return undefined;
      // Whoever gave up does not know how it would have ended.
      if (event.reason === 'not-modelled' || event.reason === 'loop')
        return { kind: 'undetermined', namespace, by: event, reason: event.detail };
      return { kind: 'dropped', namespace, by: event };
    case 'conntrack-drop':
      return { kind: 'dropped', namespace, by: event };
    default:
      return undefined;
  }
}
