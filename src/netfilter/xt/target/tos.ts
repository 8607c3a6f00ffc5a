/** `-j TOS`: changes bits of the TOS octet (xt_DSCP.c). */
import { refusal } from '../../text/word.js';
import type { Given, TargetExtension } from '../extension.js';
import { formatTos, readTos } from '../type-of-service.js';
import { readUnsigned, type ValueMask } from '../values.js';

const OPTIONS = ['set-tos', 'and-tos', 'or-tos', 'xor-tos'] as const;

export const TOS: TargetExtension = {
  name: 'TOS',
  options: OPTIONS.map((name) => ({ name, takes: 1, excludes: OPTIONS.filter((other) => other !== name) }) as const),
  build(options) {
    const name = OPTIONS.find((option) => options.has(option));
    if (name === undefined) throw refusal(options.at, 'missing-option', 'TOS: An action is required');
    const change = read(name, options.get(name)!);
    const text = formatTos(change);
    return {
      kind: 'extension',
      name: 'TOS',
      text: `--set-tos ${text}`,
      listing: `TOS set ${text}`,
      placement: { tables: ['mangle'] },
      act({ skb }) {
        skb.packet = { ...skb.packet, tos: (skb.packet.tos & ~change.mask) ^ change.value };
        return { verdict: 'CONTINUE' };
      },
    };
  },
};

function read(name: (typeof OPTIONS)[number], given: Given): ValueMask {
  if (name === 'set-tos') return readTos(given.values[0]!);
  const bits = readUnsigned('TOS', given, 0, 255);
  if (name === 'and-tos') return { value: 0, mask: ~bits & 255 };
  return { value: bits, mask: name === 'or-tos' ? bits : 0 };
}
