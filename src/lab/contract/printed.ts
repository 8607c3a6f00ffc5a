/** What a command printed, without what no two runs share. */
import type { CommandResult } from '../lab.js';

const MASKS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^# (Generated|Completed).*\n/gm, ''],
  // conntrack -L: seconds to live, ephemeral ports, echo ids
  [/^(\w+ +\d+) \d+ /gm, '$1 * '],
  [/\b(sport|dport)=(3276[89]|327[7-9]\d|32[89]\d\d|3[3-9]\d{3}|[4-6]\d{4})\b/g, '$1=*'],
  [/\bid=\d+/g, 'id=*'],
  // ipset list: the seed of a hash
  [/\binitval 0x[0-9a-f]+/g, 'initval *'],
];

const CONNECTION = /^\w+ +\d+ \* /;

export function printed({ stdout, exitCode }: CommandResult): string[] {
  const text = MASKS.reduce((masked, [pattern, mask]) => masked.replace(pattern, mask), stdout);
  const lines = text.split('\n').filter((line) => line !== '');
  // The kernel lists connections in the order of their hashes, whose seed is random.
  if (lines.every((line) => CONNECTION.test(line))) lines.sort();
  return exitCode === 0 ? lines : [...lines, `exit ${exitCode}`];
}
