import { describe, it } from 'node:test';
import { expect } from 'chai';
import { formatIpv4, ipv4 } from '../../net/ipv4.js';
import { type IcmpMessage, type Packet, portsOf, TCP_FLAGS } from '../../net/packet.js';
import { echoReply, icmp, tcp, udp } from '../fake-host.js';
import { FakeNamespace, type Passed } from '../fake-namespace.js';

const A = ipv4('10.0.1.2');
const A2 = ipv4('10.0.1.3');
const B = ipv4('10.0.2.2');
const C = ipv4('10.0.3.2');
const ROUTER_RB = ipv4('10.0.2.1');
const VIP = ipv4('10.0.2.9');

const MASQUERADE = '*nat\n:PREROUTING ACCEPT\n:POSTROUTING ACCEPT\n-A POSTROUTING -o rb -j MASQUERADE\nCOMMIT\n';
const DNAT = `*nat\n:PREROUTING ACCEPT\n:POSTROUTING ACCEPT\n-A PREROUTING -d 10.0.2.9 -j DNAT --to-destination 10.0.3.2\nCOMMIT\n`;

function namespace(rules: string): FakeNamespace {
  const ns = new FakeNamespace(rules);
  ns.host.addresses.set('rb', ROUTER_RB).set('ra', ipv4('10.0.1.1')).set('rc', ipv4('10.0.3.1'));
  return ns;
}

/** `10.0.1.2:5000 > 10.0.2.2:53`, or with the id of an ICMP query `10.0.1.2 > 10.0.2.2 id 77`. */
function wire({ src, dst, payload }: Packet): string {
  const ports = portsOf(payload);
  if (ports) return `${formatIpv4(src)}:${ports.sport} > ${formatIpv4(dst)}:${ports.dport}`;
  const id = payload.kind === 'icmp' && payload.quoted === undefined ? ` id ${payload.id}` : '';
  return `${formatIpv4(src)} > ${formatIpv4(dst)}${id}`;
}

function quotedOf({ skb }: Passed): string {
  return wire((skb.packet.payload as IcmpMessage).quoted!);
}

function asksNat(ns: FakeNamespace, passed: Passed): string[] {
  return ns.consulted(passed).filter((table) => table.startsWith('nat'));
}

