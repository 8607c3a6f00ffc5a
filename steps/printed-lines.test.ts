import { describe, it } from 'node:test';
import { expect } from 'chai';
import fc from 'fast-check';
import { printedDifference } from './printed-lines.js';

const PRINTED = `PING 10.0.1.2 (10.0.1.2) 56(84) bytes of data.
64 bytes from 10.0.1.2: icmp_seq=1 ttl=64 time=0.031 ms

--- 10.0.1.2 ping statistics ---
1 packets transmitted, 1 received, 0% packet loss, time 0ms
rtt min/avg/max/mdev = 0.031/0.031/0.031/0.000 ms
`;

describe('what a command printed', () => {
  it('is compared line by line', () => {
    expect(printedDifference(PRINTED, PRINTED)).to.equal(undefined);
    expect(printedDifference('a\nb', 'a\nc')).to.contain('line 2 expected  b').and.to.contain('line 2 happened  c');
  });

  it('may not have lines that nobody expects, nor lack one', () => {
    expect(printedDifference('a', 'a\nb')).to.contain('line 2 expected  nothing more');
    expect(printedDifference('a\nb', 'a')).to.contain('line 2 happened  nothing more');
    expect(printedDifference('a', '')).to.contain('it printed nothing');
  });

  it('keeps blanks, but for those at the ends of lines and empty lines at the end', () => {
    expect(printedDifference('a  b', 'a b')).to.not.equal(undefined);
    expect(printedDifference('a', ' a')).to.not.equal(undefined);
    expect(printedDifference('a', 'a  \n\n')).to.equal(undefined);
  });

  it('may have anything where the expectation has a line `...`', () => {
    expect(
      printedDifference('...\n1 packets transmitted, 1 received, 0% packet loss, time 0ms\n...', PRINTED),
    ).to.equal(undefined);
    expect(printedDifference('...', '')).to.equal(undefined);
    expect(printedDifference('a\n...\nb', 'a\nb')).to.equal(undefined);
    expect(printedDifference('...\nb\nc', 'b\nb\nc')).to.equal(undefined);
  });

  it('has the first lines first, the last last, and all of them in order', () => {
    expect(printedDifference('b\n...', 'a\nb')).to.contain('line 1 expected  b');
    expect(printedDifference('...\na', 'a\nb')).to.contain('they are not there at the end');
    expect(printedDifference('...\nb\n...\na\n...', 'a\nb')).to.contain('one after the other after line 2');
    expect(printedDifference('a\n...\na', 'a')).to.contain('they are not there at the end after line 1');
  });

  it('may have any text where a line has `...`', () => {
    expect(printedDifference('...\n64 bytes from 10.0.1.2: icmp_seq=1 ttl=64 time=... ms\n...', PRINTED)).to.equal(
      undefined,
    );
    expect(printedDifference('from ...: icmp_seq=... ttl=64', 'from a: icmp_seq=1 ttl=63')).to.not.equal(undefined);
    expect(printedDifference('a...a', 'a')).to.not.equal(undefined);
  });

  it('is found again with any of its lines left out', () => {
    const line = fc.constantFrom('a', 'b', 'ab', '');
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.boolean()), (lines, kept) => {
        const expected = lines.map((each, at) => (kept[at] ? each : '...'));
        expect(printedDifference(`${expected.join('\n')}\nend`, `${lines.join('\n')}\nend`)).to.equal(undefined);
      }),
    );
  });
});
