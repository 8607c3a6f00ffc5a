/** Where the simulator and the kernel part. */
import type { ConformanceCase } from './case.js';
import { type Observation, observe, openKernel, openSimulated } from './observe.js';

export interface Verdict {
  readonly kernel: readonly Observation[];
  readonly simulated: readonly Observation[];
  /** None where both labs say the same. */
  readonly differences: readonly Difference[];
}

export interface Difference {
  /** Of the observation in both lists. */
  readonly place: number;
  readonly asked: string;
  /** The first line that differs; '' where there is none. */
  readonly kernel: string;
  readonly simulated: string;
}

export async function compare(one: ConformanceCase): Promise<Verdict> {
  const [kernel, simulated] = await Promise.all([observe(one, openKernel), observe(one, openSimulated)]);
  return { kernel, simulated, differences: differencesOf(kernel, simulated) };
}

/** Did neither lab, or did both, refuse to build it? */
export function isBuilt({ kernel, simulated }: Verdict): boolean {
  return kernel[0]?.refused === undefined && simulated[0]?.refused === undefined;
}

export function differencesOf(kernel: readonly Observation[], simulated: readonly Observation[]): Difference[] {
  return Array.from({ length: Math.max(kernel.length, simulated.length) }, (_, place) => place).flatMap((place) => {
    const [wanted, got] = [kernel[place]?.lines ?? [], simulated[place]?.lines ?? []];
    const parted = Array.from({ length: Math.max(wanted.length, got.length) }, (_, line) => line).find(
      (line) => !agree(wanted[line], got[line]),
    );
    if (parted === undefined) return [];
    const asked = (kernel[place] ?? simulated[place])!.asked;
    return [{ place, asked, kernel: wanted[parted] ?? '', simulated: got[parted] ?? '' }];
  });
}

const VANISHED = /^ {2}vanished on (\S+)$/;
const ENDED = /^ {2}(?:dropped|rejected) on (\S+) by /;

/** The kernel swallows packets without a word; there the simulator may know who it was. */
function agree(kernel: string | undefined, simulated: string | undefined): boolean {
  if (kernel === simulated) return true;
  if (kernel === undefined || simulated === undefined) return false;
  const where = VANISHED.exec(kernel)?.[1];
  if (where !== undefined) return where === ENDED.exec(simulated)?.[1];
  // Of a datagram that came in and found nobody, nobody outside sees whether its connection came to be.
  return kernel.endsWith(' by no-socket') && kernel.replace('no-socket', 'conntrack-drop') === simulated;
}
