import { describe, it } from 'node:test';
import { expect } from 'chai';
import { readSentence } from './sentence.js';
import { CLAIMS } from './table.js';

function read(text: string, language: 'en' | 'zh' = 'en') {
  return readSentence('it', text, language).map(({ claim, denied, subject, words }) => [
    claim.id,
    denied,
    subject,
    { ...words },
  ]);
}

describe('reading claims', () => {
  it('gives every example to its own claim', () => {
    for (const { id, example } of CLAIMS)
      expect(
        read(example.replace(/^it /, '')).map(([found]) => found),
        example,
      ).to.deep.equal([id]);
  });

  it('has unique names and a description for each', () => {
    expect(new Set(CLAIMS.map(({ id }) => id)).size).to.equal(CLAIMS.length);
    for (const { about } of CLAIMS) expect(about).to.match(/\.$/);
  });

  it('splits at and, but not within quotes', () => {
    expect(read('is unreachable: "here and there" and is not lost')).to.deep.equal([
      ['unreachable', false, 'it', { quoted: '"here and there"' }],
      ['lost', true, 'it', {}],
    ]);
  });

  it('lets the subject change on the way', () => {
    expect(read('is answered and the reply passes INPUT')).to.deep.equal([
      ['answered', false, 'it', {}],
      ['passes', false, 'reply', { chains: 'INPUT' }],
    ]);
  });

  it('reads parameters around optional parts', () => {
    expect(read('is dropped by the FORWARD policy on node03')).to.deep.equal([
      ['dropped-by-policy', false, 'it', { chain: 'FORWARD', node: 'node03' }],
    ]);
    expect(read('does not leave master')).to.deep.equal([['leaves', true, 'it', { node: 'master' }]]);
    expect(read('passes nat PREROUTING, cali-FORWARD on master')).to.deep.equal([
      ['passes', false, 'it', { chains: 'nat PREROUTING, cali-FORWARD', node: 'master' }],
    ]);
  });

  it('says what was meant in Chinese', () => {
    expect(() => read('在 master 上没有被 masquerad', 'zh')).to.throw('did you mean `没有被 masquerade`?');
    expect(() => read('飞走了', 'zh')).to.throw('`飞走了` is no claim; claims: 得到应答, ');
  });

  it('reads Chinese, with or without blanks', () => {
    expect(read('在 master 上经过 cali-FORWARD 且没有被 masquerade', 'zh')).to.deep.equal([
      ['passes', false, 'it', { node: 'master', chains: 'cali-FORWARD' }],
      ['masqueraded', true, 'it', {}],
    ]);
    expect(read('被丢弃，应答没有被 DNAT', 'zh')).to.deep.equal([
      ['dropped', false, 'it', {}],
      ['translated', true, 'reply', {}],
    ]);
    expect(read('从 master 的 ens33 发出，下一跳 slave1，没有被 DNAT', 'zh')).to.deep.equal([
      ['leaves', false, 'it', { node: 'master', device: 'ens33', gateway: 'slave1' }],
      ['translated', true, 'it', {}],
    ]);
    expect(read('由 master 离开，经 slave1，经过 FORWARD', 'zh')).to.deep.equal([
      ['leaves', false, 'it', { node: 'master', gateway: 'slave1' }],
      ['passes', false, 'it', { chains: 'FORWARD' }],
    ]);
    expect(read('不经过 cali-nat-outgoing', 'zh')).to.deep.equal([
      ['passes', true, 'it', { chains: 'cali-nat-outgoing' }],
    ]);
  });
});
