/** `-j CT` and its short form `-j NOTRACK`: settings for the connection before tracking sees the packet (xt_CT.c). */
import type { Evaluation, TargetResult } from '../../rule.js';
import type { TargetExtension } from '../extension.js';

/** What the engine does not model of it. */
const UNMODELLED = ['helper', 'timeout', 'ctevents', 'expevents', 'zone', 'zone-orig', 'zone-reply'] as const;

export const CT: TargetExtension = {
  name: 'CT',
  options: [{ name: 'notrack', takes: 0 }, ...UNMODELLED.map((name) => ({ name, takes: 1 }) as const)],
  build(options) {
    const notrack = options.has('notrack');
    const others = UNMODELLED.flatMap((name) => {
      const word = options.word(name);
      return word ? [`${name} ${word.text}`] : [];
    });
    const text = [...(notrack ? ['--notrack'] : []), ...others.map((other) => `--${other}`)].join(' ');
    return {
      kind: 'extension',
      name: 'CT',
      text,
      listing: ['CT', ...(notrack ? ['notrack'] : []), ...others].join(' '),
      placement: { tables: ['raw'] },
      tracks: !notrack,
      act(evaluation): TargetResult {
        if (notrack) return untrack(evaluation);
        return others.length === 0
          ? { verdict: 'CONTINUE' }
          : { verdict: 'UNDETERMINED', reason: `\`-j CT ${text}\` is not modelled` };
      },
    };
  },
};

export const NOTRACK: TargetExtension = {
  name: 'NOTRACK',
  options: [],
  build: () => ({
    kind: 'extension',
    name: 'NOTRACK',
    text: '',
    listing: 'NOTRACK',
    listedAs: 'CT',
    placement: { tables: ['raw'] },
    act: untrack,
  }),
};

/** xt_ct_target(): a packet that is tracked already stays so. */
function untrack({ conntrack, skb }: Evaluation): TargetResult {
  if (skb.ct === undefined) conntrack.untrack(skb);
  return { verdict: 'CONTINUE' };
}
