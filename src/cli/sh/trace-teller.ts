/** Tells each TRACE line of every packet when it happens: `[NS] TRACE: table:chain:kind:number IN=.. OUT=..`. */
import type { Step } from '../../journey/journey.js';
import { traceLine } from '../../journey/trace.js';

/**
 * Takes every event of a network in its order. `nameOf` gives the namespace as it is told, undefined for one that is not
 * told of.
 */
export function traceTeller(
  nameOf: (namespace: string) => string | undefined,
  tell: (line: string) => void,
): (event: Step) => void {
  /** What put the link header before a datagram where it is now. */
  const headers = new Map<string, Step>();
  return (event) => {
    const key = `${event.serial} ${event.namespace}`;
    if (event.type === 'received' || event.type === 'decapsulated') headers.set(key, event);
    if (event.type !== 'trace') return;
    const name = nameOf(event.namespace);
    const header = headers.get(key);
    if (name !== undefined) tell(`[${name}] ${traceLine(event, header ? [header] : [])}\n`);
  };
}
