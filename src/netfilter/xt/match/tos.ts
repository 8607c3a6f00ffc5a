/** `-m tos`: bits of the TOS octet (xt_dscp.c). */
import type { MatchExtension } from '../extension.js';
import { formatTos, readTos } from '../type-of-service.js';
import { hex2 } from '../values.js';

export const tos: MatchExtension = {
  name: 'tos',
  options: [{ name: 'tos', takes: 1, negatable: true, mandatory: true }],
  build(options) {
    const { negated, values } = options.get('tos')!;
    const wanted = readTos(values[0]!);
    const text = formatTos(wanted);
    return {
      extension: 'tos',
      text: `-m tos ${negated ? '! ' : ''}--tos ${text}`,
      listing: `tos match${negated ? '!' : ''}${text}`,
      test: ({ skb }) => ((skb.packet.tos & wanted.mask) === wanted.value) !== negated,
      explain: ({ skb }) => `${negated ? '! ' : ''}--tos ${text} wanted, the packet has ${hex2(skb.packet.tos)}`,
    };
  },
};
