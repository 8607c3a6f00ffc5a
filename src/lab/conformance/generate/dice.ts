/** Choices from a seed: the same seed makes the same case, on every machine. */
import { seededRandom } from '../../../fabric/random.js';

/** Spreads neighbouring numbers of one run over the whole range of seeds (Knuth's multiplicative hash). */
const SPREAD = 2_654_435_761;

export class Dice {
  readonly #next: () => number;

  constructor(seed: number, index: number) {
    this.#next = seededRandom((Math.imul(seed, SPREAD) ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0);
  }

  /** 0 to `below` - 1. */
  int(below: number): number {
    return Math.floor(this.#next() * below);
  }

  /** `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + this.int(most - least + 1);
  }

  chance(probability: number): boolean {
    return this.#next() < probability;
  }

  pick<T>(from: readonly T[]): T {
    if (from.length === 0) throw new RangeError('nothing to choose from');
    return from[this.int(from.length)]!;
  }

  /** One of the values, each as often as its weight says. */
  weighted<T>(from: readonly (readonly [weight: number, value: T])[]): T {
    let at = this.#next() * from.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of from) {
      at -= weight;
      if (at < 0) return value;
    }
    return from.at(-1)![1];
  }

  /** Each with the same probability, in their order. */
  some<T>(from: readonly T[], probability: number): T[] {
    return from.filter(() => this.chance(probability));
  }

  times<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index));
  }

  /** `! ` once in a while. */
  not(probability = 0.2): string {
    return this.chance(probability) ? '! ' : '';
  }
}
