import type { Command } from '../../command.js';
import { inputsOf } from '../../lines.js';
import { readOptions } from '../../options.js';

export const cat: Command = {
  names: ['cat'],
  models: 'coreutils 9.1',
  usage: ['cat [FILE ...]'],
  run(call) {
    const { operands } = readOptions(call, { letters: {} });
    const { inputs, failed } = inputsOf(call, operands);
    for (const { text } of inputs) if (text !== '') call.out(text);
    return Number(failed);
  },
};
