import { describe, it } from 'node:test';
import { expect } from 'chai';
import { ipv4 } from '../../net/ipv4.js';
import { type Packet, portsOf, TCP_FLAGS } from '../../net/packet.js';
import { echoReply, icmp, skbOf, tcp, udp } from '../fake-host.js';
import { FakeNamespace } from '../fake-namespace.js';
import { formatConnection } from './print.js';

const A = ipv4('10.0.1.2');
const B = ipv4('10.0.2.2');
const C = ipv4('10.0.3.2');

/** Tracking is on, and nothing else happens. */
const TRACKING = '*filter\n:FORWARD ACCEPT\n-A FORWARD -m conntrack --ctstate INVALID\nCOMMIT\n';

function lines(ns: FakeNamespace): string[] {
  return ns.netfilter.conntrack.list().map((connection) => formatConnection(connection, ns.host.time));
}

// The setting of all experiments: a - router - b, c; the router counts each ctstate, or lists with conntrack -L.
describe('the state of a packet', () => {
  it('is NEW until an answer was seen, and then ESTABLISHED both ways', () => {
    const ns = new FakeNamespace(TRACKING);
    const request = icmp(A, B);
    expect(ns.state(ns.forward(request))).to.equal('NEW');
    expect(ns.state(ns.forward(request))).to.equal('NEW');
    expect(ns.state(ns.forward(echoReply(request)))).to.equal('ESTABLISHED');
    expect(ns.state(ns.forward(request))).to.equal('ESTABLISHED');
  });

  it('is one connection for each echo id', () => {
    const ns = new FakeNamespace(TRACKING);
    for (const id of [1, 2]) for (const seq of [1, 2, 3]) ns.forward(icmp(A, B, { id, seq }));
    expect(lines(ns)).to.have.lengthOf(2);
  });

  // A raw echo reply from a through the router to b: ctstate INVALID counts 1, ACCEPT forwards it.
  it('is INVALID for an answer to no question', () => {
    const ns = new FakeNamespace(TRACKING);
    const reply = ns.forward(icmp(A, B, { type: 0 }));
    expect(ns.state(reply)).to.equal('INVALID');
    expect(reply.verdict).to.equal('ACCEPT');
    expect(lines(ns)).to.deep.equal([]);
  });

  // Raw ICMP of each type: 13, 15 and 17 make entries; 0, 14, 10, 9, 30 and 40 count as INVALID.
  it('is NEW for ICMP queries alone', () => {
    const ns = new FakeNamespace(TRACKING);
    const state = (type: number) => ns.state(ns.forward(icmp(A, B, { type })));
    expect([8, 13, 15, 17].map(state)).to.deep.equal(['NEW', 'NEW', 'NEW', 'NEW']);
    expect(new Set([0, 14, 9, 10, 30, 40].map(state))).to.deep.equal(new Set(['INVALID']));
  });

  // -t raw -A PREROUTING -p icmp -j CT --notrack: UNTRACKED counts, conntrack -L is empty.
  it('is UNTRACKED where raw says so', () => {
    const ns = new FakeNamespace(
      `*raw\n:PREROUTING ACCEPT\n-A PREROUTING -p icmp -j CT --notrack\nCOMMIT\n${TRACKING}`,
    );
    expect(ns.state(ns.forward(icmp(A, B)))).to.equal('UNTRACKED');
    expect(lines(ns)).to.deep.equal([]);
    expect(ns.state(ns.forward(udp(A, B, 1, 2)))).to.equal('NEW');
  });

  // conntrack -F on the router while a pings b.
  it('is NEW again after a flush', () => {
    const ns = new FakeNamespace(TRACKING);
    const request = icmp(A, B);
    ns.forward(request);
    ns.forward(echoReply(request));
    ns.netfilter.conntrack.flush();
    expect(ns.state(ns.forward(request))).to.equal('NEW');
  });

  it('is NEW again when the time is over', () => {
    const ns = new FakeNamespace(TRACKING);
    const request = icmp(A, B);
    ns.forward(request);
    ns.forward(echoReply(request));
    ns.host.time += 29_999;
    expect(ns.netfilter.conntrack.list()).to.have.lengthOf(1);
    ns.host.time += 1;
    expect(ns.state(ns.forward(request))).to.equal('NEW');
  });

  it('takes the mark of no request over to its answer', () => {
    const ns = new FakeNamespace(
      `*mangle\n:PREROUTING ACCEPT\n-A PREROUTING -s 10.0.1.2 -j MARK --set-xmark 0x7/0xffffffff\nCOMMIT\n${TRACKING}`,
    );
    const request = icmp(A, B);
    const passed = ns.forward(request);
    expect(passed.skb.mark).to.equal(7);
    expect(ns.forward(echoReply(request)).skb.mark).to.equal(0);
    const error = icmp(B, A, { type: 3, code: 1, id: 0, seq: 0, quoted: request });
    expect(ns.send(error, 'ra', passed.skb).skb.mark).to.equal(0);
  });
});

