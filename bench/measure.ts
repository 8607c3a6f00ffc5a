/** Timing for benchmarks. Figures of one machine mean little: what is reported are ratios measured in one run. */

export interface Measurement {
  /** Nanoseconds for one call, the median of several batches. */
  readonly nanoseconds: number;
  /** Growth of the heap in bytes over all calls, after collection; NaN without --expose-gc. */
  readonly heap: number;
}

const BATCHES = 7;
const BATCH_NANOSECONDS = 200_000_000n;

/** Calls `action` until the clock says enough, in batches; the first batch only warms up. */
export function measure(action: () => void): Measurement {
  const before = heapUsed();
  const times: number[] = [];
  let calls = 1;
  for (let batch = 0; batch <= BATCHES; batch += 1) {
    let taken = 0n;
    let done = 0;
    while (taken < BATCH_NANOSECONDS) {
      const start = process.hrtime.bigint();
      for (let call = 0; call < calls; call += 1) action();
      taken += process.hrtime.bigint() - start;
      done += calls;
      if (taken < BATCH_NANOSECONDS / 10n) calls *= 2;
    }
    if (batch > 0) times.push(Number(taken) / done);
  }
  times.sort((a, b) => a - b);
  return { nanoseconds: times[Math.floor(times.length / 2)]!, heap: heapUsed() - before };
}

export function heapUsed(): number {
  if (!globalThis.gc) return Number.NaN;
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** `12,345`. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}
