/** By which device and to which neighbour a packet left a node, and who it came from when it arrived. */
import type { Delivered, Dropped, Routed, Transmitted } from '../../stack/events.js';
import type { Leg } from '../journey.js';
import { type Moment, momentsOf } from './moments.js';

/** Every device it went out of, bridges and tunnels as tcpdump would see them; not lo, which leaves nothing. */
export function departures(leg: Leg, node?: string): Moment<Transmitted>[] {
  return momentsOf(leg, 'transmitted', node).filter(({ step }) => step.device !== 'lo');
}

/** Where the routing tables had nothing for its destination. */
export function missingRoutes(leg: Leg, node?: string): Moment<Dropped | Routed>[] {
  const dropped = momentsOf(leg, 'dropped', node).filter(({ step }) => step.reason === 'no-route');
  if (dropped.length > 0) return dropped;
  return momentsOf(leg, 'routed', node).filter(({ step }) => step.result === 'no-route');
}

/** Where it reached a socket, or what stands for one. */
export function deliveries(leg: Leg, node?: string): Moment<Delivered>[] {
  return momentsOf(leg, 'delivered', node);
}
