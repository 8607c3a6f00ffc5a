/** The steps of a leg, one after the other, each with the hop that it happened on. */
import type { Hop, Journey, Leg, Step } from '../journey.js';

export interface Moment<S extends Step = Step> {
  readonly hop: Hop;
  /** Place of the step in `hop.steps`. */
  readonly index: number;
  readonly step: S;
}

/** The hops on `node`, or on every node; switches of the physical network are no nodes. */
export function hopsOn(leg: Leg, node?: string): Hop[] {
  return leg.hops.filter((hop) => !hop.transparent && (node === undefined || hop.namespace === node));
}

/** All steps of one type, in order. */
export function momentsOf<T extends Step['type']>(
  leg: Leg,
  type: T,
  node?: string,
): Moment<Extract<Step, { readonly type: T }>>[] {
  const found: Moment<Extract<Step, { readonly type: T }>>[] = [];
  for (const hop of hopsOn(leg, node)) {
    hop.steps.forEach((step, index) => {
      if (step.type === type) found.push({ hop, index, step: step as Extract<Step, { readonly type: T }> });
    });
  }
  return found;
}

/** Where in its leg a step stands. */
export function momentOf(leg: Leg, step: Step): Moment | undefined {
  for (const hop of leg.hops) {
    const index = hop.steps.indexOf(step);
    if (index >= 0) return { hop, index, step };
  }
  return undefined;
}

/** What a subject of a sentence stands for. */
export type Subject = 'it' | 'reply' | 'error';

/** The leg that a subject means: the first request, the first answer to it, the first error that it or its answer caused. */
export function legOf(journey: Journey, subject: Subject): Leg | undefined {
  const request = journey.legs.find(({ role }) => role === 'request');
  if (subject === 'it') return request;
  const made = journey.legs.filter(({ role }) => role === subject);
  return made.find(({ cause }) => cause !== undefined && cause === request?.serial) ?? made[0];
}
