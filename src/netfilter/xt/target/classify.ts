/** `-j CLASSIFY`: sets the packet's priority for queueing (xt_CLASSIFY.c), which changes nothing in where it goes. */
import { refusal } from '../../text/word.js';
import type { TargetExtension } from '../extension.js';

export const CLASSIFY: TargetExtension = {
  name: 'CLASSIFY',
  options: [{ name: 'set-class', takes: 1, mandatory: true }],
  build(options) {
    const word = options.word('set-class')!;
    const [, major, minor] = /^([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(word.text) ?? [];
    if (major === undefined || minor === undefined) {
      throw refusal(word, 'bad-argument', `Bad class value "${word.text}"`);
    }
    const [first, second] = [Number.parseInt(major, 16).toString(16), Number.parseInt(minor, 16).toString(16)];
    return {
      kind: 'extension',
      name: 'CLASSIFY',
      text: `--set-class ${first.padStart(4, '0')}:${second.padStart(4, '0')}`,
      listing: `CLASSIFY set ${first}:${second}`,
      placement: { hooks: ['FORWARD', 'OUTPUT', 'POSTROUTING'] },
      act: () => ({ verdict: 'CONTINUE' }),
    };
  },
};
