import { describe, it } from 'node:test';
import { expect } from 'chai';
import { echo, FakeJourney, syn } from './fake-journey.js';
import type { Journey } from './journey.js';

const ping = { kind: 'ping', from: 'web1', to: '10.0.2.2' } as const;
const silence = { kind: 'silence' } as const;

function hops({ legs }: Journey, leg = 0): string[] {
  return legs[leg]!.hops.map(
    ({ namespace, in: device, out }) => `${namespace} ${device ?? '-'}>${out.join('+') || '-'}`,
  );
}

describe('folding events into a journey', () => {
  it('makes a leg for each datagram and a hop for each visit', () => {
    const journey = new FakeJourney(ping)
      .made('web1', echo('10.0.1.2', '10.0.2.2'))
      .sent('cali0', '169.254.1.1')
      .received('master', 'cali1')
      .sent('ens33', '10.0.0.2')
      .received('web3', 'cali0')
      .delivered('icmp')
      .made('web3', echo('10.0.2.2', '10.0.1.2'), 'echo-reply', 1)
      .sent('cali0')
      .received('web1', 'cali0')
      .delivered('ping')
      .ends({ kind: 'answered' });
    expect(journey.legs.map(({ role, cause, fate }) => [role, cause, fate])).to.deep.equal([
      ['request', undefined, { kind: 'delivered', namespace: 'web3', to: 'icmp' }],
      ['reply', 1, { kind: 'delivered', namespace: 'web1', to: 'ping' }],
    ]);
    expect(hops(journey)).to.deep.equal(['web1 ->cali0', 'master cali1>ens33', 'web3 cali0>-']);
  });

  it('keeps a packet that goes through lo on its hop', () => {
    const journey = new FakeJourney({ ...ping, to: '10.0.1.2' })
      .made('web1', echo('10.0.1.2', '10.0.1.2'))
      .sent('lo')
      .received('web1', 'lo')
      .delivered('icmp')
      .ends(silence);
    expect(hops(journey)).to.deep.equal(['web1 ->-']);
    expect(journey.legs[0]!.hops[0]!.steps).to.have.lengthOf(4);
  });

  it('keeps a frame that a bridge hands up on its hop, and begins another for a second visit', () => {
    const journey = new FakeJourney(ping)
      .made('web1', echo('10.0.1.2', '10.0.2.2'))
      .received('host', 'veth1')
      .bridged('docker0', 'veth1', [], true)
      .received('host', 'docker0')
      .sent('eth0')
      .received('host', 'eth0')
      .ends(silence);
    expect(hops(journey)).to.deep.equal(['web1 ->-', 'host veth1>eth0', 'host eth0>-']);
  });

  it('marks switches, and does not let a copy for somebody else decide', () => {
    const journey = new FakeJourney(ping, {}, ['lan'])
      .made('web1', echo('10.0.1.2', '10.0.2.2'))
      .sent('eth0')
      .received('lan', 'p1')
      .bridged('br', 'p1', ['p2', 'p3'])
      .sent('p2')
      .sent('p3')
      .received('other', 'eth0')
      .dropped('not-for-this-host', 'the frame is for another station')
      .received('web3', 'eth0')
      .dropped('rp-filter', 'strict')
      .ends(silence);
    const [leg] = journey.legs;
    expect(leg!.hops.filter(({ transparent }) => transparent).map(({ namespace }) => namespace)).to.deep.equal(['lan']);
    expect(leg!.fate).to.include({ kind: 'dropped', namespace: 'web3' });
  });

  it('lets delivery win over the end of any copy, and a node over a switch', () => {
    const start = () => new FakeJourney(ping, {}, ['lan']).made('web1', echo('10.0.1.2', '10.0.2.2'));
    const copy = start()
      .received('other', 'eth0')
      .dropped('no-route', 'none')
      .received('web3', 'eth0')
      .delivered('icmp');
    expect(copy.ends(silence).legs[0]!.fate.kind).to.equal('delivered');
    const atSwitch = start().received('lan', 'p1').dropped('no-carrier', 'p2').received('web3', 'eth0');
    expect(atSwitch.dropped('ttl-exceeded', 'ttl').ends(silence).legs[0]!.fate.namespace).to.equal('web3');
  });

  it('reads fates from verdicts', () => {
    const at = () =>
      new FakeJourney(ping)
        .made('web1', echo('10.0.1.2', '10.0.2.2'))
        .received('master', 'cali1')
        .table('filter', 'FORWARD', 'FORWARD 1');
    expect(at().verdict('DROP').ends(silence).legs[0]!.fate).to.include({ kind: 'dropped', namespace: 'master' });
    expect(at().verdict('REJECT', { rejectWith: 'tcp-reset' }).ends(silence).legs[0]!.fate).to.include({
      kind: 'rejected',
      with: 'tcp-reset',
    });
    expect(at().verdict('UNDETERMINED', { reason: '-m foo is not modelled' }).ends(silence).legs[0]!.fate).to.include({
      kind: 'undetermined',
      reason: '-m foo is not modelled',
    });
    expect(at().dropped('loop', 'too many frames').ends(silence).legs[0]!.fate.kind).to.equal('undetermined');
  });

  it('says where a datagram was last seen', () => {
    const journey = new FakeJourney(ping, {}, ['lan'])
      .made('web1', echo('10.0.1.2', '10.0.2.2'))
      .received('master', 'cali1')
      .received('lan', 'p1')
      .ends(silence);
    expect(journey.legs[0]!.fate).to.deep.equal({ kind: 'vanished', namespace: 'master' });
  });

  it('tells requests from replies in a handshake, even with oneself', () => {
    const tcp = { kind: 'tcp', from: 'web1', to: '10.0.1.2', port: 80 } as const;
    const roles = (other: string) =>
      new FakeJourney(tcp)
        .made('web1', syn('10.0.1.2', '10.0.2.2', 80))
        .again(1, other)
        .delivered('tcp 80')
        .again(1, other)
        .made(other, syn('10.0.2.2', '10.0.1.2', 40000), 'socket', 1)
        .again(2, 'web1')
        .delivered('tcp 40000')
        .made('web1', syn('10.0.1.2', '10.0.2.2', 80), 'socket', 2)
        .ends({ kind: 'answered' })
        .legs.map(({ role }) => role);
    expect(roles('web3')).to.deep.equal(['request', 'reply', 'request']);
    expect(roles('web1')).to.deep.equal(['request', 'reply', 'request']);
  });

  it('gives ARP to the datagram that asked, and makes no leg of it', () => {
    const fake = new FakeJourney(ping).made('web1', echo('10.0.1.2', '10.0.2.2'));
    const neighbour = {
      type: 'neighbour',
      namespace: 'web1',
      at: 0,
      device: 'eth0',
      address: 1,
      mac: undefined,
    } as const;
    fake.recorder.record({ ...neighbour, serial: 1, outcome: 'asked' });
    fake.recorder.record({ ...neighbour, serial: 99, outcome: 'asked' });
    const { legs } = fake.ends(silence);
    expect(legs).to.have.lengthOf(1);
    expect(legs[0]!.hops[0]!.steps.map(({ type }) => type)).to.deep.equal(['originated', 'neighbour']);
  });

  it('is plain data', () => {
    const journey = new FakeJourney(ping).made('web1', echo('10.0.1.2', '10.0.2.2')).ends(silence);
    expect(Object.keys(JSON.parse(JSON.stringify(journey)).legs[0]).sort()).to.deep.equal(
      ['cause', 'fate', 'hops', 'origin', 'packet', 'role', 'serial'].filter((key) => key !== 'cause'),
    );
  });
});
