import { describe, it } from 'node:test';
import { expect } from 'chai';
import { allMarks, allocateMarks } from './marks.js';

describe('allocateMarks', () => {
  it('takes the lowest bits of the mask', () => {
    const marks = allocateMarks(0xff000000);
    expect(marks).to.deep.equal({ accept: 0x1000000, pass: 0x2000000, scratch0: 0x4000000, scratch1: 0x8000000 });
    expect(allMarks(marks)).to.equal(0xf000000);
    expect(allocateMarks(0xc0000003)).to.deep.equal({ accept: 1, pass: 2, scratch0: 2 ** 30, scratch1: 2 ** 31 });
  });

  it('needs four', () => {
    expect(() => allocateMarks(0x7)).to.throw(RangeError, 'IptablesMarkMask 0x7 has fewer than four bits');
  });
});