// The setting of all experiments: a (and its second address) - router with ra, rb, rc - b, c.
describe('the nat table', () => {
  // Three pings to a silent b: counters of nat PREROUTING and MASQUERADE say 1.
  it('is asked once for a connection, answered or not', () => {
    const ns = namespace(MASQUERADE);
    const [first, second] = [1, 2].map((seq) => ns.forward(icmp(A, B, { seq })));
    expect(asksNat(ns, first!)).to.deep.equal(['nat PREROUTING', 'nat POSTROUTING']);
    expect(asksNat(ns, second!)).to.deep.equal([]);
    expect(ns.state(second!)).to.equal('NEW');
    expect(wire(second!.skb.packet)).to.equal('10.0.2.1 > 10.0.2.2 id 77');
  });

  // With -P FORWARD DROP: nat PREROUTING counts 3, MASQUERADE 0.
  it('is asked again and again while FORWARD drops', () => {
    const ns = namespace(`${MASQUERADE}*filter\n:FORWARD DROP\nCOMMIT\n`);
    const asked = [1, 2, 3].map((seq) => asksNat(ns, ns.forward(icmp(A, B, { seq }))));
    expect(asked).to.deep.equal([['nat PREROUTING'], ['nat PREROUTING'], ['nat PREROUTING']]);
  });

  // iptables -t nat -A PREROUTING; a raw echo reply: its counter stays 0. Likewise after CT --notrack.
  it('is not asked for INVALID and UNTRACKED packets', () => {
    const ns = namespace(`*raw\n:PREROUTING ACCEPT\n-A PREROUTING -p udp -j CT --notrack\nCOMMIT\n${MASQUERADE}`);
    expect(asksNat(ns, ns.forward(icmp(A, B, { type: 0 })))).to.deep.equal([]);
    expect(asksNat(ns, ns.forward(udp(A, B, 5000, 53)))).to.deep.equal([]);
  });

  // conntrack -F while a pings b: the MASQUERADE counter goes from 1 to 2.
  it('is asked again after a flush', () => {
    const ns = namespace(MASQUERADE);
    ns.forward(icmp(A, B));
    ns.netfilter.conntrack.flush();
    expect(asksNat(ns, ns.forward(icmp(A, B)))).to.deep.equal(['nat PREROUTING', 'nat POSTROUTING']);
  });

  // FORWARD -p tcp -j REJECT --reject-with tcp-reset: nat OUTPUT counts 0, nat POSTROUTING 1 (the RST).
  it('is asked in POSTROUTING about the RST that rejects a first segment, and changes nothing of it', () => {
    const ns = namespace(
      `${MASQUERADE.replace(':POST', ':OUTPUT ACCEPT\n:POST').replace('-o rb ', '')}*filter\n:FORWARD DROP\nCOMMIT\n`,
    );
    const rejected = ns.forward(tcp(A, B, 5000, 80));
    const { RST, ACK } = TCP_FLAGS;
    const rst = ns.send(tcp(B, A, 80, 5000, { flags: RST | ACK, seq: 0, ack: 2 }), 'ra', rejected.skb);
    expect(ns.state(rst)).to.equal('RELATED');
    expect(asksNat(ns, rst)).to.deep.equal(['nat POSTROUTING']);
    expect(wire(rst.skb.packet)).to.equal('10.0.2.2:80 > 10.0.1.2:5000');
    expect(ns.netfilter.conntrack.list()).to.deep.equal([]);
  });

  // MASQUERADE added after the first of three datagrams: its counter says 2, conntrack -L shows no translation.
  it('cannot translate a connection that began without it, though it is asked', () => {
    const tracking = '*filter\n:FORWARD ACCEPT\n-A FORWARD -m conntrack --ctstate INVALID\nCOMMIT\n';
    const ns = namespace(tracking);
    ns.forward(icmp(A, B));
    const late = new FakeNamespace(`${tracking}${MASQUERADE}`);
    ns.netfilter.load(late.netfilter.ruleSet);
    const second = ns.forward(icmp(A, B, { seq: 2 }));
    expect(asksNat(ns, second)).to.deep.equal(['nat PREROUTING', 'nat POSTROUTING']);
    expect(wire(second.skb.packet)).to.equal('10.0.1.2 > 10.0.2.2 id 77');
    expect(asksNat(ns, ns.forward(icmp(A, B, { seq: 3 })))).to.deep.equal(['nat PREROUTING', 'nat POSTROUTING']);
  });

  // FORWARD -p icmp -j REJECT: nat PREROUTING counts 1 for the echo, nat OUTPUT and MASQUERADE 0 for the answer.
  it('is not asked about an ICMP error, not even about one for a packet that never reached POSTROUTING', () => {
    const ns = namespace(`${MASQUERADE.replace('-o rb ', '')}*filter\n:FORWARD DROP\nCOMMIT\n`);
    const request = icmp(A, B);
    const rejected = ns.forward(request);
    const answer = ns.send(icmp(B, A, { type: 3, code: 3, id: 0, seq: 0, quoted: request }), 'ra', rejected.skb);
    expect(asksNat(ns, answer)).to.deep.equal([]);
  });
});

