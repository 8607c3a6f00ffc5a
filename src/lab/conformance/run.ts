/** Case after case on both labs, several at a time, until enough have been seen. */
import type { ConformanceCase } from './case.js';
import { compare, isBuilt, type Verdict } from './compare.js';
import { generate } from './generate/generate.js';
import { shrink } from './shrink.js';

export interface RunOptions {
  readonly seed: number;
  /** Indices of the cases: `first` to `first + count - 1`. */
  readonly first: number;
  readonly count: number;
  /** Stops beginning new cases after so many milliseconds. */
  readonly time: number | undefined;
  /** Cases under way at once: most of a case is waiting for silence. */
  readonly lanes: number;
}

export interface Tally {
  passed: number;
  failed: number;
  /** Datagrams that the kernel moved, answers and errors among them. */
  packets: number;
  /** Cases that both labs refuse to build. */
  refused: number;
  /** Cases in which the kernel said something else the second time. */
  unsteady: number;
}

export interface Found {
  readonly index: number;
  readonly smallest: ConformanceCase;
  readonly verdict: Verdict;
}

export interface RunObserver {
  /** After each case. */
  progress(tally: Tally): void;
  /** A difference, shrunk. */
  found(difference: Found): void;
}

export async function run(options: RunOptions, observer: RunObserver): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0, packets: 0, refused: 0, unsteady: 0 };
  const { seed, first, count, time = Number.POSITIVE_INFINITY, lanes } = options;
  const began = performance.now();
  let next = first;
  const mayBegin = () => next < first + count && performance.now() - began < time;
  const lane = async () => {
    while (mayBegin()) {
      const index = next++;
      const one = generate(seed, index);
      const verdict = await steadily(one, tally);
      tally.packets += packetsOf(verdict);
      if (verdict.differences.length === 0) tally.passed++;
      else {
        tally.failed++;
        observer.found({ index, ...(await shrunk(one, verdict)) });
      }
      if (verdict.kernel[0]?.refused !== undefined && verdict.differences.length === 0) tally.refused++;
      observer.progress(tally);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return tally;
}

/** How often a difference must show before it is believed: the simulator always says the same, a busy kernel may not. */
const TRIES = 3;

async function steadily(one: ConformanceCase, tally: Tally): Promise<Verdict> {
  for (let tries = 1; ; tries++) {
    const verdict = await compare(one);
    if (verdict.differences.length > 0 && tries < TRIES) continue;
    if (verdict.differences.length === 0 && tries > 1) tally.unsteady++;
    return verdict;
  }
}

async function shrunk(one: ConformanceCase, first: Verdict): Promise<Omit<Found, 'index'>> {
  let verdict = first;
  const smallest = await shrink(one, async (candidate) => {
    const again = await compare(candidate);
    const still = again.differences.length > 0 && isBuilt(again) === isBuilt(first);
    if (still) verdict = again;
    return still;
  });
  return { smallest, verdict };
}

function packetsOf({ kernel }: Verdict): number {
  return kernel.reduce((sum, { journey }) => sum + (journey?.legs.length ?? 0), 0);
}
