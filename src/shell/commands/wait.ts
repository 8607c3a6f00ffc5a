/** The shell's `wait`: lets time pass until what runs in the background has ended. */
import type { Call, Command } from '../command.js';
import { NotSimulated } from '../failures.js';
import type { Job } from '../jobs.js';
import { jobOf } from './kill.js';

const NO_CHILD = 127;

export const wait: Command = {
  names: ['wait'],
  models: 'bash 5.2',
  usage: ['wait [PID|%JOB] ...'],
  builtin: true,
  run(call) {
    if (call.args.length === 0) {
      for (const job of call.jobs.running) waitFor(call, job);
      return 0;
    }
    let exitCode = 0;
    for (const word of call.args) {
      const job = jobOf(call, word);
      if (job) exitCode = waitFor(call, job);
      else {
        call.complain(word.startsWith('%') ? `${word}: no such job` : `pid ${word} is not a child of this shell`);
        exitCode = NO_CHILD;
      }
    }
    return exitCode;
  },
};

/** Whatever is to happen has happened once the network is at rest. */
function waitFor({ network: { fabric } }: Call, job: Job): number {
  fabric?.clock.settle();
  if (job.exitCode !== undefined) return job.exitCode;
  throw new NotSimulated(`${job.program} would run for ever, and nothing else happens meanwhile: end it with \`kill\``);
}
