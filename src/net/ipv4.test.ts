import { describe, it } from 'node:test';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  broadcastOf,
  contains,
  formatIpv4,
  formatPrefix,
  ipv4,
  netmask,
  overlaps,
  parseInterfaceAddress,
  parseIpv4,
  parsePrefix,
  prefix,
  prefixOf,
} from './ipv4.js';

const address = fc.integer({ min: 0, max: 0xffffffff });
const length = fc.integer({ min: 0, max: 32 });

describe('IPv4 addresses', () => {
  it('read back as they are printed', () => {
    fc.assert(fc.property(address, (value) => parseIpv4(formatIpv4(value)) === value));
  });

  for (const text of [
    '010.0.0.1',
    '10.1',
    '0x0a.0.0.1',
    '1.2.3.4.5',
    '1.2.3.256',
    '1.2.3.',
    ' 1.2.3.4',
    '1.2.3.4/32',
    '',
  ]) {
    it(`refuse ${JSON.stringify(text)}`, () => {
      expect(parseIpv4(text)).to.equal(undefined);
    });
  }
});

describe('IPv4 prefixes', () => {
  it('hold the addresses that share their first bits, and no other', () => {
    fc.assert(
      fc.property(address, address, length, (a, b, bits) => {
        const binary = (value: number) => value.toString(2).padStart(32, '0').slice(0, bits);
        return contains(prefixOf(a, bits), b) === (binary(a) === binary(b));
      }),
    );
  });

  it('overlap exactly where one holds the other', () => {
    fc.assert(
      fc.property(address, length, address, length, (a, la, b, lb) => {
        const [one, two] = [prefixOf(a, la), prefixOf(b, lb)];
        return overlaps(one, two) === (contains(one, two.address) || contains(two, one.address));
      }),
    );
  });

  it('mask host bits away, where an interface address keeps them', () => {
    expect(formatPrefix(parsePrefix('10.1.2.3/8')!)).to.equal('10.0.0.0/8');
    expect(formatPrefix(parseInterfaceAddress('10.1.2.3/8')!)).to.equal('10.1.2.3/8');
    expect(formatPrefix(prefix('10.1.2.3'))).to.equal('10.1.2.3/32');
  });

  it('have a netmask and, up to /30, a broadcast address', () => {
    expect(formatIpv4(netmask(0))).to.equal('0.0.0.0');
    expect(formatIpv4(netmask(26))).to.equal('255.255.255.192');
    expect(formatIpv4(broadcastOf({ address: ipv4('172.20.219.64'), length: 26 })!)).to.equal('172.20.219.127');
    expect(broadcastOf({ address: ipv4('10.0.0.0'), length: 31 })).to.equal(undefined);
  });

  for (const text of ['10.0.0.0/33', '10.0.0.0/', '10.0.0/8', '/8', '10.0.0.0/-1']) {
    it(`refuse ${JSON.stringify(text)}`, () => {
      expect(parsePrefix(text)).to.equal(undefined);
    });
  }
});
