/**
 * Go's math/rand as `rand.New(rand.NewSource(seed))` gives it, so far as big.Int.Rand draws from it: the additive lagged
 * Fibonacci generator x[n] = x[n-607] + x[n-273] of Mitchell and Reeds (go1.19 src/math/rand/rng.go).
 */
import { START_VALUES } from './go-rand-values.js';

const LENGTH = 607;
const TAP = 273;
const INT32_MAX = 2 ** 31 - 1;
const DISCARDED = 20;

export class GoRand {
  readonly #state = new BigUint64Array(LENGTH);
  #tap = 0;
  #feed = LENGTH - TAP;

  /** `seed` is a non-negative integer below 2^53. */
  constructor(seed: number) {
    let x = seed % INT32_MAX || 89482311;
    const next = () => {
      x = (x * 48271) % INT32_MAX;
      return BigInt(x);
    };
    for (let i = 0; i < DISCARDED; i++) next();
    for (let i = 0; i < LENGTH; i++) {
      this.#state[i] = (next() << 40n) ^ (next() << 20n) ^ next() ^ START_VALUES[i]!;
    }
  }

  /** Rand.Uint32: bits 31 to 62 of the generator's word. */
  uint32(): number {
    this.#tap = (this.#tap || LENGTH) - 1;
    this.#feed = (this.#feed || LENGTH) - 1;
    // The typed array keeps the low 64 bits, as Go's int64 does.
    this.#state[this.#feed] = this.#state[this.#feed]! + this.#state[this.#tap]!;
    return Number((this.#state[this.#feed]! >> 31n) & 0xffffffffn);
  }

  /** big.Int.Rand on a 64-bit machine: a number from 0 to `limit` - 1, for a `limit` below 2^31. */
  below(limit: number): number {
    const mask = 2 ** (32 - Math.clz32(limit)) - 1;
    for (;;) {
      const low = this.uint32();
      this.uint32(); // The word's upper half: drawn, and masked away.
      const candidate = (low & mask) >>> 0;
      if (candidate < limit) return candidate;
    }
  }
}
