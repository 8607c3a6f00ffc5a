/** The virtual clock of a fabric: what happens next, in order, and nothing in between. */
import type { Clock, Timer } from '../stack/clock.js';

interface Event {
  readonly at: number;
  /** Order of asking, for equal times. */
  readonly order: number;
  action: (() => void) | undefined;
}

const CANCELLED_AT_ONCE: Timer = { cancel() {} };

export class EventQueue implements Clock {
  #now = 0;
  #order = 0;
  /** What happens at once, in order: frames, mostly. A ring would save the shifting; a head index does as well. */
  #soon: Event[] = [];
  #head = 0;
  /** What happens later: a binary heap by time, then order. */
  readonly #later: Event[] = [];

  get now(): number {
    return this.#now;
  }

  after(delay: number, action: () => void): Timer {
    const event: Event = { at: this.#now + delay, order: this.#order++, action };
    if (delay > 0) {
      this.#push(event);
      return {
        cancel() {
          event.action = undefined;
        },
      };
    }
    this.#soon.push(event);
    return CANCELLED_AT_ONCE;
  }

  /** Runs what happens until `deadline` or until `done` says so; then the time is the last event's, or the deadline's. */
  run(deadline: number, done: () => boolean = () => false): void {
    while (!done()) {
      const event = this.#next(deadline);
      if (!event) {
        this.#now = Math.max(this.#now, deadline);
        return;
      }
      this.#now = Math.max(this.#now, event.at);
      event.action?.();
    }
  }

  /** Runs what happens without any time passing. */
  settle(): void {
    for (let event = this.#next(this.#now); event; event = this.#next(this.#now)) event.action?.();
  }

  #next(deadline: number): Event | undefined {
    const soon = this.#soon[this.#head];
    const later = this.#later[0];
    if (soon && !(later && later.at <= this.#now && later.order < soon.order)) {
      this.#head += 1;
      if (this.#head > 1024 && this.#head * 2 > this.#soon.length) {
        this.#soon = this.#soon.slice(this.#head);
        this.#head = 0;
      }
      return soon;
    }
    return later && later.at <= deadline ? this.#pop() : undefined;
  }

  #push(event: Event): void {
    const heap = this.#later;
    let at = heap.push(event) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(event, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = event;
  }

  #pop(): Event {
    const heap = this.#later;
    const top = heap[0]!;
    const last = heap.pop()!;
    if (heap.length > 0) {
      let at = 0;
      for (;;) {
        let child = at * 2 + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1;
        if (!before(heap[child]!, last)) break;
        heap[at] = heap[child]!;
        at = child;
      }
      heap[at] = last;
    }
    return top;
  }
}

function before(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
