import { describe, it } from 'node:test';
import { expect } from 'chai';
import { didYouMean, nearest } from './did-you-mean.js';

describe('did you mean', () => {
  const cases: [slip: string, word: string, meant: string | undefined][] = [
    ['two letters swapped', 'wbe1', 'web1'],
    ['a letter too many', 'masster', 'master'],
    ['a letter missing', 'gatway', 'gateway'],
    ['a wrong letter', 'slave3', 'slave1'],
    ['capitals', 'MASTER', 'master'],
    ['two slips in a longer word', 'adresss', 'address'],
    ['nothing alike', 'zzz', undefined],
    ['too many slips for a short word', 'wxyz', undefined],
    ['nothing at all', '', undefined],
  ];
  const names = ['web1', 'master', 'slave1', 'slave2', 'gateway', 'address', 'a'];
  for (const [slip, word, meant] of cases) {
    it(`${slip}: ${word}`, () => {
      expect(nearest(word, names)).to.equal(meant);
    });
  }

  it('ends a sentence with the nearest name, or not at all', () => {
    expect(`no workload \`wbe1\`${didYouMean('wbe1', names)}`).to.equal('no workload `wbe1`; did you mean `web1`?');
    expect(didYouMean('zzz', names)).to.equal('');
  });
});
