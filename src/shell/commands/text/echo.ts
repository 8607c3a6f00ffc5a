import type { Command } from '../../command.js';
import { NotSimulated } from '../../failures.js';

export const echo: Command = {
  names: ['echo'],
  models: 'bash 5.2',
  usage: ['echo [-n] [WORD ...]'],
  builtin: true,
  run({ args, out }) {
    const words = [...args];
    let end = '\n';
    for (let [first] = words; first !== undefined && /^-[neE]+$/.test(first); [first] = words) {
      if (first.includes('e')) throw new NotSimulated('`echo -e` is not simulated');
      if (first.includes('n')) end = '';
      words.shift();
    }
    out(`${words.join(' ')}${end}`);
    return 0;
  },
};
