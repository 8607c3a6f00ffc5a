/** What ipset refuses, in its words. */
import { IPSET, type MistakeCode, NetfilterMistake } from '../mistake.js';
import { placeOf, type Word } from '../text/word.js';

export interface IpsetDetails {
  readonly because?: string;
  readonly suggestion?: string | undefined;
  readonly exitCode?: 1 | 2;
}

export function ipsetRefusal(
  at: Word | undefined,
  code: MistakeCode,
  says: string,
  { because, suggestion, exitCode = 1 }: IpsetDetails = {},
): NetfilterMistake {
  return new NetfilterMistake(code, says, { at: at && placeOf(at), because, suggestion, exitCode, speaker: IPSET });
}
