import { describe, it } from 'node:test';
import { expect } from 'chai';
import { ipv4 } from '../net/ipv4.js';
import { echoReply, icmp, tcp } from './fake-host.js';
import { FakeNamespace } from './fake-namespace.js';

const A = ipv4('10.0.1.2');
const B = ipv4('10.0.2.2');

/** All five tables, and one rule that switches connection tracking on and matches nothing here. */
const ALL = `
*raw
:PREROUTING ACCEPT
:OUTPUT ACCEPT
COMMIT
*mangle
:PREROUTING ACCEPT
:INPUT ACCEPT
:FORWARD ACCEPT
:OUTPUT ACCEPT
:POSTROUTING ACCEPT
COMMIT
*nat
:PREROUTING ACCEPT
:INPUT ACCEPT
:OUTPUT ACCEPT
:POSTROUTING ACCEPT
-A POSTROUTING -s 192.0.2.1 -j MASQUERADE
COMMIT
*filter
:INPUT ACCEPT
:FORWARD ACCEPT
:OUTPUT ACCEPT
COMMIT
*security
:INPUT ACCEPT
:FORWARD ACCEPT
:OUTPUT ACCEPT
COMMIT
`;

// The orders are those of the kernel's TRACE lines with all five tables loaded.
describe('the hooks', () => {
  it('take a forwarded first packet through everything, by priority', () => {
    const ns = new FakeNamespace(ALL);
    expect(ns.consulted(ns.forward(icmp(A, B)))).to.deep.equal([
      'raw PREROUTING',
      'mangle PREROUTING',
      'nat PREROUTING',
      'mangle FORWARD',
      'filter FORWARD',
      'security FORWARD',
      'mangle POSTROUTING',
      'nat POSTROUTING',
    ]);
  });

  it('ask nat last on the way to a local process', () => {
    const ns = new FakeNamespace(ALL);
    expect(ns.consulted(ns.deliver(icmp(A, B)))).to.deep.equal([
      'raw PREROUTING',
      'mangle PREROUTING',
      'nat PREROUTING',
      'mangle INPUT',
      'filter INPUT',
      'security INPUT',
      'nat INPUT',
    ]);
  });

  it('ask nat before filter on the way from a local process', () => {
    const ns = new FakeNamespace(ALL);
    expect(ns.consulted(ns.send(icmp(A, B)))).to.deep.equal([
      'raw OUTPUT',
      'mangle OUTPUT',
      'nat OUTPUT',
      'filter OUTPUT',
      'security OUTPUT',
      'mangle POSTROUTING',
      'nat POSTROUTING',
    ]);
  });

  it('leave nat out for answers and for all that follows', () => {
    const ns = new FakeNamespace(ALL);
    const request = icmp(A, B);
    ns.forward(request);
    const reply = ns.forward(echoReply(request), 'rb', 'ra');
    expect(ns.consulted(reply)).to.deep.equal([
      'raw PREROUTING',
      'mangle PREROUTING',
      'mangle FORWARD',
      'filter FORWARD',
      'security FORWARD',
      'mangle POSTROUTING',
    ]);
    expect(ns.consulted(ns.forward(request))).to.deep.equal(ns.consulted(reply));
  });

  it('ask nat in OUTPUT and POSTROUTING only of a packet that comes back by lo', () => {
    const ns = new FakeNamespace(ALL);
    const looped = ns.loop(icmp(A, A));
    expect(ns.consulted(looped).filter((table) => table.startsWith('nat'))).to.deep.equal([
      'nat OUTPUT',
      'nat POSTROUTING',
    ]);
    expect(ns.said(looped, 'tracked')).to.have.lengthOf(1);
  });

  it('have nothing to say where no table is loaded', () => {
    const ns = new FakeNamespace('');
    expect(ns.forward(icmp(A, B)).verdict).to.equal('ACCEPT');
    expect(ns.events).to.deep.equal([]);
  });

  it('hand bridge ports and devices on to the tables', () => {
    const ns = new FakeNamespace('*filter\n:FORWARD ACCEPT\n-A FORWARD -m physdev --physdev-in v1 -j DROP\nCOMMIT\n');
    const { skb } = ns.forward(icmp(A, B));
    const bridging = { physIn: 'v1', physOut: 'v2', bridged: true };
    expect(ns.netfilter.hook('FORWARD', skb, 'br0', 'br0', bridging)).to.equal('DROP');
    expect(ns.netfilter.hook('FORWARD', skb, 'br0', 'br0')).to.equal('ACCEPT');
  });
});

