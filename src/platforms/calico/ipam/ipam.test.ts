import { describe, it } from 'node:test';
import { expect } from 'chai';
import { formatPrefix } from '../../../net/ipv4.js';
import { Ipam } from './ipam.js';

const POOL = '172.20.0.0/16';
const blocks = (ipam: Ipam) => ipam.blocks.map(({ cidr, host }) => `${host} ${formatPrefix(cidr)}`);
const take = (ipam: Ipam, host: string, count: number) => Array.from({ length: count }, () => ipam.autoAssign(host));

describe('Ipam', () => {
  it("hands out the addresses of the host's first block in order, .0 and .63 included", () => {
    const ipam = new Ipam([POOL], []);
    const addresses = take(ipam, 'master', 64);
    expect(addresses[0]).to.equal('172.20.219.64');
    expect(addresses[63]).to.equal('172.20.219.127');
  });

  it('claims the next block when the first is full', () => {
    const ipam = new Ipam([POOL], []);
    expect(take(ipam, 'master', 65)[64]).to.equal('172.20.219.128');
    expect(blocks(ipam)).to.deep.equal(['master 172.20.219.64/26', 'master 172.20.219.128/26']);
  });

  it('walks past a block that another host has', () => {
    const ipam = new Ipam([POOL], []);
    expect(ipam.autoAssign('slave2')).to.equal('172.20.140.64');
    expect(ipam.autoAssign('node02')).to.equal('172.20.140.128');
  });

  it('claims the block of an address that a person chose, and goes on in it', () => {
    const ipam = new Ipam([POOL], ['172.20.5.1']);
    ipam.assign('master', '172.20.5.1');
    expect(take(ipam, 'master', 2)).to.deep.equal(['172.20.5.0', '172.20.5.2']);
    expect(blocks(ipam)).to.deep.equal(['master 172.20.5.0/26']);
  });

  it('borrows a chosen address out of the block of another host', () => {
    const ipam = new Ipam([POOL], ['172.20.219.65']);
    ipam.autoAssign('master');
    ipam.assign('slave1', '172.20.219.65');
    expect(blocks(ipam)).to.deep.equal(['master 172.20.219.64/26']);
    expect(ipam.autoAssign('master')).to.equal('172.20.219.66');
  });

  it('borrows where no block is left, and ends when nothing is', () => {
    const ipam = new Ipam(['10.0.0.0/26'], []);
    expect(ipam.autoAssign('master')).to.equal('10.0.0.0');
    expect(ipam.autoAssign('slave1')).to.equal('10.0.0.1');
    expect(blocks(ipam)).to.deep.equal(['master 10.0.0.0/26']);
    expect(take(ipam, 'slave1', 63).at(-1)).to.equal(undefined);
  });

  it('goes on to the next pool', () => {
    const ipam = new Ipam(['10.0.0.0/26', '10.1.0.0/26'], []);
    expect(take(ipam, 'master', 65).at(-1)).to.equal('10.1.0.0');
    expect(ipam.isInPool('10.1.0.63')).to.equal(true);
    expect(ipam.isInPool('10.1.0.64')).to.equal(false);
  });
});
