import { describe, it } from 'node:test';
import { expect } from 'chai';
import { formatPrefix, prefix } from '../../../net/ipv4.js';
import { blocksFor, fnv1 } from './first-block.js';

/** What hosts of these names got on real clusters, out of a /16 pool. */
const FIRST_BLOCKS: Record<string, string> = {
  master: '219.64',
  node1: '166.128',
  node2: '104.0',
  node3: '135.0',
  slave1: '140.192',
  slave2: '140.64',
  slave3: '77.0',
  node01: '196.128',
  node02: '140.64',
  node03: '186.192',
  'k8s-master': '235.192',
  'k8s-node1': '36.64',
  'k8s-node2': '169.128',
  'k8s-node3': '107.192',
  'k8s-node01': '85.192',
  'k8s-node02': '58.192',
  master1: '137.64',
  worker: '171.64',
  worker1: '235.128',
  worker2: '189.64',
  worker3: '182.0',
  host1: '119.0',
  host2: '183.64',
  'a-master': '215.64',
  'a-slave1': '181.0',
  minikube: '120.64',
  'kind-control-plane': '82.0',
  'kind-worker': '162.128',
  controlplane: '49.64',
  localhost: '20.0',
};

describe('blocksFor', () => {
  for (const [host, octets] of Object.entries(FIRST_BLOCKS)) {
    it(`gives ${host} 172.20.${octets}/26 first`, () => {
      const [first] = blocksFor(host, prefix('172.20.0.0/16'));
      expect(formatPrefix(first!)).to.equal(`172.20.${octets}/26`);
    });
  }

  it('walks on to the next block, around the end of the pool, and names each block once', () => {
    const blocks = [...blocksFor('master', prefix('172.20.0.0/16'))].map(formatPrefix);
    expect(blocks[1]).to.equal('172.20.219.128/26');
    expect(blocks[1024 - 877]).to.equal('172.20.0.0/26');
    expect(new Set(blocks)).to.have.lengthOf(1024);
  });

  it('has one block where the pool is one', () => {
    expect([...blocksFor('master', prefix('10.0.0.64/26'))].map(formatPrefix)).to.deep.equal(['10.0.0.64/26']);
  });
});

describe('fnv1', () => {
  it('multiplies before it mixes, unlike FNV-1a', () => {
    expect(fnv1('')).to.equal(0x811c9dc5);
    expect(fnv1('a')).to.equal(0x050c5d7e);
  });
});
