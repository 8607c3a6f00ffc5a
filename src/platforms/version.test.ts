import { describe, it } from 'node:test';
import { expect } from 'chai';
import { isWithin, parseVersion, valueAt } from './version.js';

describe('versions', () => {
  it('reads what Docker and Felix call themselves', () => {
    expect(parseVersion('18.06.1-ce')).to.deep.equal([18, 6, 1]);
    expect(parseVersion('v2.6.4')).to.deep.equal([2, 6, 4]);
    expect(parseVersion('27')).to.deep.equal([27, 0, 0]);
    expect(parseVersion('latest')).to.equal(undefined);
    expect(parseVersion('2.6.4.1')).to.equal(undefined);
  });

  it('compares numbers and not text', () => {
    expect(isWithin('2.6.10', '2.6.7', '3.0')).to.equal(true);
    expect(isWithin('2.6.6', '2.6.7', '3.0')).to.equal(false);
    expect(isWithin('3.0', '2.6.7', '3.0')).to.equal(false);
    expect(isWithin('2.x', '2.6.7', '3.0')).to.equal(false);
  });

  it('takes from a timeline what held last', () => {
    const timeline = [
      ['2.4', 'old'],
      ['2.6.7', 'new'],
    ] as const;
    expect(valueAt(timeline, '2.6.6')).to.equal('old');
    expect(valueAt(timeline, '2.6.7')).to.equal('new');
    expect(() => valueAt(timeline, '2.3')).to.throw(RangeError, 'nothing is known of version 2.3');
  });
});
