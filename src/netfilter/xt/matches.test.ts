import { describe, it } from 'node:test';
import { expect } from 'chai';
import { ipv4 } from '../../net/ipv4.js';
import type { Packet } from '../../net/packet.js';
import { TCP_FLAGS } from '../../net/packet.js';
import type { Connection } from '../conntrack/connection.js';
import { FakeHost, icmp, passOf, skbOf, tcp, udp } from '../fake-host.js';
import type { HookPass } from '../hooks.js';
import { IpSets } from '../ipset/ip-sets.js';
import type { Evaluation, Match } from '../rule.js';
import { parseRule } from '../rules/parse-rule.js';
import type { Skb } from '../skb.js';
import { RecentStore } from './recent-store.js';

const A = ipv4('10.0.0.1');
const B = ipv4('10.0.0.2');

interface Scene {
  readonly packet?: Packet;
  readonly skb?: Partial<Skb>;
  readonly pass?: Partial<HookPass>;
  readonly recent?: RecentStore;
  readonly host?: FakeHost;
}

function evaluation({
  packet = icmp(A, B),
  skb = {},
  pass = {},
  recent = new RecentStore(),
  host = new FakeHost(),
}: Scene): Evaluation {
  return {
    skb: { ...skbOf(packet), ...skb },
    pass: { ...passOf('FORWARD', { in: 'eth0', out: 'eth1' }), ...pass },
    table: 'filter',
    host,
    sets: new IpSets(),
    recent,
    conntrack: { setup: () => 'ACCEPT', untrack: () => {} },
    log: () => {},
  };
}

/** The last match of a rule. */
function matchOf(rule: string): Match {
  return parseRule(rule.split(' '), 'filter', 'FORWARD').matches.at(-1)!;
}

function test(rule: string, scene: Scene = {}) {
  return matchOf(rule).test(evaluation(scene));
}

/** How many of ten packets match, 20 ms apart. */
function ofTen(rule: string): number {
  const match = matchOf(rule);
  const host = new FakeHost();
  let count = 0;
  for (let packet = 0; packet < 10; packet++, host.time += 2) if (match.test(evaluation({ host })) === true) count++;
  return count;
}

// What a ping over lo counted on Linux 6.18.
describe('matches that count', () => {
  for (const [rule, count] of [
    ['-m statistic --mode nth --every 3 --packet 0', 4],
    ['-m statistic --mode nth --every 3 --packet 2', 3],
    ['-m statistic --mode nth ! --every 3 --packet 2', 7],
    ['-m limit --limit 1/min', 5],
    ['-m limit --limit 1/min --limit-burst 3', 3],
    ['-m limit --limit 1/min --limit-burst 1', 1],
    ['-m recent --set', 10],
    ['-m recent ! --set', 0],
    ['-m recent --rcheck', 0],
    ['-m recent ! --rcheck', 10],
  ] as const) {
    it(`${rule} matches ${count} of ten packets`, () => {
      expect(ofTen(rule)).to.equal(count);
    });
  }

  it('limit gives a packet back each time its share of the period is over', () => {
    const match = matchOf('-m limit --limit 1/sec --limit-burst 1');
    const host = new FakeHost();
    const ask = (time: number) => {
      host.time = time;
      return match.test(evaluation({ host }));
    };
    expect([ask(0), ask(999), ask(1000), ask(1001), ask(5000), ask(5001)]).to.deep.equal([
      true,
      false,
      true,
      false,
      true,
      false,
    ]);
  });

  it('statistic asks the seeded generator', () => {
    const host = new FakeHost();
    host.randoms = [0.24, 0.26];
    const match = matchOf('-m statistic --mode random --probability 0.25');
    expect([match.test(evaluation({ host })), match.test(evaluation({ host }))]).to.deep.equal([true, false]);
  });

  it('recent counts hits within its seconds, and forgets what it is told to remove', () => {
    const recent = new RecentStore();
    const host = new FakeHost();
    const ask = (rule: string) => matchOf(rule).test(evaluation({ recent, host }));
    ask('-m recent --set');
    host.time = 30_000;
    ask('-m recent --set');
    expect(ask('-m recent --rcheck --hitcount 2')).to.equal(true);
    expect(ask('-m recent --rcheck --hitcount 2 --seconds 20')).to.equal(false);
    expect(ask('-m recent --rcheck --seconds 20')).to.equal(true);
    expect(ask('-m recent --rcheck --rdest')).to.equal(false);
    expect(ask('-m recent --remove')).to.equal(true);
    expect(ask('-m recent --rcheck')).to.equal(false);
  });

  it('recent --update keeps an address alive that --rcheck lets grow old', () => {
    const recent = new RecentStore();
    const host = new FakeHost();
    const ask = (rule: string) => matchOf(rule).test(evaluation({ recent, host }));
    ask('-m recent --set');
    host.time = 8_000;
    expect(ask('-m recent --update --seconds 10')).to.equal(true);
    host.time = 16_000;
    expect(ask('-m recent --rcheck --seconds 10')).to.equal(true);
    host.time = 19_000;
    expect(ask('-m recent --rcheck --seconds 10 --reap')).to.equal(false);
    expect(ask('-m recent --rcheck')).to.equal(false);
  });
});

