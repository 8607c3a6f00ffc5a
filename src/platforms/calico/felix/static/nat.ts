import { jump, MASQUERADE } from '../action.js';
import { ALL_POOLS, type FelixConfig, MASQUERADED_POOLS } from '../config.js';
import { notDestSet, sourceSet } from '../match.js';
import { rule } from '../rule.js';
import type { StaticTable } from './table.js';

/** nat: floating addresses, and the masquerading of what leaves the pools. */
export function natTable({ natOutgoing, setName }: FelixConfig): StaticTable {
  return {
    hooks: { PREROUTING: 'cali-PREROUTING', POSTROUTING: 'cali-POSTROUTING', OUTPUT: 'cali-OUTPUT' },
    chains: [
      { name: 'cali-PREROUTING', rules: [rule(jump('cali-fip-dnat'))] },
      { name: 'cali-POSTROUTING', rules: [rule(jump('cali-fip-snat')), rule(jump('cali-nat-outgoing'))] },
      { name: 'cali-OUTPUT', rules: [rule(jump('cali-fip-dnat'))] },
      { name: 'cali-fip-dnat', rules: [] },
      { name: 'cali-fip-snat', rules: [] },
      {
        name: 'cali-nat-outgoing',
        rules: natOutgoing
          ? [rule(sourceSet(setName(MASQUERADED_POOLS)), notDestSet(setName(ALL_POOLS)), MASQUERADE)]
          : [],
      },
    ],
  };
}
