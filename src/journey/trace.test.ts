import { describe, it } from 'node:test';
import { expect } from 'chai';
import { ipv4 } from '../net/ipv4.js';
import { echo, FakeJourney, syn } from './fake-journey.js';
import { traceLines } from './trace.js';
import { linesOf, shortTrace, traceDifference } from './trace-difference.js';

const probe = { kind: 'ping', from: 'a', to: '10.0.2.2' } as const;
const RULES = {
  r: '*raw\n:PREROUTING ACCEPT\n:OUTPUT ACCEPT\n-A PREROUTING -j MARK --set-xmark 0x40/0xff\nCOMMIT\n',
};

function lines(fake: FakeJourney, node: string): string[] {
  return traceLines(fake.ends({ kind: 'silence' }).legs[0]!, node);
}

describe("the kernel's TRACE lines", () => {
  it('of a forwarded ping', () => {
    const fake = new FakeJourney(probe, RULES)
      .made('a', echo('10.0.1.2', '10.0.2.2'))
      .received('r', 'ra')
      .table('raw', 'PREROUTING', 'PREROUTING 1, PREROUTING policy')
      .routed('forward', '10.0.2.0/24', 'rb')
      .forwarded()
      .table('filter', 'FORWARD', 'FORWARD policy');
    const mac = 'MAC=02:00:00:00:00:02:02:00:00:00:00:01:08:00';
    const rest = (ttl: number) =>
      `LEN=84 TOS=0x00 PREC=0x00 TTL=${ttl} ID=4711 DF PROTO=ICMP TYPE=8 CODE=0 ID=635 SEQ=1`;
    expect(lines(fake, 'r')).to.deep.equal([
      `TRACE: raw:PREROUTING:rule:1 IN=ra OUT= ${mac} SRC=10.0.1.2 DST=10.0.2.2 ${rest(64)}`,
      `TRACE: raw:PREROUTING:policy:2 IN=ra OUT= ${mac} SRC=10.0.1.2 DST=10.0.2.2 ${rest(64)} MARK=0x40`,
      `TRACE: filter:FORWARD:policy:1 IN=ra OUT=rb ${mac} SRC=10.0.1.2 DST=10.0.2.2 ${rest(63)} MARK=0x40`,
    ]);
  });

  it('of an ICMP error made here, with the datagram that it quotes', () => {
    const quoted = syn('10.0.1.2', '10.0.2.1', 99);
    const payload = { kind: 'icmp', type: 3, code: 3, id: 0, seq: 0, quoted } as const;
    const error = {
      ...quoted,
      protocol: 1,
      src: ipv4('10.0.2.1'),
      dst: ipv4('10.0.1.2'),
      tos: 0xc0,
      df: false,
      length: 88,
      payload,
    };
    const fake = new FakeJourney(probe).made('a', error, 'icmp-error').routed('unicast', '10.0.1.0/24', 'ra');
    expect(lines(fake.table('raw', 'OUTPUT', 'OUTPUT policy'), 'a')).to.deep.equal([
      'TRACE: raw:OUTPUT:policy:1 IN= OUT=ra SRC=10.0.2.1 DST=10.0.1.2 LEN=88 TOS=0x00 PREC=0xC0 TTL=64 ID=4711 PROTO=ICMP ' +
        'TYPE=3 CODE=3 [SRC=10.0.1.2 DST=10.0.2.1 LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=4711 DF PROTO=TCP SPT=40000 DPT=99 ' +
        'SEQ=7 ACK=0 WINDOW=64240 RES=0x00 SYN URGP=0 ]',
    ]);
  });

  it('shows the zero addresses of lo', () => {
    const fake = new FakeJourney(probe).made('a', echo('10.0.1.2', '10.0.1.2'));
    const here = fake.received('a', 'lo').table('raw', 'PREROUTING', 'PREROUTING policy').ends({ kind: 'silence' });
    const steps = here.legs[0]!.hops[0]!.steps.map((step) =>
      step.type === 'received' ? { ...step, srcMac: undefined } : step,
    );
    const leg = { ...here.legs[0]!, hops: [{ ...here.legs[0]!.hops[0]!, steps }] };
    expect(traceLines(leg)[0]).to.contain('IN=lo OUT= MAC=00:00:00:00:00:00:00:00:00:00:00:00:08:00 SRC=');
  });
});

describe('comparing TRACE lines', () => {
  const actual = [
    'TRACE: raw:PREROUTING:policy:2 IN=ra OUT= SRC=10.0.1.2 TTL=64 MARK=0x40',
    'TRACE: filter:FORWARD:rule:1 IN=ra OUT=rb SYN',
  ];

  it('compares the fields that are given', () => {
    expect(traceDifference(['raw:PREROUTING:policy:2 IN=ra OUT=', 'filter:FORWARD:rule:1 SYN'], actual)).to.equal(
      undefined,
    );
    expect(traceDifference(['raw:PREROUTING:policy:2 TTL=63 IN=ra', 'x'], actual)).to.deep.include({
      line: 0,
      fields: ['TTL=63'],
    });
    expect(traceDifference(['raw:PREROUTING:policy:2 MARK=0x0', 'x'], actual)?.fields).to.deep.equal(['MARK=0x0']);
    expect(traceDifference(['raw:PREROUTING:policy:2', 'filter:FORWARD:rule:1 MARK=0x0'], actual)).to.equal(undefined);
  });

  it('tells another place, a missing and a superfluous line', () => {
    expect(traceDifference(['raw:PREROUTING:policy:2', 'filter:FORWARD:rule:2'], actual)).to.include({ line: 1 });
    expect(traceDifference(['raw:PREROUTING:policy:2'], actual)).to.include({ line: 1, expected: undefined });
    expect(traceDifference([...actual, 'nat:POSTROUTING:policy:1'], actual)).to.include({ line: 2, actual: undefined });
  });

  it('shortens lines to some fields', () => {
    expect(shortTrace(actual[0]!, ['IN', 'MARK'])).to.equal('raw:PREROUTING:policy:2 IN=ra MARK=0x40');
  });

  it('reads doc strings', () => {
    expect(linesOf('\n  a b\n\n c\n')).to.deep.equal(['a b', 'c']);
  });
});
