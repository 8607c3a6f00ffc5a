import { describe, it } from 'node:test';
import { expect } from 'chai';
import { checkIpsets, mergeIpsets } from './ipset-text.js';

describe('the text of ip sets', () => {
  const earlier = 'create a hash:ip\nadd a 10.0.0.1\ncreate b hash:ip\nadd b 10.0.0.2\n';

  it('replaces a set that it creates, elements included', () => {
    expect(mergeIpsets(earlier, 'create a hash:net\nadd a 10.9.0.0/16\n')).to.equal(
      'create b hash:ip\ncreate a hash:net\nadd b 10.0.0.2\nadd a 10.9.0.0/16\n',
    );
  });

  it('adds elements to a set that is there', () => {
    expect(mergeIpsets(earlier, '# one more\nadd b 10.0.0.3\n')).to.match(/add b 10\.0\.0\.2\nadd b 10\.0\.0\.3\n$/);
  });

  it('creates all sets before it fills a list of sets', () => {
    const list = mergeIpsets('create l list:set\nadd l a\n', earlier).split('\n');
    expect(list.indexOf('create a hash:ip')).to.be.lessThan(list.indexOf('add l a'));
  });

  it('of nothing is nothing', () => {
    expect(mergeIpsets('', '')).to.equal('');
  });

  it('is answered with everything that ipset refuses', () => {
    expect(checkIpsets('# saved\ncreate a hash:ip\n  ad a 10.0.0.1\nadd a 10.0.0.300\n')).to.deep.equal([
      {
        ...{ line: 3, column: 3 },
        sentence: 'ipset v7.17: No command specified: unknown argument ad; did you mean add?',
      },
      {
        ...{ line: 4, column: 7 },
        sentence: 'ipset v7.17: Syntax error: cannot parse 10.0.0.300: resolving to IPv4 address failed',
      },
    ]);
  });

  it('may add to a set that something else creates, as long as nobody knows better', () => {
    const text = 'add b 10.0.0.3\nadd c 10.0.0.4\n';
    expect(checkIpsets(text)).to.deep.equal([]);
    expect(checkIpsets(text, earlier)).to.deep.equal([
      { line: 2, column: 5, sentence: 'ipset v7.17: The set with the given name does not exist' },
    ]);
  });
});
