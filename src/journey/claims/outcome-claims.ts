/** What the sender saw. */

import { fateWords, outcomeWords } from '../narrate/words.js';
import { undeterminedLeg } from '../questions/ends.js';
import { legOf } from '../questions/moments.js';
import { type Claim, outcome, type Sight } from './claim.js';

export const OUTCOME_CLAIMS: readonly Claim[] = [
  outcome({
    id: 'answered',
    says: 'is answered',
    denies: 'is not answered',
    zh: '(得到应答|被应答|有应答)',
    zhDenies: '(没有得到应答|没有被应答|没有应答|得不到应答)',
    about: "A reply came back to the sender's socket: an echo reply, a completed handshake, a datagram.",
    example: 'it is answered',
    check: (sight) => ({ holds: sight.journey.outcome.kind === 'answered', happened: story(sight) }),
  }),
  outcome({
    id: 'unreachable',
    says: 'is unreachable[: {quoted}]',
    denies: 'is not unreachable[: {quoted}]',
    zh: '不可达[(：|:) {quoted}]',
    about:
      'The sender was told that it cannot get there, in these words: what ping prints, or the text of errno. "Connection refused" is not one of them: see `is refused`, `is rejected`.',
    example: 'it is unreachable: "Destination Host Unreachable"',
    check: (sight, { quoted }) => {
      const { outcome } = sight.journey;
      const told = outcome.kind === 'error' && outcome.text !== 'Connection refused';
      return { holds: told && (quoted === undefined || outcome.text === quoted), happened: story(sight) };
    },
  }),
  outcome({
    id: 'lost',
    says: 'is lost',
    denies: 'is not lost',
    zh: '(丢失|石沉大海)',
    zhDenies: '没有丢失',
    about: 'No reply and no error came back to the sender, for whatever reason.',
    example: 'it is lost',
    absence: true,
    check: (sight) => ({ holds: sight.journey.outcome.kind === 'silence', happened: story(sight) }),
  }),
];

/** What the sender saw, and why as far as the request and the reply tell. */
function story({ journey }: Sight): string {
  const seen = outcomeWords(journey.outcome);
  if (journey.outcome.kind === 'answered') return seen;
  const unknown = undeterminedLeg(journey);
  if (unknown)
    return `${seen}: ${unknown.role === 'request' ? 'it' : `the ${unknown.role}`} ${fateWords(unknown.fate)}`;
  const request = legOf(journey, 'it');
  if (!request) return `nothing was sent; ${seen}`;
  if (request.fate.kind !== 'delivered') return `it ${fateWords(request.fate)}; ${seen}`;
  const reply = legOf(journey, 'reply');
  return reply
    ? `the reply ${fateWords(reply.fate)}; ${seen}`
    : `it ${fateWords(request.fate)}, and no reply was made; ${seen}`;
}
