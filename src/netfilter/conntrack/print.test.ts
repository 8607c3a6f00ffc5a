import { describe, it } from 'node:test';
import { expect } from 'chai';
import { ipv4 } from '../../net/ipv4.js';
import type { Connection, Tuple } from './connection.js';
import { formatConnection, formatSummary } from './print.js';

function tuple(src: string, dst: string, protocol: number, sport: number, dport: number): Tuple {
  return { src: ipv4(src), dst: ipv4(dst), protocol, sport, dport };
}

function connection(original: Tuple, reply: Tuple, seconds: number, more: Partial<Connection> = {}): Connection {
  return {
    id: 1,
    original,
    reply,
    confirmed: true,
    seenReply: false,
    assured: false,
    srcNat: false,
    dstNat: false,
    srcNatDone: true,
    dstNatDone: true,
    mark: 0,
    tcp: undefined,
    masqueradeDevice: undefined,
    expiresAt: seconds * 1000,
    ...more,
  };
}

// The lines are those that conntrack 1.4.7 printed on a router between 10.0.1.2 and 10.0.2.2.
describe('conntrack -L', () => {
  it('prints an echo that was answered', () => {
    const [to, from] = [tuple('10.0.1.2', '10.0.2.2', 1, 14883, 0x800), tuple('10.0.2.2', '10.0.1.2', 1, 14883, 0)];
    expect(formatConnection(connection(to, from, 29, { seenReply: true }), 999)).to.equal(
      'icmp     1 28 src=10.0.1.2 dst=10.0.2.2 type=8 code=0 id=14883 src=10.0.2.2 dst=10.0.1.2 type=0 code=0 id=14883 mark=0 use=1',
    );
  });

  it('prints a datagram that was not', () => {
    const [to, from] = [tuple('10.0.1.2', '10.0.2.2', 17, 44819, 53), tuple('10.0.2.2', '10.0.1.2', 17, 53, 44819)];
    expect(formatConnection(connection(to, from, 30), 1)).to.equal(
      'udp      17 29 src=10.0.1.2 dst=10.0.2.2 sport=44819 dport=53 [UNREPLIED] src=10.0.2.2 dst=10.0.1.2 sport=53 dport=44819 mark=0 use=1',
    );
  });

  it('prints the state of a TCP connection', () => {
    const [to, from] = [tuple('10.0.1.2', '10.0.2.2', 6, 49504, 80), tuple('10.0.2.2', '10.0.1.2', 6, 80, 49504)];
    const over = connection(to, from, 120, { seenReply: true, assured: true, tcp: 'TIME_WAIT' });
    expect(formatConnection(over, 1)).to.equal(
      'tcp      6 119 TIME_WAIT src=10.0.1.2 dst=10.0.2.2 sport=49504 dport=80 src=10.0.2.2 dst=10.0.1.2 sport=80 dport=49504 [ASSURED] mark=0 use=1',
    );
  });

  it('prints protocols that nobody tracks', () => {
    const [to, from] = [tuple('10.0.1.2', '10.0.2.2', 4, 0, 0), tuple('10.0.2.2', '10.0.1.2', 4, 0, 0)];
    expect(formatConnection(connection(to, from, 600, { mark: 0x10 }), 1001)).to.equal(
      'unknown  4 598 src=10.0.1.2 dst=10.0.2.2 [UNREPLIED] src=10.0.2.2 dst=10.0.1.2 mark=16 use=1',
    );
  });

  it('ends with a summary', () => {
    expect(formatSummary(4)).to.equal('conntrack v1.4.7 (conntrack-tools): 4 flow entries have been shown.');
  });
});
