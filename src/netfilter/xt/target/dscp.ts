/** `-j DSCP`: sets the upper six bits of the TOS octet (xt_DSCP.c). */
import { refusal } from '../../text/word.js';
import type { TargetExtension } from '../extension.js';
import { readDscp } from '../type-of-service.js';
import { hex2 } from '../values.js';

export const DSCP: TargetExtension = {
  name: 'DSCP',
  options: [
    { name: 'set-dscp', takes: 1, excludes: ['set-dscp-class'] },
    { name: 'set-dscp-class', takes: 1, excludes: ['set-dscp'] },
  ],
  build(options) {
    const dscp = readDscp('DSCP', options.get('set-dscp'), options.get('set-dscp-class'));
    if (dscp === undefined) {
      throw refusal(options.at, 'missing-option', 'DSCP target: Parameter --set-dscp is required');
    }
    return {
      kind: 'extension',
      name: 'DSCP',
      text: `--set-dscp ${hex2(dscp)}`,
      listing: `DSCP set ${hex2(dscp)}`,
      placement: { tables: ['mangle'] },
      act({ skb }) {
        skb.packet = { ...skb.packet, tos: (dscp << 2) | (skb.packet.tos & 3) };
        return { verdict: 'CONTINUE' };
      },
    };
  },
};
