import type { Command } from '../../command.js';
import { NotSimulated } from '../../failures.js';
import { inputsOf } from '../../lines.js';
import { readOptions } from '../../options.js';

export const wc: Command = {
  names: ['wc'],
  models: 'coreutils 9.1',
  usage: ['wc -l [FILE]'],
  run(call) {
    const options = readOptions(call, { letters: { l: 'flag' }, long: { lines: 'l' } });
    if (!options.has('l') || options.operands.length > 1)
      throw new NotSimulated('only `wc -l` of one text is simulated');
    const { inputs, failed } = inputsOf(call, options.operands);
    for (const { file, text } of inputs) call.out(`${text.split('\n').length - 1}${file === '-' ? '' : ` ${file}`}\n`);
    return Number(failed);
  },
};
