/** `-m length`: total length of the datagram (xt_length.c). */
import { refusal } from '../../text/word.js';
import type { Given, MatchExtension } from '../extension.js';
import { formatRange, parseUnsigned, type Range, within } from '../values.js';

const MOST = 65535;

export const length: MatchExtension = {
  name: 'length',
  options: [{ name: 'length', takes: 1, negatable: true, mandatory: true }],
  build(options) {
    const given = options.get('length')!;
    const range = read(given);
    const text = formatRange(range);
    return {
      extension: 'length',
      text: `-m length ${given.negated ? '! ' : ''}--length ${text}`,
      listing: `length ${given.negated ? '!' : ''}${text}`,
      test: ({ skb }) => within(range, skb.packet.length) !== given.negated,
      explain: ({ skb }) =>
        `${given.negated ? '! ' : ''}--length ${text} wanted, the packet has ${skb.packet.length} octets`,
    };
  },
};

/** XTTYPE_UINT16RC: `100`, `100:200`, `:200`, `200:`. The tool takes a range that holds nothing. */
function read({ name, values }: Given): Range {
  const word = values[0]!;
  const [first, second] = word.text.split(':');
  const min = first === '' ? 0 : parseUnsigned(first!, MOST);
  const max = second === undefined ? min : second === '' ? MOST : parseUnsigned(second, MOST);
  if (min === undefined || max === undefined) {
    const says = `length: bad value for option "--${name}" near "${word.text}", or out of range (0-${MOST}).\n`;
    throw refusal(word, 'bad-argument', says);
  }
  return { min, max };
}
