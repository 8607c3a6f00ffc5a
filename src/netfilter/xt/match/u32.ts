/** `-m u32`: arithmetic on the octets of the packet (xt_u32.c). Read and printed; packets have no octets here, so not answered. */
import { refusal, type Word } from '../../text/word.js';
import type { MatchExtension } from '../extension.js';
import { hex, parseUnsigned } from '../values.js';

export const u32: MatchExtension = {
  name: 'u32',
  options: [{ name: 'u32', takes: 1, negatable: true, mandatory: true }],
  build(options) {
    const { negated, values } = options.get('u32')!;
    const text = `${negated ? '! ' : ''}--u32 "${canonical(values[0]!)}"`;
    return {
      extension: 'u32',
      text: `-m u32 ${text}`,
      listing: `u32 ${text.replace('--u32 ', '')}`,
      test: () => 'unknown',
      explain: () => `\`-m u32 ${text}\` is not modelled`,
    };
  },
};

/** All numbers in hexadecimal, no blanks. */
function canonical(word: Word): string {
  let at = 0;
  const { text } = word;
  const number = () => {
    skipBlanks();
    const [digits] = /^(0x[0-9a-f]+|[0-9]+)/i.exec(text.slice(at)) ?? [];
    const value = digits === undefined ? undefined : parseUnsigned(digits);
    if (value === undefined) {
      throw refusal(word, 'bad-argument', `u32: at char ${at}: not a number or out of range`);
    }
    at += digits!.length;
    return hex(value);
  };
  const skipBlanks = () => {
    while (text[at] === ' ') at++;
  };
  const operator = (...candidates: string[]) => {
    skipBlanks();
    const found = candidates.find((candidate) => text.startsWith(candidate, at));
    at += found?.length ?? 0;
    return found;
  };
  const tests: string[] = [];
  do {
    let location = number();
    for (;;) {
      const sign = operator('=', '>>', '<<', '@', '&');
      if (sign === undefined) throw refusal(word, 'bad-argument', `u32: at char ${at}: operator expected`);
      if (sign === '=') break;
      location += sign + number();
    }
    const ranges: string[] = [];
    do {
      const first = number();
      ranges.push(operator(':') ? `${first}:${number()}` : first);
    } while (operator(','));
    tests.push(`${location}=${ranges.join()}`);
  } while (operator('&&'));
  if (at < text.length) throw refusal(word, 'bad-argument', `u32: at char ${at}: whitespace expected`);
  return tests.join('&&');
}