describe('translation', () => {
  it('of the source is done in POSTROUTING and undone in PREROUTING', () => {
    const ns = namespace(MASQUERADE);
    const request = ns.forward(udp(A, B, 5000, 53));
    expect(wire(request.skb.packet)).to.equal('10.0.2.1:5000 > 10.0.2.2:53');
    const reply = ns.forward(udp(B, ROUTER_RB, 53, 5000), 'rb', 'ra');
    expect(wire(reply.skb.packet)).to.equal('10.0.2.2:53 > 10.0.1.2:5000');
    const told = [request, reply].flatMap((passed) => ns.said(passed, 'translated'));
    expect(told.map(({ pass, side, nat, first, target }) => [pass.hook, side, nat, first, target])).to.deep.equal([
      ['POSTROUTING', 'source', 'snat', true, 'MASQUERADE'],
      ['PREROUTING', 'destination', 'snat', false, undefined],
    ]);
    expect(wire(told[1]!.before)).to.equal('10.0.2.2:53 > 10.0.2.1:5000');
  });

  it('of the destination is done in PREROUTING and undone in POSTROUTING', () => {
    const ns = namespace(DNAT);
    const request = ns.forward(tcp(A, VIP, 5000, 80), 'ra', 'rc');
    expect(wire(request.skb.packet)).to.equal('10.0.1.2:5000 > 10.0.3.2:80');
    const { SYN, ACK } = TCP_FLAGS;
    const reply = ns.forward(tcp(C, A, 80, 5000, { flags: SYN | ACK, seq: 9, ack: 2 }), 'rc', 'ra');
    expect(wire(reply.skb.packet)).to.equal('10.0.2.9:80 > 10.0.1.2:5000');
    const told = [request, reply].flatMap((passed) => ns.said(passed, 'translated'));
    expect(told.map(({ pass, side, nat, first, target }) => [pass.hook, side, nat, first, target])).to.deep.equal([
      ['PREROUTING', 'destination', 'dnat', true, 'DNAT'],
      ['POSTROUTING', 'source', 'dnat', false, undefined],
    ]);
  });

  // -t nat -A INPUT -p icmp -j SNAT --to-source 10.0.3.77; a pings the router and sees its answers.
  it('of the source in INPUT is undone in OUTPUT, where the answer is routed anew', () => {
    const ns = namespace(
      '*nat\n:INPUT ACCEPT\n:OUTPUT ACCEPT\n-A INPUT -p icmp -j SNAT --to-source 10.0.3.77\nCOMMIT\n',
    );
    const request = ns.deliver(icmp(A, ROUTER_RB));
    expect(wire(request.skb.packet)).to.equal('10.0.3.77 > 10.0.2.1 id 77');
    const reply = ns.send(echoReply(request.skb.packet), 'rc');
    expect(wire(reply.skb.packet)).to.equal('10.0.2.1 > 10.0.1.2 id 77');
    expect(ns.host.rerouted.map(wire)).to.deep.equal(['10.0.2.1 > 10.0.1.2 id 77']);
  });

  it('happens once, though a packet by lo passes four hooks', () => {
    const ns = namespace('*nat\n:OUTPUT ACCEPT\n-A OUTPUT -d 10.0.2.9 -j DNAT --to-destination 10.0.2.1\nCOMMIT\n');
    const looped = ns.loop(icmp(ROUTER_RB, VIP));
    expect(ns.said(looped, 'translated')).to.have.lengthOf(1);
    expect(wire(looped.skb.packet)).to.equal('10.0.2.1 > 10.0.2.1 id 77');
  });

  it('makes both directions count as DNAT for ctstate', () => {
    const rules = `*filter\n:FORWARD ACCEPT\n-A FORWARD -m conntrack --ctstate DNAT\nCOMMIT\n${DNAT}`;
    const ns = namespace(rules);
    const request = ns.forward(icmp(A, VIP));
    const reply = ns.forward(echoReply(request.skb.packet), 'rc', 'ra');
    for (const passed of [request, reply]) {
      expect(ns.said(passed, 'trace').some(({ rule }) => rule?.text.includes('--ctstate DNAT'))).to.equal(true);
    }
  });

  // a's second datagram after the route moved from rb to rc: dropped, the entry is gone; the third is masqueraded anew.
  it('by MASQUERADE ends when the connection leaves by another device', () => {
    const ns = namespace(MASQUERADE.replace('-o rb ', ''));
    ns.forward(udp(A, B, 5000, 53), 'ra', 'rb');
    const moved = ns.forward(udp(A, B, 5000, 53), 'ra', 'rc');
    expect(moved.verdict).to.equal('DROP');
    expect(ns.said(moved, 'conntrack-drop')).to.have.lengthOf(1);
    expect(ns.netfilter.conntrack.list()).to.deep.equal([]);
    expect(wire(ns.forward(udp(A, B, 5000, 53), 'ra', 'rc').skb.packet)).to.equal('10.0.3.1:5000 > 10.0.2.2:53');
  });
});

