/**
 * `npm run conformance [-- --cases N --seed S --time SECONDS --case S:I --lanes N]`: the simulator against the kernel, on
 * cases made from a seed. Ends with 1 where they part, with 2 where an option cannot be read.
 */
import { release } from 'node:os';
import { parseArgs } from 'node:util';
import { kernelMissing } from '../kernel/requirements.js';
import { type RunOptions, run, type Tally } from './run.js';
import { contractCaseOf, scenarioOf } from './scenario.js';

const DEFAULT_CASES = 1000;
const DEFAULT_LANES = 12;

export async function main(args: readonly string[], now: () => number): Promise<number> {
  let options: RunOptions;
  try {
    options = readOptions(args, now);
  } catch (mistake) {
    console.error(`conformance: ${(mistake as Error).message}`);
    return 2;
  }
  const missing = kernelMissing();
  if (missing !== undefined) {
    console.log(`the simulator was not compared with the kernel: ${missing}`);
    return process.env['NETHERKIN_KERNEL'] === 'required' ? 1 : 0;
  }
  const { seed, first } = options;
  console.log(`conformance: seed ${seed}, Linux ${release()}`);
  const began = performance.now();
  const tally = await run(options, {
    progress(so) {
      if (process.stdout.isTTY) process.stdout.write(`\r${so.passed + so.failed} cases, ${so.failed} failed `);
    },
    found({ index, smallest, verdict }) {
      const origin = `${seed}:${index}`;
      console.log(`\n${scenarioOf(smallest, verdict, origin)}\n`);
      console.log(`As a case of the contract:\n\n${contractCaseOf(smallest)}\n`);
      console.log(`Again: npm run conformance -- --case ${origin}\n`);
    },
  });
  if (process.stdout.isTTY) process.stdout.write('\r');
  console.log(summary(tally, (performance.now() - began) / 1000, first));
  return tally.failed === 0 ? 0 : 1;
}

function summary({ passed, failed, packets, refused, unsteady }: Tally, seconds: number, first: number): string {
  const cases = passed + failed;
  const asides = [
    `${packets} packets`,
    `${refused} refused by both`,
    `${unsteady} unsteady on the kernel`,
    `${(cases / seconds).toFixed(1)} cases/s`,
    ...(first > 0 ? [`from case ${first}`] : []),
  ];
  return `${asides.join(', ')}\nconformance: ${passed} cases passed, ${failed} failed`;
}

function readOptions(args: readonly string[], now: () => number): RunOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      cases: { type: 'string' },
      seed: { type: 'string' },
      time: { type: 'string' },
      case: { type: 'string' },
      lanes: { type: 'string' },
    },
  });
  const lanes = number('lanes', values.lanes) ?? DEFAULT_LANES;
  if (values.case !== undefined) {
    const [, seed, index] = /^([0-9]+):([0-9]+)$/.exec(values.case) ?? [];
    if (index === undefined) throw new Error(`--case wants SEED:INDEX, and this is \`${values.case}\``);
    return { seed: Number(seed), first: Number(index), count: 1, time: undefined, lanes };
  }
  const seconds = number('time', values.time);
  const unlimited = seconds === undefined ? DEFAULT_CASES : Number.POSITIVE_INFINITY;
  return {
    seed: number('seed', values.seed) ?? now() % 1_000_000,
    first: 0,
    count: number('cases', values.cases) ?? unlimited,
    time: seconds === undefined ? undefined : seconds * 1000,
    lanes,
  };
}

function number(option: string, text: string | undefined): number | undefined {
  if (text === undefined || /^[0-9]+$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new Error(`--${option} wants a number, and this is \`${text}\``);
}
