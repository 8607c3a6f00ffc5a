import { describe, it } from 'node:test';
import { expect } from 'chai';
import { echo, FakeJourney } from './fake-journey.js';
import { followPath, type PathRow } from './path.js';

const RULES = {
  master: '*filter\n:FORWARD DROP\n:U -\n-A FORWARD -i a -j U\n-A U -j RETURN\n-A FORWARD -i a -j ACCEPT\nCOMMIT\n',
};
const journey = new FakeJourney({ kind: 'ping', from: 'a', to: '10.0.0.2' }, RULES)
  .made('a', echo('10.0.0.1', '10.0.0.2'))
  .received('master', 'eth0')
  .table('raw', 'PREROUTING', 'PREROUTING policy')
  .table('filter', 'FORWARD', 'FORWARD 1, U 1, FORWARD 2')
  .ends({ kind: 'silence' });

function follow(...rows: PathRow[]) {
  const { met, missing } = followPath(journey.legs[0]!, rows);
  return { met: met.map(({ step }) => `${step.chain} ${step.kind} ${step.number}`), missing };
}

describe('following a path', () => {
  it('meets rows in order, with others between', () => {
    expect(
      follow({ hook: 'PREROUTING' }, { node: 'master', table: 'filter', chain: 'FORWARD', rule: '2' }),
    ).to.deep.equal({
      met: ['PREROUTING policy 1', 'FORWARD rule 2'],
      missing: undefined,
    });
  });

  it('knows rules and ends by number and by kind', () => {
    expect(follow({ rule: 'policy:1' }, { rule: '1' }, { chain: 'U', rule: '1' }).missing).to.equal(undefined);
    expect(follow({ chain: 'PREROUTING', rule: '1' }).missing).to.deep.equal({ chain: 'PREROUTING', rule: '1' });
    expect(follow({ rule: 'return:9' }).missing).to.deep.equal({ rule: 'return:9' });
  });

  it('says which row was not met', () => {
    const back = { chain: 'U' };
    expect(follow({ chain: 'FORWARD', rule: '2' }, back)).to.deep.equal({ met: ['FORWARD rule 2'], missing: back });
    expect(follow({ node: 'slave1' }).met).to.deep.equal([]);
  });
});
