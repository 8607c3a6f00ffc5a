/** kill(1) as the shell's own, for what runs in the background. */
import type { Call, Command } from '../command.js';
import { CommandFailure, NotSimulated } from '../failures.js';
import { type Job, SIGNALS, type Signal } from '../jobs.js';

const USAGE = 'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n';

export const kill: Command = {
  names: ['kill'],
  models: 'bash 5.2',
  usage: ['kill [-TERM|-INT|-HUP|-QUIT|-KILL|-s SIGNAL|-n NUMBER] {PID|%JOB} ...'],
  builtin: true,
  run(call) {
    const { signal, targets } = readArguments(call);
    if (targets.length === 0) throw new CommandFailure(USAGE, 2);
    let failed = 0;
    for (const target of targets) {
      const job = jobOf(call, target);
      if (job?.running) job.signal(signal);
      else {
        failed += 1;
        call.complain(complaintAbout(target));
      }
    }
    return failed === targets.length ? 1 : 0;
  },
};

function complaintAbout(target: string): string {
  if (target.startsWith('%')) return `${target}: no such job`;
  if (/^[0-9]+$/.test(target)) return `(${target}) - No such process`;
  return `${target}: arguments must be process or job IDs`;
}

/** The background program that a word stands for: `%1`, or its process id. */
export function jobOf({ jobs }: Call, target: string): Job | undefined {
  if (target.startsWith('%')) return jobs.bySpec(target);
  return /^[0-9]+$/.test(target) ? jobs.byPid(Number(target)) : undefined;
}

function readArguments({ args }: Call): { readonly signal: Signal; readonly targets: readonly string[] } {
  const [first = '', second = ''] = args;
  if (first === '-s' || first === '-n') return { signal: readSignal(second), targets: args.slice(2) };
  if (first === '--') return { signal: 'TERM', targets: args.slice(1) };
  if (first.startsWith('-')) return { signal: readSignal(first.slice(1)), targets: args.slice(1) };
  return { signal: 'TERM', targets: args };
}

function readSignal(word: string): Signal {
  const name = word.toUpperCase().replace(/^SIG/, '');
  const found = Object.entries(SIGNALS).find(([key, number]) => key === name || String(number) === word);
  if (found) return found[0] as Signal;
  throw new NotSimulated(`the signal \`${word}\` is not simulated; there are ${Object.keys(SIGNALS).join(', ')}`);
}
