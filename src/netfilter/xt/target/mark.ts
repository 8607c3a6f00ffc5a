/** `-j MARK`: changes the packet's mark (xt_mark.c). */
import { refusal } from '../../text/word.js';
import type { TargetExtension } from '../extension.js';
import {
  applyMark,
  listMarkChange,
  MARK_OPTIONS,
  markOptions,
  readMarkChange,
  saveMarkChange,
} from '../mark-arithmetic.js';

export const MARK: TargetExtension = {
  name: 'MARK',
  options: markOptions(),
  build(options) {
    const name = MARK_OPTIONS.find((option) => options.has(option));
    if (name === undefined) {
      const says = 'MARK: One of the --set-xmark, --{and,or,xor,set}-mark options is required';
      throw refusal(options.at, 'missing-option', says);
    }
    const change = readMarkChange('MARK', options.get(name)!, name);
    return {
      kind: 'extension',
      name: 'MARK',
      text: saveMarkChange(change),
      listing: `MARK ${listMarkChange(change)}`,
      act({ skb }) {
        skb.mark = applyMark(skb.mark, change);
        return { verdict: 'CONTINUE' };
      },
    };
  },
};
