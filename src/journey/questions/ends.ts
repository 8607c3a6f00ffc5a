/** How a datagram ended, and whether anybody was told. */
import type { Journey, Leg } from '../journey.js';

/** The errors and resets that say of this datagram that it went no further. */
function complaintsAbout(journey: Journey, leg: Leg): readonly Leg[] {
  return journey.legs.filter(({ role, cause }) => role === 'error' && cause === leg.serial);
}

/**
 * Did it end without a word? What a rule's DROP or a policy took is dropped even where the sender's own host tells it
 * (EPERM); what the stack refused is dropped only where neither an error nor the sender's own host said so.
 */
export function isDropped(journey: Journey, leg: Leg): boolean {
  if (leg.fate.kind !== 'dropped') return false;
  if (leg.fate.by.type === 'verdict') return true;
  const { outcome } = journey;
  const known = leg.role === 'request' && outcome.kind === 'error' && outcome.local;
  return !known && complaintsAbout(journey, leg).length === 0;
}

/** A closed port of the target itself: a reset, or a port unreachable that no rule asked for. */
export function isRefused(leg: Leg): boolean {
  return leg.fate.kind === 'dropped' && leg.fate.by.type === 'dropped' && leg.fate.by.reason === 'no-socket';
}

/** The first leg whose end nobody knows, because it met something that is not modelled. */
export function undeterminedLeg(journey: Journey): Leg | undefined {
  return journey.legs.find(({ fate }) => fate.kind === 'undetermined');
}
