import { describe, it } from 'node:test';
import { expect } from 'chai';
import { partsOf, simplerRules } from './simpler-rules.js';

describe('a simpler rule', () => {
  it('has each part of a rule once', () => {
    const rule =
      '-A U1 ! -s 10.0.0.0/8 -i eth0 ! -p tcp -m comment --comment "two -j words" -m mark ! --mark 0x1 -j SNAT --to-source :80';
    expect(partsOf(rule)).to.deep.equal([
      '-A U1',
      '! -s 10.0.0.0/8',
      '-i eth0',
      '! -p tcp',
      '-m comment --comment "two -j words"',
      '-m mark ! --mark 0x1',
      '-j SNAT --to-source :80',
    ]);
  });

  it('lacks one of them', () => {
    expect(simplerRules('-A FORWARD ! -i eth0 -j DROP')).to.deep.equal(['-A FORWARD -j DROP', '-A FORWARD ! -i eth0']);
  });

  it('is none of a policy or a chain', () => {
    expect(simplerRules('-P FORWARD DROP')).to.deep.equal([]);
    expect(simplerRules('-N U1')).to.deep.equal([]);
  });
});
