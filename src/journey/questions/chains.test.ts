import { describe, it } from 'node:test';
import { expect } from 'chai';
import { echo, FakeJourney } from '../fake-journey.js';
import { chainVisits, matchedRules } from './chains.js';
import { markAfterChain, markAfterHook } from './marks.js';

const RULES = {
  master: `*mangle
:PREROUTING ACCEPT
:A -
:B -
-A PREROUTING -i a -j A
-A PREROUTING -i a -j B
-A PREROUTING -i a -j A
-A A -j MARK --set-xmark 0x1/0x1
-A B -i a -g A
-A B -i a -j MARK --set-xmark 0x2/0x2
COMMIT
`,
};

function leg(points: string, hook: 'PREROUTING' | 'FORWARD' = 'PREROUTING') {
  const fake = new FakeJourney({ kind: 'ping', from: 'a', to: '10.0.0.2' }, RULES).made(
    'a',
    echo('10.0.0.1', '10.0.0.2'),
  );
  return fake
    .received('master', 'a')
    .table('raw', hook, `${hook} policy`)
    .table('mangle', hook, points)
    .ends({ kind: 'silence' }).legs[0]!;
}

function visits(points: string) {
  return chainVisits(leg(points)).map(({ table, chain, moments }) => `${table} ${chain} ${moments.length}`);
}

describe('visits of chains', () => {
  it('last while the chains that they jumped to are walked', () => {
    expect(visits('PREROUTING 1, A 1, A return, PREROUTING policy')).to.deep.equal([
      'raw PREROUTING 1',
      'mangle PREROUTING 2',
      'mangle A 2',
    ]);
  });

  it('are one for each jump', () => {
    expect(visits('PREROUTING 1, A return, PREROUTING 3, A return, PREROUTING policy').slice(1)).to.deep.equal([
      'mangle PREROUTING 3',
      'mangle A 1',
      'mangle A 1',
    ]);
  });

  it('end where -g leaves for good', () => {
    expect(visits('PREROUTING 2, B 1, A return, PREROUTING 3, A return, PREROUTING policy').slice(1)).to.deep.equal([
      'mangle PREROUTING 3',
      'mangle B 1',
      'mangle A 1',
      'mangle A 1',
    ]);
  });

  it('tell matched rules from ends', () => {
    const matched = matchedRules(leg('PREROUTING 1, A 1, A return, PREROUTING policy'));
    expect(matched.map(({ step }) => `${step.chain} ${step.number}`)).to.deep.equal(['PREROUTING 1', 'A 1']);
  });
});

describe('marks', () => {
  const marked = leg('PREROUTING 1, A 1, A return, PREROUTING 2, B 2, B return, PREROUTING policy');

  it('after a table or a hook are those of its last step', () => {
    expect(markAfterHook(marked, 'PREROUTING', 'raw')?.mark).to.equal(0);
    expect(markAfterHook(marked, 'PREROUTING', 'mangle')?.mark).to.equal(3);
    expect(markAfterHook(marked, 'PREROUTING')?.mark).to.equal(3);
    expect(markAfterHook(marked, 'FORWARD')).to.equal(undefined);
    expect(markAfterHook(marked, 'PREROUTING', undefined, 'slave1')).to.equal(undefined);
  });

  it('after a chain are those that the next step sees', () => {
    expect(markAfterChain(marked, { table: undefined, chain: 'A' })?.mark).to.equal(1);
    expect(markAfterChain(marked, { table: 'mangle', chain: 'B' })?.mark).to.equal(3);
    expect(markAfterChain(marked, { table: 'nat', chain: 'A' })).to.equal(undefined);
  });
});
