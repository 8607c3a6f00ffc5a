/** `-j TRACE`: from here on the kernel logs each rule that the packet matches (xt_TRACE.c). */
import type { TargetExtension } from '../extension.js';

export const TRACE: TargetExtension = {
  name: 'TRACE',
  options: [],
  build: () => ({
    kind: 'extension',
    name: 'TRACE',
    text: '',
    listing: '',
    placement: { tables: ['raw'] },
    act({ skb }) {
      skb.traced = true;
      return { verdict: 'CONTINUE' };
    },
  }),
};
