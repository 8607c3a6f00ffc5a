/** The shell's own commands about variables. */
import type { Command } from '../command.js';
import { NotSimulated } from '../failures.js';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export const exportCommand: Command = {
  names: ['export'],
  models: 'bash 5.2; no simulated program looks at its environment',
  usage: ['export NAME[=VALUE] ...'],
  builtin: true,
  run(call) {
    let exitCode = 0;
    for (const word of call.args) {
      if (word.startsWith('-')) throw new NotSimulated(`\`export ${word}\` is not simulated`);
      const [name = '', ...value] = word.split('=');
      if (!NAME.test(name)) {
        call.complain(`\`${word}': not a valid identifier`);
        exitCode = 1;
      } else if (word.includes('=')) call.variables.set(name, value.join('='));
    }
    return exitCode;
  },
};

export const unset: Command = {
  names: ['unset'],
  models: 'bash 5.2',
  usage: ['unset NAME ...'],
  builtin: true,
  run({ args, variables }) {
    for (const name of args) variables.unset(name);
    return 0;
  },
};
