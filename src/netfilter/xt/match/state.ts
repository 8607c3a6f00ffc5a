/** `-m state`: the old spelling of `-m conntrack --ctstate` (xt_state.c). */
import type { MatchExtension } from '../extension.js';
import { readStates, STATES, stateBit } from '../states.js';
import { stateOf } from '../tracking.js';

const PLAIN_STATES = STATES.filter((state) => state !== 'SNAT' && state !== 'DNAT');

export const state: MatchExtension = {
  name: 'state',
  options: [{ name: 'state', takes: 1, negatable: true, mandatory: true }],
  build(options) {
    const given = options.get('state')!;
    const wanted = readStates(given.values[0]!, PLAIN_STATES, 'state');
    const names = PLAIN_STATES.filter((name) => wanted & stateBit(name)).join();
    const not = given.negated ? '! ' : '';
    return {
      extension: 'state',
      text: `-m state ${not}--state ${names}`,
      listing: `${not}state ${names}`,
      tracks: true,
      test: ({ skb }) => ((wanted & stateBit(stateOf(skb))) !== 0) !== given.negated,
      explain: ({ skb }) => `${not}--state ${names} wanted, the packet is ${stateOf(skb)}`,
      guard: {
        family: {
          name: `state ${not}${names}`,
          strength: 6,
          watches: 'connection',
          valueOf: ({ skb }) => (((wanted & stateBit(stateOf(skb))) !== 0) !== given.negated ? 1 : 0),
        },
        value: 1,
      },
    };
  },
};
