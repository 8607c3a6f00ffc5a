/** What the kernel refuses when iptables hands it a table: the tool prints errno's text, and iptables-restore only a line number. */
import { IPTABLES_RESTORE, KERNEL, type MistakeCode, NetfilterMistake } from '../mistake.js';
import { placeOf, type Word } from '../text/word.js';

export interface KernelDetails {
  readonly because?: string | undefined;
  readonly suggestion?: string | undefined;
}

export const EINVAL = "Invalid argument. Run `dmesg' for more information.";
export const ENOENT = 'No chain/target/match by that name.';

/** `errno` is the text that iptables prints for it; `at` the word to blame, if there was a text. */
export function kernelRefusal(
  at: Word | undefined,
  code: MistakeCode,
  errno: string,
  { because, suggestion }: KernelDetails = {},
): NetfilterMistake {
  const line = at?.line;
  if (line?.speaker !== IPTABLES_RESTORE) {
    return new NetfilterMistake(code, errno, {
      at: at && placeOf(at),
      because,
      suggestion,
      exitCode: 1,
      speaker: KERNEL,
    });
  }
  return new NetfilterMistake(code, `line ${line.number} failed`, {
    at: at && placeOf(at),
    because: because ?? errno,
    suggestion,
    exitCode: 1,
    speaker: 'iptables-restore',
  });
}
