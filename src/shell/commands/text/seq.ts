import type { Command } from '../../command.js';
import { NotSimulated } from '../../failures.js';

/** More lines than this are no list that anybody goes through. */
const MOST = 100_000;

export const seq: Command = {
  names: ['seq'],
  models: 'coreutils 9.1, for whole numbers',
  usage: ['seq [FIRST [INCREMENT]] LAST'],
  run({ args, out }) {
    if (args.length < 1 || args.length > 3 || !args.every((word) => /^-?[0-9]+$/.test(word)))
      throw new NotSimulated('`seq` takes one to three whole numbers');
    const numbers = args.map(Number);
    const last = numbers.at(-1)!;
    const first = numbers.length > 1 ? numbers[0]! : 1;
    const step = numbers.length > 2 ? numbers[1]! : 1;
    if (step === 0 || (last - first) / step > MOST)
      throw new NotSimulated(`more than ${MOST} numbers are not simulated`);
    for (let number = first; step > 0 ? number <= last : number >= last; number += step) out(`${number}\n`);
    return 0;
  },
};
