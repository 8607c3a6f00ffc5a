/** The connection states that a rule can ask for, in the order in which iptables-save prints them. */
import { nearest } from '../../net/did-you-mean.js';
import { refusal, type Word } from '../text/word.js';

export const STATES = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'] as const;

export type StateName = (typeof STATES)[number];

export function stateBit(state: StateName): number {
  return 1 << STATES.indexOf(state);
}

/** Reads `RELATED,ESTABLISHED`, in any case, as bits. */
export function readStates(word: Word, allowed: readonly StateName[], option: 'state' | 'ctstate'): number {
  let bits = 0;
  for (const item of word.text.split(',')) {
    const state = allowed.find((name) => name === item.toUpperCase());
    if (state === undefined) {
      const suggestion = nearest(item.toUpperCase(), allowed);
      throw refusal(word, 'bad-argument', `Bad ${option} "${item}"`, { suggestion });
    }
    bits |= stateBit(state);
  }
  return bits;
}
