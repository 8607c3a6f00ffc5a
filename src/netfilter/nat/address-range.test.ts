import { describe, it } from 'node:test';
import { expect } from 'chai';
import { formatIpv4, ipv4 } from '../../net/ipv4.js';
import type { Tuple } from '../conntrack/connection.js';
import type { NatRange } from '../conntrack/service.js';
import { pickAddress } from './address-range.js';

function tuple(src: string, dst: string): Tuple {
  return { src: ipv4(src), dst: ipv4(dst), protocol: 17, sport: 1111, dport: 53 };
}

function range(min: string, max: string, persistent: boolean): NatRange {
  const addresses = { min: ipv4(min), max: ipv4(max) };
  return { addresses, ports: undefined, random: false, randomFully: false, persistent };
}

// Linux 6.18, x86-64: one UDP datagram per line through a router with the rule, then `conntrack -L`.
describe('the address that a range gives', () => {
  const snat: [string, string, string][] = [
    ['10.0.1.2', '10.0.2.2', '10.9.0.18'],
    ['10.0.1.2', '10.0.2.7', '10.9.0.19'],
    ['10.0.1.3', '10.0.2.2', '10.9.0.140'],
    ['10.0.1.3', '10.0.2.7', '10.9.0.94'],
    ['10.0.1.4', '10.0.2.2', '10.9.0.86'],
    ['10.0.1.4', '10.0.2.7', '10.9.0.211'],
  ];
  for (const [src, dst, address] of snat) {
    it(`-j SNAT --to-source 10.9.0.0-10.9.0.255: ${src} towards ${dst} is ${address}`, () => {
      const picked = pickAddress(tuple(src, dst), range('10.9.0.0', '10.9.0.255', false), 'source');
      expect(formatIpv4(picked.src)).to.equal(address);
      expect(formatIpv4(picked.dst)).to.equal(dst);
    });
  }

  const persistent: [string, string][] = [
    ['10.0.1.2', '10.9.0.240'],
    ['10.0.1.3', '10.9.0.168'],
    ['10.0.1.4', '10.9.0.231'],
  ];
  for (const [src, address] of persistent) {
    it(`with --persistent ${src} is ${address} towards everybody`, () => {
      const picked = ['10.0.2.2', '8.8.8.8'].map(
        (dst) => pickAddress(tuple(src, dst), range('10.9.0.0', '10.9.0.255', true), 'source').src,
      );
      expect(picked.map(formatIpv4)).to.deep.equal([address, address]);
    });
  }

  const dnat: [string, string, string][] = [
    ['10.0.1.2', '10.7.7.2', '10.0.2.13'],
    ['10.0.1.2', '10.7.7.7', '10.0.2.12'],
    ['10.0.1.3', '10.7.7.2', '10.0.2.20'],
    ['10.0.1.3', '10.7.7.7', '10.0.2.15'],
    ['10.0.1.4', '10.7.7.2', '10.0.2.17'],
    ['10.0.1.4', '10.7.7.7', '10.0.2.16'],
  ];
  for (const [src, dst, address] of dnat) {
    it(`-j DNAT --to-destination 10.0.2.10-10.0.2.20: ${src} asking ${dst} gets ${address}`, () => {
      const picked = pickAddress(tuple(src, dst), range('10.0.2.10', '10.0.2.20', false), 'destination');
      expect(formatIpv4(picked.dst)).to.equal(address);
    });
  }

  it('is the only one, where there is only one', () => {
    const picked = pickAddress(tuple('10.0.1.2', '10.0.2.2'), range('192.0.2.1', '192.0.2.1', false), 'source');
    expect(formatIpv4(picked.src)).to.equal('192.0.2.1');
  });
});
