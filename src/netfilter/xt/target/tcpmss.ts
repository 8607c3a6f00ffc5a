/** `-j TCPMSS`: lowers the segment size that a SYN announces (xt_TCPMSS.c). TCP options are not modelled, so nothing changes here. */
import { TCP } from '../../../net/packet.js';
import { refusal } from '../../text/word.js';
import type { TargetExtension } from '../extension.js';
import { readUnsigned } from '../values.js';

export const TCPMSS: TargetExtension = {
  name: 'TCPMSS',
  options: [
    { name: 'set-mss', takes: 1, excludes: ['clamp-mss-to-pmtu'] },
    { name: 'clamp-mss-to-pmtu', takes: 0, excludes: ['set-mss'] },
  ],
  build(options) {
    const given = options.get('set-mss');
    const mss = given && readUnsigned('TCPMSS', given, 0, 65534);
    if (mss === undefined && !options.has('clamp-mss-to-pmtu')) {
      throw refusal(options.at, 'missing-option', 'TCPMSS target: At least one parameter is required');
    }
    return {
      kind: 'extension',
      name: 'TCPMSS',
      text: mss === undefined ? '--clamp-mss-to-pmtu' : `--set-mss ${mss}`,
      listing: mss === undefined ? 'TCPMSS clamp to PMTU' : `TCPMSS set ${mss}`,
      placement: {
        protocols: [TCP],
        synOnly: true,
        ...(mss === undefined && { hooks: ['FORWARD', 'OUTPUT', 'POSTROUTING'] }),
      },
      act: () => ({ verdict: 'CONTINUE' }),
    };
  },
};
