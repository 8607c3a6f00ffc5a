/** `-j NFLOG`: a copy for a program that listens (xt_NFLOG.c). The packet goes on as it is, and nobody listens here. */
import type { TargetExtension } from '../extension.js';
import { quote } from '../quote.js';
import { readUnsigned } from '../values.js';

const NUMBERS = [
  ['nflog-group', 65535],
  ['nflog-range', 0xffffffff],
  ['nflog-size', 0xffffffff],
  ['nflog-threshold', 65535],
] as const;
const LONGEST_PREFIX = 63;

export const NFLOG: TargetExtension = {
  name: 'NFLOG',
  options: [{ name: 'nflog-prefix', takes: 1 }, ...NUMBERS.map(([name]) => ({ name, takes: 1 }) as const)],
  build(options) {
    const prefix = options.word('nflog-prefix')?.text.slice(0, LONGEST_PREFIX);
    const numbers = NUMBERS.flatMap(([name, most]) => {
      const given = options.get(name);
      const value = given ? readUnsigned('NFLOG', given, 0, most) : 0;
      return value === 0 ? [] : [`--${name} ${value}`];
    });
    const listed = numbers.map((text) => text.slice(2));
    return {
      kind: 'extension',
      name: 'NFLOG',
      text: [...(prefix === undefined ? [] : [`--nflog-prefix ${quote(prefix)}`]), ...numbers].join(' '),
      listing: [...(prefix === undefined ? [] : [`nflog-prefix ${quote(prefix)}`]), ...listed].join(' '),
      act: () => ({ verdict: 'CONTINUE' }),
    };
  },
};
