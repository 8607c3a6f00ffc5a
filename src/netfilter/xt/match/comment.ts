/** `-m comment`: text for people; always true (xt_comment.c). */
import type { MatchExtension } from '../extension.js';
import { quote } from '../quote.js';

/** XT_MAX_COMMENT_LEN with its final zero. */
const LONGEST = 255;

export const comment: MatchExtension = {
  name: 'comment',
  options: [{ name: 'comment', takes: 1, mandatory: true }],
  build(options) {
    const text = options.word('comment')!.text.slice(0, LONGEST);
    return {
      extension: 'comment',
      text: `-m comment --comment ${quote(text)}`,
      listing: `/* ${text} */`,
      test: () => true,
      explain: () => `the comment "${text}" asks for nothing`,
    };
  },
};