describe('what was masqueraded on a device', () => {
  // conntrack -L on the router before and after `ip addr del 10.0.2.8/24 dev rb`, and `ip link set rb down`.
  it('ends with the address that it got, or with the device', () => {
    const ns = namespace(MASQUERADE.replace('-o rb ', ''));
    ns.forward(udp(A, B, 5000, 53), 'ra', 'rb');
    ns.forward(udp(A, C, 5000, 53), 'ra', 'rc');
    const { conntrack } = ns.netfilter;
    conntrack.forgetMasqueraded('rb', ipv4('10.0.2.8'));
    expect(conntrack.list()).to.have.lengthOf(2);
    conntrack.forgetMasqueraded('rb', ROUTER_RB);
    expect(conntrack.list().map(({ masqueradeDevice }) => masqueradeDevice)).to.deep.equal(['rc']);
    conntrack.forgetMasqueraded('rc');
    expect(conntrack.list()).to.deep.equal([]);
  });
});

describe('the port of a translated connection', () => {
  // Raw echoes with id 77 from 10.0.1.2 and 10.0.1.3 behind one MASQUERADE: 77 and 50821, towards a second host too.
  it('stays where it is free, for an echo id too; the next client gets another one and keeps it', () => {
    const ns = namespace(MASQUERADE);
    ns.host.randoms = [50821 / 65536];
    const out = [icmp(A, B), icmp(A2, B), icmp(A2, VIP), icmp(A, VIP)].map((packet) => ns.forward(packet).skb.packet);
    expect(out.map(wire)).to.deep.equal([
      '10.0.2.1 > 10.0.2.2 id 77',
      '10.0.2.1 > 10.0.2.2 id 50821',
      '10.0.2.1 > 10.0.2.9 id 50821',
      '10.0.2.1 > 10.0.2.9 id 77',
    ]);
    const reply = ns.forward(icmp(B, ROUTER_RB, { type: 0, id: 50821 }), 'rb', 'ra');
    expect(wire(reply.skb.packet)).to.equal('10.0.2.2 > 10.0.1.3 id 77');
  });

  // Two clients with the same source port: 500 becomes 39, 700 becomes 862, 5000 becomes 55753 for the second one.
  it('stays in its class', () => {
    for (const [port, random, chosen] of [
      [500, 38 / 65536, 39],
      [700, 262 / 65536, 862],
      [5000, 54729 / 65536, 55753],
    ] as const) {
      const ns = namespace(MASQUERADE);
      ns.host.randoms = [random];
      ns.forward(udp(A, B, port, 53));
      expect(wire(ns.forward(udp(A2, B, port, 53)).skb.packet)).to.equal(`10.0.2.1:${chosen} > 10.0.2.2:53`);
    }
  });

  it('is drawn where the rule says --random-fully, for an echo id too', () => {
    const ns = namespace(MASQUERADE.replace('-j MASQUERADE', '-j MASQUERADE --random-fully'));
    ns.host.randoms = [48248 / 65536];
    expect(wire(ns.forward(icmp(A, B)).skb.packet)).to.equal('10.0.2.1 > 10.0.2.2 id 48248');
    ns.host.randoms = [1234 / 65536];
    expect(wire(ns.forward(icmp(A, VIP)).skb.packet)).to.equal('10.0.2.1 > 10.0.2.9 id 1234');
  });

  it('is looked for in 128 places, and then in 64 others', () => {
    const ns = namespace(MASQUERADE);
    const random = (port: number) => (port - 1024) / 65536;
    for (let port = 5000; port < 5128; port += 1) ns.forward(udp(A, B, port, 53));
    ns.host.randoms = [random(5000), random(40000)];
    expect(wire(ns.forward(udp(A2, B, 5000, 53)).skb.packet)).to.equal('10.0.2.1:40000 > 10.0.2.2:53');
  });

  // MASQUERADE --to-ports 2000-2001, three clients: two entries, insert_failed and drop count 1.
  it('comes from the rule, and the connection that finds none free is dropped', () => {
    const ns = namespace(
      MASQUERADE.replace('-o rb ', '-p udp ').replace('-j MASQUERADE', '-j MASQUERADE --to-ports 2000-2001'),
    );
    const clients = [A, A2, ipv4('10.0.1.4')].map((client) => ns.forward(udp(client, B, 5000, 53)));
    const ports = clients.slice(0, 2).map(({ skb }) => portsOf(skb.packet.payload)?.sport);
    expect(new Set(ports)).to.deep.equal(new Set([2000, 2001]));
    expect(clients[2]!.verdict).to.equal('DROP');
    expect(ns.said(clients[2]!, 'conntrack-drop')).to.have.lengthOf(1);
    expect(ns.netfilter.conntrack.list()).to.have.lengthOf(2);
  });

  // DNAT --to 10.0.2.2:3000-3010: ports 53, 54, 55 of one client become 3000, 3001, 3002; 3004 stays 3004.
  it('of a DNAT range is the first free one, or the old one where it lies in the range', () => {
    const ns = namespace(DNAT.replace('-d 10.0.2.9', '-p udp').replace('10.0.3.2', '10.0.2.2:3000-3010'));
    const ports = [
      [5002, 53],
      [5001, 53],
      [5001, 54],
      [5001, 55],
    ].map(([from, to]) => portsOf(ns.forward(udp(A, VIP, from!, to!)).skb.packet.payload)?.dport);
    expect(ports).to.deep.equal([3000, 3000, 3001, 3002]);
    expect(portsOf(ns.forward(udp(A, C, 5001, 3004)).skb.packet.payload)?.dport).to.equal(3004);
  });

  // DNAT of 10.8.8.1 and 10.8.8.2 to b, one datagram to each from the same port: the second leaves by another port.
  it('changes without any rule where two connections would look alike', () => {
    const ns = namespace(DNAT.replace('-d 10.0.2.9', '-p udp').replace('10.0.3.2', '10.0.2.2'));
    ns.host.randoms = [9244 / 65536];
    ns.forward(udp(A, ipv4('10.8.8.1'), 5000, 53));
    const second = ns.forward(udp(A, ipv4('10.8.8.2'), 5000, 53));
    expect(wire(second.skb.packet)).to.equal('10.0.1.2:10268 > 10.0.2.2:53');
    expect(ns.said(second, 'translated').at(-1)).to.include({ nat: 'snat', first: false, target: undefined });
    const reply = ns.forward(udp(B, A, 53, 10268), 'rb', 'ra');
    expect(wire(reply.skb.packet)).to.equal('10.8.8.2:53 > 10.0.1.2:5000');
  });
});

