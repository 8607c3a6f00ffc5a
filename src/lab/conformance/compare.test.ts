import { describe, it } from 'node:test';
import { expect } from 'chai';
import { differencesOf } from './compare.js';

const kernel = ['silence', 'request 10.0.0.1 > 10.0.0.2 icmp 8/0', '  r ra > .', '  vanished on r'];
const said = (lines: readonly string[]) => [{ asked: 'ping a > 10.0.0.2', lines }];
const differ = (mine: readonly string[], other: readonly string[]) => differencesOf(said(mine), said(other)).length > 0;

describe('the two labs', () => {
  it('agree on the same lines, and not on a line more', () => {
    expect(differ(kernel, kernel)).to.equal(false);
    expect(differ(kernel, [...kernel, 'reply'])).to.equal(true);
    expect(differ([...kernel, 'reply'], kernel)).to.equal(true);
  });

  it('agree where the simulator knows who swallowed what vanished, in the same place', () => {
    expect(differ(kernel, kernel.with(3, '  dropped on r by martian-source'))).to.equal(false);
    expect(differ(kernel, kernel.with(3, '  dropped on r by nat PREROUTING 1'))).to.equal(false);
    expect(differ(kernel, kernel.with(3, '  dropped on b by martian-source'))).to.equal(true);
    expect(differ(kernel, kernel.with(3, '  delivered on r to icmp'))).to.equal(true);
  });

  it('do not agree where the kernel knows and the simulator does not', () => {
    expect(differ(kernel.with(3, '  dropped on r by rp-filter'), kernel)).to.equal(true);
  });

  it('name the first line that differs, of each question', () => {
    const found = differencesOf(
      [...said(kernel), { asked: 'r: conntrack -L', lines: ['one'] }],
      [...said(kernel.with(0, 'answered')), { asked: 'r: conntrack -L', lines: [] }],
    );
    expect(found).to.deep.equal([
      { place: 0, asked: 'ping a > 10.0.0.2', kernel: 'silence', simulated: 'answered' },
      { place: 1, asked: 'r: conntrack -L', kernel: 'one', simulated: '' },
    ]);
  });
});
