import type { Command } from '../../command.js';
import { inputsOf, joinLines, linesOf } from '../../lines.js';
import { readOptions } from '../../options.js';

export const sort: Command = {
  names: ['sort'],
  models: 'coreutils 9.1 with LC_ALL=C',
  usage: ['sort [-nru] [FILE ...]'],
  run(call) {
    const options = readOptions(call, { letters: { n: 'flag', r: 'flag', u: 'flag' } });
    const { inputs, failed } = inputsOf(call, options.operands);
    if (failed) return 2;
    const key = (line: string) => Number(/^\s*(-?[0-9]+)/.exec(line)?.[1] ?? 0);
    const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
    const compare = options.has('n')
      ? (a: string, b: string) => key(a) - key(b) || (options.has('u') ? 0 : byBytes(a, b))
      : byBytes;
    const lines = inputs.flatMap(({ text }) => linesOf(text)).sort(compare);
    const kept = options.has('u')
      ? lines.filter((line, index) => index === 0 || compare(line, lines[index - 1]!) !== 0)
      : lines;
    call.out(joinLines(options.has('r') ? kept.reverse() : kept));
    return 0;
  },
};