describe('an ICMP error about a translated connection', () => {
  const error = { type: 3, code: 3, id: 0, seq: 0 };

  // DNAT 10.0.2.9 to c, which rejects a's ping: a prints `From 10.0.2.9 icmp_seq=1 Destination Port Unreachable`.
  it('comes from the address that was asked, and quotes what was sent', () => {
    const ns = namespace(DNAT);
    const request = ns.forward(icmp(A, VIP), 'ra', 'rc');
    const answer = ns.forward(icmp(C, A, { ...error, quoted: request.skb.packet }), 'rc', 'ra');
    expect(wire(answer.skb.packet)).to.equal('10.0.2.9 > 10.0.1.2');
    expect(quotedOf(answer)).to.equal('10.0.1.2 > 10.0.2.9 id 77');
    expect(asksNat(ns, answer)).to.deep.equal([]);
    expect(ns.said(answer, 'translated')).to.have.lengthOf(1);
  });

  // ping -t 2 and -t 1 through the same DNAT: both the router behind and the translating one itself show as 10.0.2.9.
  it('comes from that address even where a router on the way, or this host, says it', () => {
    const ns = namespace(DNAT);
    const request = ns.forward(icmp(A, VIP), 'ra', 'rc');
    const exceeded = { type: 11, code: 0, id: 0, seq: 0, quoted: request.skb.packet };
    const behind = ns.forward(icmp(ipv4('10.0.3.254'), A, exceeded), 'rc', 'ra');
    expect(wire(behind.skb.packet)).to.equal('10.0.2.9 > 10.0.1.2');
    const own = ns.send(icmp(ipv4('10.0.1.1'), A, exceeded), 'ra', request.skb);
    expect(wire(own.skb.packet)).to.equal('10.0.2.9 > 10.0.1.2');
    expect(quotedOf(own)).to.equal('10.0.1.2 > 10.0.2.9 id 77');
  });

  // tcpdump at a: 10.0.2.2 > 10.0.1.2 udp port 53 unreachable, quoting 10.0.1.2.5000 > 10.0.2.2.53.
  it('finds the way back to a masqueraded client', () => {
    const ns = namespace(MASQUERADE);
    const request = ns.forward(udp(A, B, 5000, 53));
    const answer = ns.forward(icmp(B, ROUTER_RB, { ...error, quoted: request.skb.packet }), 'rb', 'ra');
    expect(wire(answer.skb.packet)).to.equal('10.0.2.2 > 10.0.1.2');
    expect(quotedOf(answer)).to.equal('10.0.1.2:5000 > 10.0.2.2:53');
  });

  // tcpdump at b: 10.0.2.1 > 10.0.2.2 udp port 5000 unreachable, quoting 10.0.2.2.53 > 10.0.2.1.5000.
  it('goes out like the request when the client says it', () => {
    const ns = namespace(MASQUERADE);
    ns.forward(udp(A, B, 5000, 53));
    ns.forward(udp(B, ROUTER_RB, 53, 5000), 'rb', 'ra');
    const said = ns.forward(icmp(A, B, { ...error, quoted: udp(B, A, 53, 5000) }));
    expect(wire(said.skb.packet)).to.equal('10.0.2.1 > 10.0.2.2');
    expect(quotedOf(said)).to.equal('10.0.2.2:53 > 10.0.2.1:5000');
  });
});