const CONNECTION: Connection = {
  id: 1,
  original: { src: A, dst: B, protocol: 1, sport: 77, dport: 2048 },
  reply: { src: B, dst: A, protocol: 1, sport: 77, dport: 0 },
  confirmed: true,
  seenReply: true,
  assured: false,
  srcNat: false,
  dstNat: true,
  srcNatDone: true,
  dstNatDone: true,
  mark: 5,
  tcp: undefined,
  masqueradeDevice: undefined,
  expiresAt: 30_000,
} as Connection;
const established: Scene = {
  skb: { ct: { untracked: false, connection: CONNECTION, direction: 'reply', info: 'ESTABLISHED' } },
};
const untracked: Scene = { skb: { ct: { untracked: true } } };
const framed = (dstMac: string): Scene => ({ skb: { link: { srcMac: '02:00:00:00:00:01', dstMac } } });
const bridged: Scene = { pass: { physIn: 'veth1', physOut: 'veth2', bridged: true } };
const synAck = tcp(A, B, 1000, 80, { flags: TCP_FLAGS.SYN | TCP_FLAGS.ACK });

describe('matches', () => {
  for (const [rule, expected, scene] of [
    ['-m comment --comment x', true],
    ['-m mark --mark 1/3', true, { skb: { mark: 5 } }],
    ['-m mark --mark 1', false, { skb: { mark: 5 } }],
    ['-m mark ! --mark 1', true, { skb: { mark: 5 } }],
    ['-m mark --mark 0xffffffff', true, { skb: { mark: 0xffffffff } }],
    ['-m connmark --mark 5', true, established],
    ['-m connmark ! --mark 5', false, established],
    ['-m connmark ! --mark 1', false, untracked],
    ['-m conntrack --ctstate INVALID', true],
    ['-m conntrack --ctstate ESTABLISHED', true, established],
    ['-m conntrack --ctstate DNAT', true, established],
    ['-m conntrack --ctstate SNAT', false, established],
    ['-m conntrack ! --ctstate NEW,SNAT', true, established],
    ['-m conntrack --ctstate UNTRACKED', true, untracked],
    ['-m conntrack --ctstate UNTRACKED --ctproto 6', true, untracked],
    ['-m conntrack --ctproto 1', false, untracked],
    ['-m conntrack ! --ctproto 1', false, untracked],
    ['-m conntrack --ctproto 1 --ctorigsrc 10.0.0.0/24', true, established],
    ['-m conntrack ! --ctproto 1', false, established],
    ['-m conntrack --ctreplsrc 10.0.0.2 --ctrepldst 10.0.0.1', true, established],
    ['-m conntrack --ctorigdstport 2048', true, established],
    ['-m conntrack --ctorigdstport 0', false, established],
    ['-m conntrack --ctstatus SEEN_REPLY', true, established],
    ['-m conntrack --ctstatus ASSURED', false, established],
    ['-m conntrack --ctstatus NONE', false, established],
    ['-m conntrack ! --ctstatus NONE', true, established],
    ['-m conntrack --ctexpire 30', true, established],
    ['-m conntrack --ctexpire 1:29', false, established],
    ['-m conntrack --ctdir REPLY', true, established],
    ['-m conntrack --ctdir ORIGINAL', false, established],
    ['-m state --state RELATED,ESTABLISHED', true, established],
    ['-m state ! --state INVALID', false],
    ['-p tcp --dport 80', true, { packet: synAck }],
    ['-p tcp ! --dport 80', false, { packet: synAck }],
    ['-p tcp --sport 1:999', false, { packet: synAck }],
    ['-p tcp --sport 1000: --dport :80', true, { packet: synAck }],
    ['-p tcp ! --dport 0:65535', false, { packet: synAck }],
    ['-p tcp --syn', false, { packet: synAck }],
    ['-p tcp --syn', true, { packet: tcp(A, B, 1, 2) }],
    ['-p tcp --tcp-flags SYN,ACK SYN,ACK', true, { packet: synAck }],
    ['-p tcp ! --tcp-flags ALL SYN', true, { packet: synAck }],
    ['-p tcp --tcp-option 5', 'unknown', { packet: synAck }],
    ['-p udp --dport 53', true, { packet: udp(A, B, 1, 53) }],
    ['-p udp --sport 53', false, { packet: udp(A, B, 1, 53) }],
    ['-p icmp --icmp-type echo-request', true],
    ['-p icmp --icmp-type 8/1', false],
    ['-p icmp ! --icmp-type 0', true],
    ['-p icmp --icmp-type any', true],
    ['-p tcp -m multiport --dports 22,79:81', true, { packet: synAck }],
    ['-p tcp -m multiport --sports 22,79:81', false, { packet: synAck }],
    ['-p tcp -m multiport --ports 1000', true, { packet: synAck }],
    ['-p tcp -m multiport ! --ports 1000', false, { packet: synAck }],
    ['-m addrtype --src-type UNICAST --dst-type UNICAST', true],
    ['-m addrtype ! --dst-type LOCAL', true],
    ['-m addrtype --dst-type LOCAL', false],
    ['-m physdev --physdev-in veth1', false],
    ['-m physdev ! --physdev-in veth1', true],
    ['-m physdev ! --physdev-is-in', true],
    ['-m physdev ! --physdev-is-bridged ! --physdev-out foo', true],
    ['-m physdev --physdev-in veth+ --physdev-is-bridged', true, bridged],
    ['-m physdev ! --physdev-is-in', false, bridged],
    ['-m physdev --physdev-out veth1 --physdev-is-bridged', false, bridged],
    ['-m mac --mac-source 2:0:0:0:0:1', true, framed('02:00:00:00:00:09')],
    ['-m mac ! --mac-source 02:00:00:00:00:01', false, framed('02:00:00:00:00:09')],
    ['-m mac ! --mac-source 02:00:00:00:00:01', false],
    ['-m pkttype --pkt-type broadcast', true, framed('ff:ff:ff:ff:ff:ff')],
    ['-m pkttype --pkt-type multicast', true, framed('01:00:5e:00:00:01')],
    ['-m pkttype --pkt-type unicast', true, framed('02:00:00:00:00:09')],
    ['-m pkttype ! --pkt-type unicast', false],
    ['-m iprange --src-range 10.0.0.0-10.0.0.1', true],
    ['-m iprange --src-range 10.0.0.0-10.0.0.1 ! --dst-range 10.0.0.2', false],
    ['-m iprange --src-range 10.0.0.9-10.0.0.1', false],
    ['-m length --length 84', true],
    ['-m length ! --length 84:100', false],
    ['-m length --length 200:100', false],
    ['-m ttl --ttl-eq 64', true],
    ['-m ttl ! --ttl-eq 64', false],
    ['-m ttl --ttl-gt 63', true],
    ['-m ttl --ttl-lt 64', false],
    ['-m tos --tos 0x10/0x10', true, { packet: { ...icmp(A, B), tos: 0x11 } }],
    ['-m tos --tos 0x10', false, { packet: { ...icmp(A, B), tos: 0x11 } }],
    ['-m dscp --dscp-class EF', true, { packet: { ...icmp(A, B), tos: 0xb9 } }],
    ['-m dscp ! --dscp 0', false],
    ['-m u32 --u32 6&0xFF=1', 'unknown'],
    ['-m set --match-set nowhere src', 'unknown'],
  ] as readonly (readonly [string, boolean | 'unknown', Scene?])[]) {
    it(`${rule} says ${expected}`, () => {
      expect(test(rule, scene)).to.equal(expected);
    });
  }

  it('rpfilter asks the namespace, and takes lo for granted', () => {
    const host = new FakeHost();
    host.reversePathOk = () => false;
    const ask = (rule: string, device: string) =>
      parseRule(rule.split(' '), 'raw', 'PREROUTING').matches[0]!.test(evaluation({ host, pass: { in: device } }));
    expect([ask('-m rpfilter', 'eth0'), ask('-m rpfilter --invert', 'eth0'), ask('-m rpfilter', 'lo')]).to.deep.equal([
      false,
      true,
      true,
    ]);
  });
});
