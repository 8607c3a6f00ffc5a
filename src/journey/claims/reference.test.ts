import { describe, it } from 'node:test';
import { expect } from 'chai';
import { claimReference } from './reference.js';
import { CLAIMS } from './table.js';

describe('the reference of claims', () => {
  it('has an entry for each', () => {
    const text = claimReference();
    for (const { id, about, example } of CLAIMS)
      expect(text).to.contain(`### ${id}\n\n${about}\n`).and.to.contain(example);
  });

  it('shows wordings as people read them', () => {
    expect(claimReference()).to.contain(
      '* `is masqueraded (on NODE) (as ADDRESS)`, `is not masqueraded (on NODE) (as ADDRESS)`\n',
    );
    expect(claimReference()).to.contain('`(在 NODE 上)被 (masquerade|伪装)');
  });
});
