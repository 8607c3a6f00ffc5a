/** `-m mark`: bits of the packet's mark (xt_mark.c). */
import type { GuardFamily } from '../../rule.js';
import type { MatchExtension } from '../extension.js';
import { formatMark, hex, readMark } from '../values.js';

export const mark: MatchExtension = {
  name: 'mark',
  options: [{ name: 'mark', takes: 1, negatable: true, mandatory: true }],
  build(options) {
    const given = options.get('mark')!;
    const wanted = readMark('mark', given);
    const { value, mask } = wanted;
    const not = given.negated ? '! ' : '';
    const text = formatMark(wanted);
    return {
      extension: 'mark',
      text: `-m mark ${not}--mark ${text}`,
      listing: `mark match ${not}${text}`,
      test: ({ skb }) => ((skb.mark & mask) >>> 0 === value) !== given.negated,
      explain: ({ skb }) => `${not}--mark ${text} wanted, the packet carries mark ${hex(skb.mark)}`,
      ...(!given.negated && { guard: { family: markUnder(mask), value } }),
    };
  },
};

function markUnder(mask: number): GuardFamily {
  return {
    name: `mark/${hex(mask)}`,
    strength: 12,
    watches: 'mark',
    valueOf: ({ skb }) => (skb.mark & mask) >>> 0,
  };
}
