/** Which addresses and ports of a packet were rewritten on its way. */
import type { Translated } from '../../netfilter/events.js';
import type { Leg } from '../journey.js';
import { type Moment, momentsOf } from './moments.js';

/** The source was rewritten by MASQUERADE or SNAT, now or for the packet before it of the same connection. */
export function masquerades(leg: Leg, node?: string): Moment<Translated>[] {
  return momentsOf(leg, 'translated', node).filter(({ step }) => step.side === 'source' && step.nat === 'snat');
}

/** The destination was rewritten by DNAT or REDIRECT. */
export function destinationTranslations(leg: Leg, node?: string): Moment<Translated>[] {
  return momentsOf(leg, 'translated', node).filter(({ step }) => step.side === 'destination' && step.nat === 'dnat');
}
