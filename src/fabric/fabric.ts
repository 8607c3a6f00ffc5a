/**
 * Namespaces joined by veth pairs, on one virtual clock. The fabric carries frames from one end of a cable to the other
 * and gives every datagram its serial; what a frame means is the namespaces' business.
 */
import type { Frame } from '../net/packet.js';
import { createNamespace } from '../stack/create.js';
import type { Device } from '../stack/device.js';
import type { Namespace } from '../stack/namespace.js';
import { EventQueue } from './event-queue.js';
import { seededRandom } from './random.js';

export type Observer = Namespace['observe'];

/**
 * How many frames one probe may set in motion. A forwarding loop ends by its TTL long before; a loop of bridges without
 * a spanning tree never would.
 */
export const FRAME_BUDGET = 20_000;

export interface CableEnd {
  readonly ns: Namespace;
  readonly device: Device;
}

export class Fabric {
  readonly clock = new EventQueue();
  readonly namespaces = new Map<string, Namespace>();
  #observer: Observer = () => {};
  #serial = 0;
  #frames = 0;
  readonly #random: () => number;
  readonly #otherEnds = new WeakMap<Device, CableEnd>();

  constructor(seed = 1) {
    this.#random = seededRandom(seed);
  }

  /** Everything that happens from now on is reported here. Returns whom it was reported to before. */
  observe(observer: Observer): Observer {
    const before = this.#observer;
    this.#observer = observer;
    return before;
  }

  /** A new probe has the whole frame budget. */
  resetBudget(): void {
    this.#frames = 0;
  }

  addNamespace(name: string): Namespace {
    const ns = createNamespace(name, {
      clock: this.clock,
      observe: (event) => this.#observer(event),
      random: this.#random,
      nextSerial: () => ++this.#serial,
    });
    this.namespaces.set(name, ns);
    return ns;
  }

  /** One direction of a cable: what `from` sends, `to` receives. */
  lead(from: CableEnd, to: CableEnd): void {
    this.#otherEnds.set(from.device, to);
    from.device.hasCarrier = () => to.device.up;
    from.device.transmit = (frame) => {
      if (!from.device.operational || !this.#withinBudget(from.ns, frame)) return;
      this.clock.after(0, () => to.ns.receive(to.device, frame));
    };
  }

  /** What is at the other end of the cable that is plugged into this device. */
  otherEnd(device: Device): CableEnd | undefined {
    return this.#otherEnds.get(device);
  }

  #withinBudget(ns: Namespace, frame: Frame): boolean {
    this.#frames += 1;
    if (this.#frames <= FRAME_BUDGET) return true;
    if (frame.kind === 'ipv4' && this.#frames === FRAME_BUDGET + 1) {
      this.#observer({
        type: 'dropped',
        namespace: ns.name,
        at: this.clock.now,
        serial: frame.serial,
        packet: frame.packet,
        reason: 'loop',
        detail: `this probe set more than ${FRAME_BUDGET} frames in motion: the network has a loop`,
      });
    }
    return false;
  }
}
