/**
 * Tells what was seen of a probe as the events that the simulated stack would have reported. What nobody can see from
 * outside is asked of the kernel afterwards (its routes), or follows from what came next: a reset about a datagram that no
 * rule rejected means that nothing listened.
 */
import type { Step } from '../../journey/journey.js';
import type { Facts } from './facts.js';
import type { SeenLeg } from './legs.js';
import { PassageTeller } from './passage-teller.js';

export async function narrate(legs: readonly SeenLeg[], facts: Facts): Promise<Step[]> {
  const frames = legs.flatMap(({ passages }) =>
    passages.flatMap(({ in: frame, out }) => (frame ? [frame, ...out] : out)),
  );
  const start = frames.reduce((earliest, { at }) => (at < earliest ? at : earliest), frames[0]?.at ?? 0n);
  const steps: Step[] = [];
  for (const leg of legs) {
    for (const passage of leg.passages)
      steps.push(...(await new PassageTeller(leg, passage, legs, facts, start).tell()));
  }
  return steps;
}
