import type { Call, Command } from '../../command.js';
import { NotSimulated } from '../../failures.js';
import { inputsOf, joinLines, linesOf } from '../../lines.js';
import { readOptions } from '../../options.js';

export const head: Command = {
  names: ['head'],
  models: 'coreutils 9.1',
  usage: ['head [-n COUNT | -COUNT] [FILE]'],
  run: (call) =>
    cut(call, (lines, count, sign) =>
      sign === '-' ? lines.slice(0, Math.max(0, lines.length - count)) : lines.slice(0, count),
    ),
};

export const tail: Command = {
  names: ['tail'],
  models: 'coreutils 9.1',
  usage: ['tail [-n COUNT | -n +FIRST | -COUNT] [FILE]'],
  run: (call) =>
    cut(call, (lines, count, sign) =>
      sign === '+' ? lines.slice(Math.max(0, count - 1)) : lines.slice(Math.max(0, lines.length - count)),
    ),
};

function cut(call: Call, take: (lines: string[], count: number, sign: string) => string[]): number {
  const args = call.args.map((word) => word.replace(/^-([0-9]+)$/, '-n$1'));
  const options = readOptions({ name: call.name, args }, { letters: { n: 'value' }, long: { lines: 'n' } });
  const [, sign, digits] = /^([-+]?)([0-9]+)$/.exec(options.value('n') ?? '10') ?? [];
  if (digits === undefined) throw new NotSimulated(`\`${options.value('n')}\` is no number of lines`);
  if (options.operands.length > 1) throw new NotSimulated(`${call.name} of several files is not simulated`);
  const { inputs, failed } = inputsOf(call, options.operands);
  for (const { text } of inputs) {
    const taken = joinLines(take(linesOf(text), Number(digits), sign ?? ''));
    if (taken !== '') call.out(taken);
  }
  return Number(failed);
}
