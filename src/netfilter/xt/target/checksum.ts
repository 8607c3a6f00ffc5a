/** `-j CHECKSUM`: fills in a checksum that was left to the device (xt_CHECKSUM.c). Checksums are always right here. */
import type { TargetExtension } from '../extension.js';

export const CHECKSUM: TargetExtension = {
  name: 'CHECKSUM',
  options: [{ name: 'checksum-fill', takes: 0, mandatory: true }],
  build: () => ({
    kind: 'extension',
    name: 'CHECKSUM',
    text: '--checksum-fill',
    listing: 'CHECKSUM fill',
    placement: { tables: ['mangle'] },
    act: () => ({ verdict: 'CONTINUE' }),
  }),
};
