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

  it('has only lines of ipset save', () => {
    expect(checkIpsets('# saved\ncreate a hash:ip\n  ad a 10.0.0.1\nadd\n')).to.deep.equal([
      { line: 3, column: 3, sentence: '`ad` is not a line of ipset save; did you mean `add`?' },
      { line: 4, column: 1, sentence: '`add` needs the name of a set' },
    ]);
  });
});
