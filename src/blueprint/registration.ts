/** In which order links are made, so that each namespace registers its own in the order of its plan. */
import type { Blueprint, LinkPlan } from './blueprint.js';

export interface Registration {
  readonly namespace: string;
  /** A bridge, or one end of a veth pair whose other end is made with it. */
  readonly link: LinkPlan;
}

/**
 * One entry a bridge and one a veth pair. A pair comes into being at both its ends at once, so it waits until everything
 * before it is there at either end. Where both ends are in one namespace the entry is the later one, because the kernel
 * registers the peer first (veth_newlink).
 *
 * @throws RangeError where two namespaces want the same pairs in opposite orders, which no single order can give
 */
export function registrationOrder(blueprint: Blueprint): Registration[] {
  const waiting = new Map(blueprint.namespaces.map(({ name, links }) => [name, [...links]]));
  const order: Registration[] = [];
  for (let progress = true; progress; ) {
    progress = false;
    for (const [namespace, links] of waiting) {
      while (links.length > 0 && isReady(namespace, links, waiting)) {
        const first = links.shift()!;
        const other = first.kind === 'veth' ? waiting.get(first.peer.namespace)!.shift()! : undefined;
        const isWithin = first.kind === 'veth' && first.peer.namespace === namespace;
        order.push({ namespace, link: isWithin ? other! : first });
        progress = true;
      }
    }
  }
  const stuck = [...waiting].filter(([, links]) => links.length > 0).map(([namespace]) => namespace);
  if (stuck.length > 0) throw new RangeError(`no order of making links suits ${stuck.join(' and ')}`);
  return order;
}

function isReady(
  namespace: string,
  links: readonly LinkPlan[],
  waiting: ReadonlyMap<string, readonly LinkPlan[]>,
): boolean {
  const [first, second] = links;
  if (first?.kind !== 'veth') return true;
  const { peer } = first;
  const next = peer.namespace === namespace ? second : waiting.get(peer.namespace)?.[0];
  return next?.name === peer.link;
}