describe('an entry', () => {
  // iptables -P FORWARD DROP on the router, three pings: conntrack -L is empty.
  it('is there only after the last hook', () => {
    const ns = new FakeNamespace(TRACKING.replace('FORWARD ACCEPT', 'FORWARD DROP'));
    const passed = [1, 2, 3].map((seq) => ns.forward(icmp(A, B, { seq })));
    expect(passed.map((one) => ns.state(one))).to.deep.equal(['NEW', 'NEW', 'NEW']);
    expect(lines(ns)).to.deep.equal([]);
  });

  it('prints as conntrack -L prints it', () => {
    const ns = new FakeNamespace(TRACKING);
    ns.forward(icmp(A, B, { id: 14886 }));
    ns.host.time += 1500;
    expect(lines(ns)).to.deep.equal([
      'icmp     1 28 src=10.0.1.2 dst=10.0.2.2 type=8 code=0 id=14886 [UNREPLIED] src=10.0.2.2 dst=10.0.1.2 type=0 code=0 id=14886 mark=0 use=1',
    ]);
  });

  // nf_conntrack_udp_timeout 30, _stream 120; two seconds after the first datagram an answered one is ASSURED.
  it('of UDP becomes a stream when it is answered and lasts', () => {
    const ns = new FakeNamespace(TRACKING);
    ns.forward(udp(A, B, 5000, 53));
    ns.host.time = 1000;
    ns.forward(udp(B, A, 53, 5000));
    ns.forward(udp(A, B, 5000, 53));
    expect(lines(ns)[0]).to.match(/^udp {6}17 30 .* dport=5000 mark=0/);
    ns.host.time = 2001;
    ns.forward(udp(A, B, 5000, 53));
    expect(lines(ns)[0]).to.match(/^udp {6}17 120 .* dport=5000 \[ASSURED\] mark=0/);
  });

  // nc to a closed port: the RST is ESTABLISHED, and nothing is left in conntrack -L.
  it('of TCP ends with the RST that alone answers it', () => {
    const ns = new FakeNamespace(TRACKING);
    ns.forward(tcp(A, B, 5000, 80));
    const { RST, ACK } = TCP_FLAGS;
    expect(ns.state(ns.forward(tcp(B, A, 80, 5000, { flags: RST | ACK, seq: 0, ack: 2 })))).to.equal('ESTABLISHED');
    expect(lines(ns)).to.deep.equal([]);
  });

  it('of TCP does not live longer because its SYN is repeated', () => {
    const ns = new FakeNamespace(TRACKING);
    ns.forward(tcp(A, B, 5000, 80));
    ns.host.time += 60_000;
    ns.forward(tcp(A, B, 5000, 80));
    expect(lines(ns)[0]).to.match(/^tcp {6}6 60 SYN_SENT /);
  });

  // A second connection from the same port within the two minutes of TIME_WAIT: one entry, SYN_SENT, UNREPLIED.
  it('of TCP makes room for a new connection of the same ports after its close', () => {
    const ns = new FakeNamespace(TRACKING);
    const { SYN, ACK, FIN } = TCP_FLAGS;
    ns.forward(tcp(A, B, 5000, 80, { flags: SYN, seq: 1 }));
    ns.forward(tcp(B, A, 80, 5000, { flags: SYN | ACK, seq: 100, ack: 2 }));
    ns.forward(tcp(A, B, 5000, 80, { flags: ACK, seq: 2, ack: 101 }));
    ns.forward(tcp(A, B, 5000, 80, { flags: FIN | ACK, seq: 2, ack: 101 }));
    ns.forward(tcp(B, A, 80, 5000, { flags: FIN | ACK, seq: 101, ack: 3 }));
    ns.forward(tcp(A, B, 5000, 80, { flags: ACK, seq: 3, ack: 102 }));
    expect(lines(ns)[0]).to.match(/^tcp {6}6 120 TIME_WAIT .*\[ASSURED\]/);
    expect(ns.state(ns.forward(tcp(A, B, 5000, 80, { flags: SYN, seq: 7000 })))).to.equal('NEW');
    expect(lines(ns)).to.have.lengthOf(1);
    expect(lines(ns)[0]).to.match(/^tcp {6}6 120 SYN_SENT .*\[UNREPLIED\]/);
  });
});

