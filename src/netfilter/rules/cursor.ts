/** A place in a chain that hands out the rules worth trying, in their order. */
import type { Chain, Evaluation } from '../rule.js';
import { type ChainIndex, indexOf } from './chain-index.js';

export interface Cursor {
  /** Number, from 0, of the next rule that may match the packet; the number of rules where there is none. */
  next(evaluation: Evaluation): number;
}

export function cursorOver(chain: Chain): Cursor {
  const index = indexOf(chain);
  return index === undefined ? new LinearCursor() : new IndexedCursor(index);
}

/** For the test of the index, and to measure what it saves. */
export function linearCursor(): Cursor {
  return new LinearCursor();
}

/** Tries every rule. */
class LinearCursor implements Cursor {
  #next = 0;

  next(): number {
    return this.#next++;
  }
}

/**
 * Merges the lists of candidates that the index has for the packet. Where a rule changes what the index looked at (the
 * mark, the connection, a set), the lists are looked up again, from the next rule on.
 */
class IndexedCursor implements Cursor {
  #next = 0;
  #lists: (readonly number[])[] = [];
  #heads: number[] = [];
  #sought = false;
  #mark = 0;
  #connection: unknown;
  #generation = 0;

  constructor(readonly index: ChainIndex) {}

  next(evaluation: Evaluation): number {
    if (!this.#sought || this.#isStale(evaluation)) this.#seek(evaluation);
    const lists = this.#lists;
    const heads = this.#heads;
    let least = this.index.length;
    let from = -1;
    for (let at = 0; at < lists.length; at++) {
      const candidate = lists[at]![heads[at]!];
      if (candidate !== undefined && candidate < least) [least, from] = [candidate, at];
    }
    if (from >= 0) heads[from]!++;
    this.#next = least + 1;
    return least;
  }

  #isStale({ skb, sets }: Evaluation): boolean {
    const { watchesMark, watchesConnection, watchesSets } = this.index;
    return (
      (watchesMark && skb.mark !== this.#mark) ||
      (watchesConnection && skb.ct !== this.#connection) ||
      (watchesSets && sets.generation !== this.#generation)
    );
  }

  #seek(evaluation: Evaluation): void {
    this.#lists = this.index.candidates(evaluation);
    this.#heads = this.#lists.map((list) => firstFrom(list, this.#next));
    this.#sought = true;
    this.#mark = evaluation.skb.mark;
    this.#connection = evaluation.skb.ct;
    this.#generation = evaluation.sets.generation;
  }
}

/** Where in the ascending list the first number stands that is at least `least`. */
function firstFrom(list: readonly number[], least: number): number {
  if (least === 0) return 0;
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
