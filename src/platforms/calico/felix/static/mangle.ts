import { ACCEPT, jump } from '../action.js';
import { type FelixConfig, WORKLOADS } from '../config.js';
import { conntrackState, inInterface, markSet } from '../match.js';
import { commented, rule } from '../rule.js';
import { failsafeIn } from './failsafe.js';
import { HOST_ENDPOINT_ACCEPTED, type StaticTable } from './table.js';

/** mangle: the home of host endpoint policy that sees packets before DNAT. */
export function mangleTable({ facts, marks }: FelixConfig): StaticTable {
  return {
    hooks: { PREROUTING: 'cali-PREROUTING' },
    chains: [
      failsafeIn(facts),
      {
        name: 'cali-PREROUTING',
        rules: [
          rule(conntrackState('RELATED,ESTABLISHED'), ACCEPT),
          rule(markSet(marks.accept), ACCEPT),
          rule(inInterface(WORKLOADS), ACCEPT),
          rule(jump('cali-from-host-endpoint')),
          commented(HOST_ENDPOINT_ACCEPTED, markSet(marks.accept), ACCEPT),
        ],
      },
      { name: 'cali-from-host-endpoint', rules: [] },
    ],
  };
}
