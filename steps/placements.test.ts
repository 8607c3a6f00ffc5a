import { describe, it } from 'node:test';
import { expect } from 'chai';
import { readPlacements, readZhPlacements } from './placements.js';

describe('placements', () => {
  it('are joined by commas and `and`', () => {
    expect(readPlacements('web1 on master, web2 on master and web3 in net2 on slave1')).to.deep.equal([
      { name: 'web1', node: 'master' },
      { name: 'web2', node: 'master' },
      { name: 'web3', node: 'slave1', network: 'net2' },
    ]);
  });

  it('have labels', () => {
    expect(
      readPlacements('web1 on master with label app=web and web2 on slave1 with labels app=db, tier=back'),
    ).to.deep.equal([
      { name: 'web1', node: 'master', labels: { app: 'web' } },
      { name: 'web2', node: 'slave1', labels: { app: 'db', tier: 'back' } },
    ]);
    expect(() => readPlacements('web1 on master with label web')).to.throw('`web` is not a label such as `app=web`');
  });

  it('say how they are written', () => {
    expect(() => readPlacements('web1 on master of disaster')).to.throw('write it like `web1 on master`');
    expect(() => readZhPlacements('master 上有 web1 web2')).to.throw('请写成');
  });

  it('are written by node in Chinese', () => {
    expect(readZhPlacements('master 上有 web1 和 web2，slave1上有 net2 网络的 web9（标签 app=web）')).to.deep.equal([
      { name: 'web1', node: 'master' },
      { name: 'web2', node: 'master' },
      { name: 'web9', node: 'slave1', network: 'net2', labels: { app: 'web' } },
    ]);
  });
});