describe('an ICMP redirect', () => {
  const gateway = ipv4('10.0.1.254');
  const redirect = (quoted: Packet) => icmp(ipv4('10.0.1.1'), A, { type: 5, code: 1, id: 0, seq: 0, gateway, quoted });
  const RULES = MASQUERADE.replace(':POST', ':OUTPUT ACCEPT\n:POST').concat('*filter\n:OUTPUT ACCEPT\nCOMMIT\n');

  // a's first raw echo to a net behind a router of its own LAN: mangle OUTPUT counts 1, nat and filter OUTPUT 0,
  // IcmpOutRedirects 1, IpOutDiscards 1. The second: filter OUTPUT 1, IcmpOutRedirects 2, IpOutDiscards 1.
  it('about a first packet is dropped in nat OUTPUT, about a later one it goes out', () => {
    const ns = namespace(RULES);
    const request = icmp(A, ipv4('10.6.0.1'));
    const { skb } = ns.forward(request, 'ra', 'ra');
    ns.netfilter.conntrack.flush();
    skb.ct = undefined;
    ns.netfilter.hook('PREROUTING', skb, 'ra', '');
    const first = ns.send(redirect(request), 'ra', skb);
    expect(first.verdict).to.equal('DROP');
    expect(ns.said(first, 'conntrack-drop').map(({ pass }) => pass.hook)).to.deep.equal(['OUTPUT']);
    expect(ns.consulted(first)).to.deep.equal([]);
    ns.netfilter.hook('POSTROUTING', skb, 'ra', 'ra');
    const second = ns.send(redirect(request), 'ra', skb);
    expect(second.verdict).to.equal('ACCEPT');
    expect(ns.consulted(second)).to.deep.equal(['filter OUTPUT']);
  });

  it('about a translated connection is always dropped', () => {
    const ns = namespace(RULES);
    const request = ns.forward(icmp(A, B), 'ra', 'rb');
    expect(ns.send(redirect(request.skb.packet), 'ra', request.skb).verdict).to.equal('DROP');
  });
});
