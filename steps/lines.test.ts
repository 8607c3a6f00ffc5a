import { describe, it } from 'node:test';
import { expect } from 'chai';
import { missingEntry } from './conntrack-lines.js';
import { firstDifference, firstMissing, plainLines, ruleLines, sameKinds } from './lines.js';

describe('comparing lines', () => {
  it('shows the first difference in its context', () => {
    expect(firstDifference(['a', 'b'], ['a', 'b'])).to.equal(undefined);
    expect(firstDifference(['a', 'b', 'x'], ['a', 'b', 'c'])).to.equal(
      'they differ at line 3, after\n    a\n    b\n  expected  x\n  happened  c',
    );
    expect(firstDifference(['a'], [])).to.equal('they differ at line 1\n  expected  a\n  happened  nothing more');
    expect(firstDifference([], ['a'])).to.contain('expected  nothing more');
  });

  it('lets others lie between, but not the order change', () => {
    expect(firstMissing(['a', 'c'], ['a', 'b', 'c'])).to.equal(undefined);
    expect(firstMissing(['c', 'a'], ['a', 'b', 'c'])).to.contain('it is there, but before the one above it');
    expect(firstMissing(['d'], ['a'])).to.contain('it is not there');
    expect(firstMissing(['a', 'a'], ['a'])).to.not.equal(undefined);
  });

  it('leaves out blanks and comments', () => {
    expect(plainLines('  a   b \n\n# c\n')).to.deep.equal(['a b']);
  });

  it('reads rules as iptables-save or iptables -S writes them', () => {
    expect(ruleLines('*filter\n:FORWARD DROP [0:0]\n:X - [0:0]\n[1:84] -A X -j DROP\nCOMMIT\n')).to.deep.equal(
      ruleLines('-P FORWARD DROP\n-N X\n-A X -j DROP\n'),
    );
  });

  it('compares only rules where only rules are given', () => {
    const all = ['-P FORWARD DROP', '-N X', '-A X -j DROP'];
    expect(sameKinds(['-A X -j DROP'], all)).to.deep.equal(['-A X -j DROP']);
    expect(sameKinds(['-N X', '-A X -j DROP'], all)).to.deep.equal(all);
  });
});

describe('comparing conntrack entries', () => {
  const entry =
    'icmp 1 29 src=10.0.1.2 dst=8.8.8.8 type=8 code=0 id=635 src=8.8.8.8 dst=172.16.0.1 type=0 code=0 id=635 mark=0 use=1';
  const other =
    'tcp 6 110 SYN_SENT src=10.0.1.2 dst=10.0.2.2 sport=4 dport=80 [UNREPLIED] src=10.0.2.2 dst=10.0.1.2 sport=80 dport=4 mark=0 use=1';

  it('compares the fields that are given, each in its direction', () => {
    expect(missingEntry(['icmp src=10.0.1.2 dst=8.8.8.8 src=8.8.8.8 dst=172.16.0.1'], [other, entry])).to.equal(
      undefined,
    );
    expect(missingEntry(['tcp SYN_SENT dport=80 [UNREPLIED]'], [entry, other])).to.equal(undefined);
    expect(missingEntry(['src=8.8.8.8'], [entry])).to.equal('src=8.8.8.8');
    expect(missingEntry(['icmp [UNREPLIED]'], [entry])).to.equal('icmp [UNREPLIED]');
  });

  it('wants an entry of its own for each line', () => {
    expect(missingEntry(['icmp', 'icmp'], [entry, other])).to.equal('icmp');
  });
});
