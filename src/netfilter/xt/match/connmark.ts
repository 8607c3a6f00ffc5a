/** `-m connmark`: bits of the connection's mark (xt_connmark.c). A packet without a connection never matches, negated or not. */
import type { MatchExtension } from '../extension.js';
import { connectionOf } from '../tracking.js';
import { formatMark, hex, readMark } from '../values.js';

export const connmark: MatchExtension = {
  name: 'connmark',
  options: [{ name: 'mark', takes: 1, negatable: true, mandatory: true }],
  build(options) {
    const given = options.get('mark')!;
    const wanted = readMark('connmark', given);
    const not = given.negated ? '! ' : '';
    const text = formatMark(wanted);
    return {
      extension: 'connmark',
      text: `-m connmark ${not}--mark ${text}`,
      listing: `connmark match ${not || ' '}${text}`,
      tracks: true,
      test({ skb }) {
        const connection = connectionOf(skb);
        return connection !== undefined && ((connection.mark & wanted.mask) >>> 0 === wanted.value) !== given.negated;
      },
      explain({ skb }) {
        const connection = connectionOf(skb);
        const has =
          connection === undefined ? 'the packet has no connection' : `the connection has mark ${hex(connection.mark)}`;
        return `connmark ${not}${text} wanted, ${has}`;
      },
    };
  },
};
