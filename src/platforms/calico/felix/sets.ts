/** The ip sets that Felix keeps on a node, as lines that `ipset restore` takes. */
import type { CalicoPool } from '../../cluster.js';
import { ALL_POOLS, type FelixConfig, MASQUERADED_POOLS } from './config.js';
import { tagId } from './names.js';

const OPTIONS = 'family inet hashsize 1024 maxelem 1048576';

/** The sets of nat-outgoing; they are there from the start, empty or not. */
export function poolSets(pools: readonly CalicoPool[], { setName }: FelixConfig): string[] {
  const cidrs = (chosen: readonly CalicoPool[]) => chosen.map(({ cidr }) => cidr);
  return [
    ...set(setName(ALL_POOLS), 'hash:net', cidrs(pools)),
    ...set(setName(MASQUERADED_POOLS), 'hash:net', cidrs(pools.filter(({ natOutgoing }) => natOutgoing))),
  ];
}

/** The set of the addresses of all endpoints, on whatever node, whose profile has this tag. */
export function tagSet(tag: string, addresses: readonly string[], { facts, setName }: FelixConfig): string[] {
  return set(setName(tagId(tag)), facts.selectorSetType, addresses);
}

function set(name: string, type: string, members: readonly string[]): string[] {
  return [`create ${name} ${type} ${OPTIONS}`, ...members.map((member) => `add ${name} ${member}`)];
}