describe('connection tracking', () => {
  // iptables -t nat -A POSTROUTING -p tcp -j ACCEPT on a router: conntrack -L stays empty, the chains' counters at 0.
  it('is off, and nat with it, while no rule needs it', () => {
    const ns = new FakeNamespace('*nat\n:POSTROUTING ACCEPT\n-A POSTROUTING -p tcp -j ACCEPT\nCOMMIT\n');
    const passed = ns.forward(tcp(A, B, 1024, 80));
    expect(passed.skb.ct).to.equal(undefined);
    expect(ns.events).to.deep.equal([]);
    expect(ns.netfilter.conntrack.list()).to.deep.equal([]);
  });

  it('is on for the whole namespace as soon as one does', () => {
    const ns = new FakeNamespace(
      '*filter\n:FORWARD ACCEPT\n-A FORWARD -m conntrack --ctstate INVALID -j DROP\nCOMMIT\n',
    );
    const local = ns.deliver(icmp(A, B));
    expect(ns.state(local)).to.equal('NEW');
    expect(ns.netfilter.conntrack.list()).to.have.lengthOf(1);
  });
});

describe('a local packet that its hooks change', () => {
  const DNAT = `*nat
:OUTPUT ACCEPT
-A OUTPUT -d 10.8.8.8 -j DNAT --to-destination 10.0.2.2
COMMIT
*filter
:OUTPUT ACCEPT
-A OUTPUT -o ra
-A OUTPUT -o rb
COMMIT
`;

  // ping 10.8.8.8 on a host with this rule: TRACE shows filter:OUTPUT still with the device of the first route.
  it('is routed anew after DNAT, and the later tables of the hook see the old device', () => {
    const ns = new FakeNamespace(DNAT);
    const sent = ns.send(icmp(A, ipv4('10.8.8.8')), 'ra');
    expect(ns.host.rerouted.map(({ dst }) => dst)).to.deep.equal([B]);
    expect(ns.said(sent, 'trace').flatMap(({ rule }) => (rule ? [rule.text] : []))).to.include('-o ra');
    expect(ns.said(sent, 'trace').flatMap(({ rule }) => (rule ? [rule.text] : []))).not.to.include('-o rb');
  });

  it('is routed anew each time, not only the first', () => {
    const ns = new FakeNamespace(DNAT);
    ns.send(icmp(A, ipv4('10.8.8.8')));
    ns.send(icmp(A, ipv4('10.8.8.8'), { seq: 2 }));
    expect(ns.host.rerouted).to.have.lengthOf(2);
  });

  it('is dropped where the new destination has no route', () => {
    const ns = new FakeNamespace(DNAT);
    ns.host.hasRoute = false;
    const sent = ns.send(icmp(A, ipv4('10.8.8.8')));
    expect(sent.verdict).to.equal('DROP');
    expect(ns.consulted(sent)).to.deep.equal(['nat OUTPUT']);
  });

  it('is routed anew after a mark in mangle, and not for the same mark again', () => {
    const ns = new FakeNamespace(
      '*mangle\n:OUTPUT ACCEPT\n-A OUTPUT -d 10.0.2.2 -j MARK --set-xmark 0x1/0xffffffff\nCOMMIT\n',
    );
    ns.send(icmp(A, B));
    expect(ns.host.rerouted).to.have.lengthOf(1);
    ns.send(icmp(A, ipv4('10.0.3.3')));
    expect(ns.host.rerouted).to.have.lengthOf(1);
  });

  it('is routed anew after a change of TOS', () => {
    const ns = new FakeNamespace('*mangle\n:OUTPUT ACCEPT\n-A OUTPUT -j TOS --set-tos 0x10/0xff\nCOMMIT\n');
    ns.send(icmp(A, B));
    expect(ns.host.rerouted.map(({ tos }) => tos)).to.deep.equal([0x10]);
  });

  it('is left alone by PREROUTING rules', () => {
    const ns = new FakeNamespace('*nat\n:PREROUTING ACCEPT\n-A PREROUTING -j DNAT --to-destination 10.0.2.2\nCOMMIT\n');
    expect(ns.loop(icmp(A, A)).skb.packet.dst).to.equal(A);
  });
});
