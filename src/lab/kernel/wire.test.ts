import { describe, it } from 'node:test';
import { expect } from 'chai';
import { ipv4 } from '../../net/ipv4.js';
import { readFrame, readPacket } from './wire.js';

const octets = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex');

const IP = {
  // 10.0.1.2 > 10.0.2.2, ttl 64, id 39130 (0x98da), DF
  icmp: '45000054 98da4000 40010000 0a000102 0a000202',
  udp: '4500001e 00010000 40110000 0a000102 0a000202',
  tcp: '45000028 00004000 40060000 0a000102 0a000202',
  error: '45c00038 00070000 40010000 0a000101 0a000102',
};
const ADDRESSES = { src: ipv4('10.0.1.2'), dst: ipv4('10.0.2.2') };

describe('octets on the wire', () => {
  it('are an echo request', () => {
    expect(readPacket(octets(`${IP.icmp} 0800 0000 66c7 0001 00`))).to.deep.equal({
      ...ADDRESSES,
      protocol: 1,
      ttl: 64,
      tos: 0,
      id: 39_130,
      df: true,
      length: 84,
      payload: { kind: 'icmp', type: 8, code: 0, id: 0x66c7, seq: 1 },
    });
  });

  it('are a datagram, its length counted from the headers', () => {
    expect(readPacket(octets(`${IP.udp} 9c40 0035 0012 0000`))?.payload).to.deep.equal({
      kind: 'udp',
      sport: 40_000,
      dport: 53,
      data: 2,
    });
  });

  it('are a segment with its flags', () => {
    expect(readPacket(octets(`${IP.tcp} 9c40 0050 00000001 00000002 5012 faf0 0000 0000`))?.payload).to.deep.equal({
      kind: 'tcp',
      sport: 40_000,
      dport: 80,
      seq: 1,
      ack: 2,
      flags: 0x12,
      window: 64_240,
      data: 0,
    });
  });

  it('are an error with what it quotes, of TCP only eight octets', () => {
    const payload = readPacket(octets(`${IP.error} 0304 0000 0000 0048 ${IP.tcp} 9c40 0050 00000001`))?.payload;
    expect(payload).to.deep.include({ kind: 'icmp', type: 3, code: 4, mtu: 72 });
    const quoted = payload?.kind === 'icmp' ? payload.quoted : undefined;
    expect(quoted).to.deep.include({ ...ADDRESSES, length: 40 });
    expect(quoted?.payload).to.deep.include({ kind: 'tcp', sport: 40_000, dport: 80, seq: 1, flags: 0 });
  });

  it('are an ARP request', () => {
    const frame = readFrame(
      octets('ffffffffffff 020000000001 0806 0001 0800 0604 0001 020000000001 0a000102 000000000000 0a000101'),
    );
    expect(frame).to.deep.equal({
      dstMac: 'ff:ff:ff:ff:ff:ff',
      srcMac: '02:00:00:00:00:01',
      arp: {
        operation: 'request',
        senderMac: '02:00:00:00:00:01',
        senderIp: ipv4('10.0.1.2'),
        targetMac: '00:00:00:00:00:00',
        targetIp: ipv4('10.0.1.1'),
      },
    });
  });

  it('are nothing where they are cut off before the headers end, or are no IPv4', () => {
    expect(readPacket(octets(IP.icmp.slice(0, 20)))).to.equal(undefined);
    expect(readPacket(octets(`6${IP.icmp.slice(1)}`))).to.equal(undefined);
    expect(readFrame(octets('ffffffffffff 0200'))).to.equal(undefined);
  });
});
