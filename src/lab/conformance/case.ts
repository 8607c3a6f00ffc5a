/** One case of the differential test: a network in the words of the contract, and what is done in it. */
import type { Blueprint } from '../../blueprint/blueprint.js';
import type { ContractStep } from '../contract/contract.js';
import { type NamespaceWords, network } from '../contract/network.js';

export interface ConformanceCase {
  readonly cables: readonly string[];
  readonly words: Readonly<Record<string, NamespaceWords>>;
  readonly steps: readonly ContractStep[];
}

/**
 * Whoever has a nat table has a mangle table as well, which shows each packet before and after every translation: the
 * kernel says nothing of what no table and no device shows.
 */
export function blueprintOf({ cables, words }: ConformanceCase): Blueprint {
  const shown = Object.entries(words).map(([name, plan]) => {
    const { iptables } = plan;
    return [name, iptables?.nat === undefined ? plan : { ...plan, iptables: { mangle: [], ...iptables } }] as const;
  });
  return network(cables, Object.fromEntries(shown));
}
