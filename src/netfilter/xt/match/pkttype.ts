/** `-m pkttype`: whom the frame was for (xt_pkttype.c). Frames for another station never get as far as a rule. */
import { nearest } from '../../../net/did-you-mean.js';
import { BROADCAST_MAC } from '../../../net/mac.js';
import type { Skb } from '../../skb.js';
import { refusal } from '../../text/word.js';
import type { MatchExtension } from '../extension.js';

const TYPES = ['unicast', 'broadcast', 'multicast', 'otherhost'] as const;
type PacketType = (typeof TYPES)[number];
/** Other names that the tool takes. */
const ALIASES: Readonly<Record<string, PacketType>> = { host: 'unicast', mcast: 'multicast', bcast: 'broadcast' };

export const pkttype: MatchExtension = {
  name: 'pkttype',
  options: [{ name: 'pkt-type', takes: 1, negatable: true, mandatory: true }],
  build(options) {
    const { negated, values } = options.get('pkt-type')!;
    const word = values[0]!;
    const written = word.text.toLowerCase();
    const wanted = TYPES.find((type) => type === written) ?? ALIASES[written];
    if (wanted === undefined) {
      throw refusal(word, 'bad-argument', `Bad packet type '${word.text}'`, { suggestion: nearest(written, TYPES) });
    }
    return {
      extension: 'pkttype',
      text: `-m pkttype ${negated ? '! ' : ''}--pkt-type ${wanted}`,
      listing: `PKTTYPE ${negated ? '!=' : '='} ${wanted}`,
      test: ({ skb }) => (typeOf(skb) === wanted) !== negated,
      explain: ({ skb }) => `${negated ? '! ' : ''}--pkt-type ${wanted} wanted, the frame was ${typeOf(skb)}`,
    };
  },
};

/** eth_type_trans(). The lowest bit of the first octet marks a group. */
function typeOf({ link }: Skb): PacketType {
  if (link === undefined) return 'unicast';
  if (link.dstMac === BROADCAST_MAC) return 'broadcast';
  return Number.parseInt(link.dstMac.slice(0, 2), 16) & 1 ? 'multicast' : 'unicast';
}
