/** What iptables prints for a mistake, after the first line that netfilter words (xtables_exit_error). */
import type { NetfilterMistake } from '../../../netfilter/mistake.js';
import { CommandFailure } from '../../failures.js';

export function iptablesFailure({ stderr, exitCode }: NetfilterMistake): CommandFailure {
  const ending = exitCode === 2 ? "Try `iptables -h' or 'iptables --help' for more information.\n" : '';
  const hint = exitCode === 3 ? 'Perhaps iptables or your kernel needs to be upgraded.\n' : '';
  return new CommandFailure(`${stderr}\n${hint}${ending}`, exitCode);
}

/** iptables-restore says in which line it happened, where it has not said so already. */
export function restoreFailure({ stderr, exitCode, at }: NetfilterMistake): CommandFailure {
  if (exitCode !== 2 || at === undefined) return new CommandFailure(`${stderr}\n`, exitCode);
  const where = `Error occurred at line: ${at.line}\nTry \`iptables-restore -h' or 'iptables-restore --help' for more information.\n`;
  return new CommandFailure(`${stderr}\n${where}`, exitCode);
}