describe('two first packets on the way at once', () => {
  // A bridge with DNAT to a station that does not answer ARP at first holds both: of two echoes and of two SYNs one
  // arrives (insert_failed=2), of two UDP datagrams both do (clash_resolve=1).
  const both = (packet: Packet) => {
    const ns = new FakeNamespace(TRACKING);
    const held = [skbOf(packet), skbOf(packet)];
    for (const skb of held) ns.netfilter.hook('PREROUTING', skb, 'br0', '');
    const verdicts = held.map((skb) => ns.netfilter.hook('POSTROUTING', skb, '', 'br0'));
    expect(lines(ns)).to.have.lengthOf(1);
    return { verdicts, held };
  };

  it('share a connection where they are UDP', () => {
    const { verdicts, held } = both(udp(A, B, 5000, 53));
    expect(verdicts).to.deep.equal(['ACCEPT', 'ACCEPT']);
    expect(held[1]!.ct).to.deep.equal(held[0]!.ct);
  });

  it('lose the second one where they are not', () => {
    expect(both(icmp(A, B)).verdicts).to.deep.equal(['ACCEPT', 'DROP']);
    expect(both(tcp(A, B, 5000, 80)).verdicts).to.deep.equal(['ACCEPT', 'DROP']);
  });

  it('get the same port', () => {
    const nat = '*nat\n:POSTROUTING ACCEPT\n-A POSTROUTING -j SNAT --to-source 192.0.2.1\nCOMMIT\n';
    const ns = new FakeNamespace(nat);
    const held = [skbOf(udp(A, B, 5000, 53)), skbOf(udp(A, B, 5000, 53))];
    for (const skb of held) ns.netfilter.hook('PREROUTING', skb, 'br0', '');
    expect(held.map((skb) => ns.netfilter.hook('POSTROUTING', skb, '', 'br0'))).to.deep.equal(['ACCEPT', 'ACCEPT']);
    expect(held.map(({ packet }) => portsOf(packet.payload)?.sport)).to.deep.equal([5000, 5000]);
  });
});

describe('an ICMP error', () => {
  const about = udp(A, B, 5000, 53);
  const unreachable = { type: 3, code: 3, id: 0, seq: 0 };

  it('is RELATED to the connection that it quotes, in either direction', () => {
    const ns = new FakeNamespace(TRACKING);
    ns.forward(about);
    const back = ns.forward(icmp(B, A, { ...unreachable, quoted: about }));
    expect(ns.state(back)).to.equal('RELATED');
    expect(ns.said(back, 'tracked')[0]?.direction).to.equal('reply');
    const forth = ns.forward(icmp(A, B, { ...unreachable, quoted: udp(B, A, 53, 5000) }));
    expect(ns.state(forth)).to.equal('RELATED');
    expect(ns.said(forth, 'tracked')[0]?.direction).to.equal('original');
  });

  it('is RELATED whoever sends it', () => {
    const ns = new FakeNamespace(TRACKING);
    ns.forward(about);
    expect(ns.state(ns.forward(icmp(C, A, { ...unreachable, quoted: about })))).to.equal('RELATED');
  });

  // Raw ICMP from b to c that quotes a's datagram to b: INVALID counts.
  it('is INVALID for somebody who has no part in the connection, and about a connection that is not there', () => {
    const ns = new FakeNamespace(TRACKING);
    ns.forward(about);
    expect(ns.state(ns.forward(icmp(B, C, { ...unreachable, quoted: about })))).to.equal('INVALID');
    expect(ns.state(ns.forward(icmp(B, A, { ...unreachable, quoted: udp(A, B, 5009, 53) })))).to.equal('INVALID');
  });

  // FORWARD -p icmp -j REJECT on the router: the answer counts as RELATED in OUTPUT, conntrack -L stays empty.
  it('of this host is RELATED to a packet that was itself rejected', () => {
    const ns = new FakeNamespace(TRACKING.replace('FORWARD ACCEPT', 'FORWARD DROP'));
    const rejected = ns.forward(about);
    const answer = ns.send(icmp(B, A, { ...unreachable, quoted: about }), 'ra', rejected.skb);
    expect(ns.state(answer)).to.equal('RELATED');
    expect(lines(ns)).to.deep.equal([]);
  });

  // The same after CT --notrack: the answer counts as INVALID in OUTPUT.
  it('of this host about an UNTRACKED packet is INVALID', () => {
    const ns = new FakeNamespace(`*raw\n:PREROUTING ACCEPT\n-A PREROUTING -p udp -j CT --notrack\nCOMMIT\n${TRACKING}`);
    const untracked = ns.forward(about);
    const answer = ns.send(icmp(B, A, { ...unreachable, quoted: about }), 'ra', untracked.skb);
    expect(ns.state(answer)).to.equal('INVALID');
  });

  // raw OUTPUT -p icmp -j CT --notrack beside FORWARD -j REJECT: the answer still counts as RELATED.
  it('of this host stays RELATED whatever raw OUTPUT says', () => {
    const ns = new FakeNamespace(`*raw\n:OUTPUT ACCEPT\n-A OUTPUT -p icmp -j CT --notrack\nCOMMIT\n${TRACKING}`);
    const answer = ns.send(icmp(B, A, { ...unreachable, quoted: about }), 'ra', ns.forward(about).skb);
    expect(ns.state(answer)).to.equal('RELATED');
  });

  it('does not keep a connection alive', () => {
    const ns = new FakeNamespace(TRACKING);
    ns.forward(about);
    ns.host.time += 29_000;
    ns.forward(icmp(B, A, { ...unreachable, quoted: about }));
    ns.host.time += 1000;
    expect(lines(ns)).to.deep.equal([]);
  });
});
