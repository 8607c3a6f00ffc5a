import type { Command } from '../command.js';
import { NotSimulated } from '../failures.js';
import { readOptions } from '../options.js';

export const sh: Command = {
  names: ['bash', 'sh'],
  models: 'bash 5.2',
  usage: ['sh [-e] -c SCRIPT', 'sh [-e] [FILE]    (or a script on the standard input)'],
  run(call) {
    const options = readOptions(call, { letters: { c: 'flag', e: 'flag', u: 'flag' } });
    const [operand, ...parameters] = options.operands;
    if (parameters.length > 0) throw new NotSimulated('parameters of a script are not simulated');
    const errexit = options.has('e') ? ['-e'] : [];
    if (options.has('c')) {
      if (operand === undefined) throw new NotSimulated('-c: option requires an argument');
      return call.script(operand, errexit);
    }
    if (operand === undefined) return call.script(call.stdin, errexit);
    const read = call.files.read(call.ns, operand);
    if (read.ok) return call.script(read.value, errexit);
    call.err(`${call.name}: ${operand}: ${read.error}\n`);
    return 127;
  },
};
