/** `-m dscp`: the upper six bits of the TOS octet (xt_dscp.c). */
import { refusal } from '../../text/word.js';
import type { MatchExtension } from '../extension.js';
import { readDscp } from '../type-of-service.js';
import { hex2 } from '../values.js';

export const dscp: MatchExtension = {
  name: 'dscp',
  options: [
    { name: 'dscp', takes: 1, negatable: true, excludes: ['dscp-class'] },
    { name: 'dscp-class', takes: 1, negatable: true, excludes: ['dscp'] },
  ],
  build(options) {
    const given = options.get('dscp') ?? options.get('dscp-class');
    const wanted = readDscp('dscp', options.get('dscp'), options.get('dscp-class'));
    if (given === undefined || wanted === undefined) {
      throw refusal(options.at, 'missing-option', 'DSCP match: Parameter --dscp is required');
    }
    const { negated } = given;
    return {
      extension: 'dscp',
      text: `-m dscp ${negated ? '! ' : ''}--dscp ${hex2(wanted)}`,
      listing: `DSCP match ${negated ? '!' : ''}${hex2(wanted)}`,
      test: ({ skb }) => (skb.packet.tos >>> 2 === wanted) !== negated,
      explain: ({ skb }) =>
        `${negated ? '! ' : ''}--dscp ${hex2(wanted)} wanted, the packet has ${hex2(skb.packet.tos >>> 2)}`,
    };
  },
};
