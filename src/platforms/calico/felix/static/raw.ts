import { ACCEPT, clearMark, jump, setMark } from '../action.js';
import { type FelixConfig, WORKLOADS } from '../config.js';
import { allMarks } from '../marks.js';
import { inInterface, markClear, markSet } from '../match.js';
import { rule } from '../rule.js';
import { failsafeIn, failsafeOut } from './failsafe.js';
import type { StaticTable } from './table.js';

/** raw: the home of untracked host endpoint policy. Packets of workloads are marked, so that they skip it. */
export function rawTable({ facts, marks }: FelixConfig): StaticTable {
  return {
    hooks: { PREROUTING: 'cali-PREROUTING', OUTPUT: 'cali-OUTPUT' },
    chains: [
      failsafeIn(facts, facts.failsafeAnswersInRaw),
      failsafeOut(facts, facts.failsafeAnswersInRaw),
      {
        name: 'cali-PREROUTING',
        rules: [
          rule(clearMark(allMarks(marks))),
          rule(inInterface(WORKLOADS), setMark(marks.scratch0)),
          rule(markClear(marks.scratch0), jump('cali-from-host-endpoint')),
          rule(markSet(marks.accept), ACCEPT),
        ],
      },
      {
        name: 'cali-OUTPUT',
        rules: [
          rule(clearMark(allMarks(marks))),
          rule(jump('cali-to-host-endpoint')),
          rule(markSet(marks.accept), ACCEPT),
        ],
      },
      { name: 'cali-from-host-endpoint', rules: [] },
      { name: 'cali-to-host-endpoint', rules: [] },
    ],
  };
}
