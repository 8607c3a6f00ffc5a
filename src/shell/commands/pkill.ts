/** pkill(1) and killall(1), for what runs in the background. */
import type { Command } from '../command.js';
import { NotSimulated } from '../failures.js';

export const pkill: Command = {
  names: ['pkill', 'killall'],
  models: 'procps-ng 4.0.2 and psmisc 23.6',
  usage: ['pkill PROGRAM', 'killall PROGRAM ...'],
  run({ name, args, jobs, err }) {
    const option = args.find((word) => word.startsWith('-'));
    if (option !== undefined || args.length === 0 || (name === 'pkill' && args.length > 1))
      throw new NotSimulated(`only \`${name} PROGRAM\` is simulated`);
    let exitCode = 0;
    for (const program of args) {
      const found = jobs.running.filter((job) => job.program === program);
      for (const job of found) job.signal('TERM');
      if (found.length > 0) continue;
      exitCode = 1;
      if (name === 'killall') err(`${program}: no process found\n`);
    }
    return exitCode;
  },
};
