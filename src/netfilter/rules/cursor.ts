/** A place in a chain that hands out the rules worth trying, in order. */
import type { Chain, Evaluation } from '../rule.js';

export interface Cursor {
  /** Index of the next rule that may match the packet; the number of rules where there is none. */
  next(evaluation: Evaluation): number;
}

/** Tries every rule. */
class LinearCursor implements Cursor {
  #next = 0;

  next(): number {
    return this.#next++;
  }
}

export function cursorOver(_chain: Chain): Cursor {
  return new LinearCursor();
}
