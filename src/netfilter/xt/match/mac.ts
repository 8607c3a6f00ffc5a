/** `-m mac`: the Ethernet source of the frame that brought the packet (xt_mac.c). Without one it never matches, negated or not. */
import { refusal, type Word } from '../../text/word.js';
import type { MatchExtension } from '../extension.js';

export const mac: MatchExtension = {
  name: 'mac',
  options: [{ name: 'mac-source', takes: 1, negatable: true, mandatory: true }],
  build(options) {
    const { negated, values } = options.get('mac-source')!;
    const wanted = read(values[0]!);
    const not = negated ? '! ' : '';
    return {
      extension: 'mac',
      text: `-m mac ${not}--mac-source ${wanted}`,
      listing: `MAC ${not}${wanted}`,
      placement: { hooks: ['PREROUTING', 'INPUT', 'FORWARD'] },
      test: ({ skb: { link } }) => link !== undefined && (link.srcMac === wanted) !== negated,
      explain({ skb: { link } }) {
        return `${not}--mac-source ${wanted} wanted, ${link ? `the frame came from ${link.srcMac}` : 'no frame brought the packet'}`;
      },
    };
  },
};

/** XTTYPE_ETHERMAC: octets of one or two digits. */
function read(word: Word): string {
  if (!/^[0-9a-f]{1,2}(:[0-9a-f]{1,2}){5}$/i.test(word.text)) {
    throw refusal(word, 'bad-argument', 'Invalid MAC address specified.');
  }
  return word.text
    .split(':')
    .map((octet) => octet.padStart(2, '0').toLowerCase())
    .join(':');
}
