/** The contract as tests: each lab's own file asks for them. */
import { describe, it } from 'node:test';
import { expect } from 'chai';
import type { OpenLab } from '../lab.js';
import { CONTRACT } from './cases/contract-cases.js';
import { answersOf, disagreements, recordedAnswers } from './contract.js';

export function contractTests(open: OpenLab): void {
  const recorded = recordedAnswers();
  for (const { title, cases } of CONTRACT) {
    describe(title, () => {
      for (const one of cases) {
        it(one.name, async () => {
          const wanted = recorded[one.name];
          expect(wanted, 'scripts/record-contract.mjs has not asked the kernel about this case').not.to.equal(
            undefined,
          );
          expect(disagreements(wanted!, await answersOf(one, open)).join('\n')).to.equal('');
        });
      }
    });
  }
}
