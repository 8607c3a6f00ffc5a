import { describe, it } from 'node:test';
import { expect } from 'chai';
import fc from 'fast-check';
import { formatIpv4, ipv4 } from '../../net/ipv4.js';
import type { Packet } from '../../net/packet.js';
import type { NetfilterEvent } from '../events.js';
import { FakeHost, icmp, passOf, skbOf, tcp, udp } from '../fake-host.js';
import { IpSets } from '../ipset/ip-sets.js';
import type { Evaluation, RuleSet } from '../rule.js';
import { RecentStore } from '../xt/recent-store.js';
import { cursorOver, linearCursor } from './cursor.js';
import { evaluate } from './evaluate.js';
import { parseRestore } from './parse-restore.js';
import { printSave } from './print.js';

// Few values of each kind, so that generated packets and rules meet.
const address = fc.integer({ min: 0, max: 7 }).map((host) => ipv4('10.0.0.0') + host);
const port = fc.integer({ min: 79, max: 82 });
const device = fc.constantFrom('eth0', 'eth1', 'cali1', 'cali2');
const not = fc.constantFrom('', '', '! ');
const side = fc.constantFrom('src', 'dst');

const addresses = fc
  .tuple(not, fc.constantFrom('-s', '-d'), address, fc.constantFrom(29, 30, 31, 32))
  .map(([no, option, ip, length]) => `${no}${option} ${formatIpv4(ip)}/${length}`);
const devices = (...options: string[]) =>
  fc
    .tuple(not, fc.constantFrom(...options), fc.oneof(device, fc.constant('cali+')))
    .map(([no, option, name]) => `${no}${option} ${name}`);
const anything = fc.constant('');
// What tells nothing or ends the walk is rare, so that packets get far into the chain and many rules share a guard.
const match = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(not, fc.integer({ min: 0, max: 3 })).map(([no, value]) => `-m mark ${no}--mark ${value}/3`),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(not, fc.constantFrom('INVALID', 'UNTRACKED'))
      .map(([no, state]) => `-m conntrack ${no}--ctstate ${state}`),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(not, fc.constantFrom('plain', 'counted'), side)
      .map(([no, set, which]) => `-m set ${no}--match-set ${set} ${which}`),
  },
  { weight: 2, arbitrary: fc.tuple(not, side).map(([no, which]) => `-m addrtype ${no}--${which}-type LOCAL`) },
  { weight: 1, arbitrary: fc.constant('-m comment --comment x') },
  { weight: 2, arbitrary: fc.constant('-m statistic --mode nth --every 3 --packet 1') },
);
const unmodelled = fc.oneof(
  { weight: 60, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.constant('-m owner --uid-owner 0') },
);
const protocol = fc.oneof(
  fc.constantFrom('', '-p icmp', '-p tcp', '! -p udp'),
  fc
    .tuple(fc.constantFrom('tcp', 'udp'), not, fc.constantFrom('--dport', '--sport'), port)
    .map(([name, no, option, number]) => `-p ${name} -m ${name} ${no}${option} ${number}`),
);
const target = (chains: string[]) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom('', ...chains) },
    {
      weight: 8,
      arbitrary: fc
        .tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom(0, 1, 3))
        .map(([value, mask]) => `-j MARK --set-xmark ${value}/${mask}`),
    },
    {
      weight: 4,
      arbitrary: fc.constantFrom('-j SET --add-set plain src', '-j SET --del-set plain dst', '-j CT --notrack'),
    },
    { weight: 1, arbitrary: fc.constantFrom('-j RETURN', '-j ACCEPT', '-j DROP') },
  );
const rules = (interfaces: string[], chains: string[]) =>
  fc.array(
    fc
      .tuple(
        fc.oneof(addresses, anything),
        fc.oneof(devices(...interfaces), anything),
        protocol,
        fc.array(match, { minLength: 1, maxLength: 2 }),
        unmodelled,
        target(chains),
      )
      .map((parts) =>
        parts
          .flat()
          .filter((part) => part !== '')
          .join(' '),
      ),
    { minLength: 30, maxLength: 90 },
  );
// -o cannot stand in PREROUTING itself, but in a chain that it jumps to; it is never there, so `! -o` always holds.
const main = rules(['-i'], ['-j U', '-g V']);
const user = rules(['-i', '-o'], ['-j V', '-g V']);
const packet: fc.Arbitrary<Packet> = fc.oneof(
  fc.tuple(address, address).map(([src, dst]) => icmp(src, dst)),
  fc.tuple(address, address, port, port).map(([src, dst, sport, dport]) => tcp(src, dst, sport, dport)),
  fc.tuple(address, address, port, port).map(([src, dst, sport, dport]) => udp(src, dst, sport, dport)),
);

class Run {
  readonly host = new FakeHost();
  readonly sets = new IpSets();
  readonly recent = new RecentStore();
  readonly events: unknown[] = [];

  constructor(
    readonly ruleSet: RuleSet,
    readonly walk: typeof cursorOver,
  ) {
    this.host.addresses.set('eth0', ipv4('10.0.0.1'));
    this.sets.restore(
      'create plain hash:ip\ncreate counted hash:net counters\nadd plain 10.0.0.2\nadd counted 10.0.0.4/31\n',
    );
  }

  pass(packet: Packet, input: string): void {
    const evaluation: Evaluation = {
      skb: skbOf(packet),
      pass: passOf('PREROUTING', { in: input }),
      table: 'raw',
      host: this.host,
      sets: this.sets,
      recent: this.recent,
      conntrack: {
        setup: () => 'ACCEPT',
        untrack: (skb) => {
          skb.ct = { untracked: true };
        },
      },
      log: () => {},
    };
    const verdict = evaluate(this.ruleSet.get('raw')!, evaluation, (event) => this.events.push(told(event)), this.walk);
    this.events.push(verdict, evaluation.skb.mark);
  }

  get outcome() {
    return { events: this.events, counters: printSave(this.ruleSet, { counters: true }), sets: this.sets.save() };
  }
}

function told(event: NetfilterEvent) {
  if (event.type === 'trace') return [event.chain, event.kind, event.number, event.mark];
  return event.type === 'verdict' ? [event.verdict, event.chain, event.number, event.reason] : event.type;
}

describe('the index of a long chain', () => {
  it('matches, counts, marks and traces exactly what the linear walk does', () => {
    const packets = fc.array(fc.tuple(packet, device), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(main, user, packets, (mainRules, userRules, arriving) => {
        const text = [
          '*raw',
          ':U - [0:0]',
          ':V - [0:0]',
          ...mainRules.map((rule) => `-A PREROUTING ${rule}`),
          ...userRules.map((rule) => `-A U ${rule}`),
          '-A V -j MARK --set-xmark 0x1/0x0',
          'COMMIT',
          '',
        ].join('\n');
        const linear = new Run(parseRestore(text), linearCursor);
        const indexed = new Run(parseRestore(text), cursorOver);
        for (const [one, input] of arriving) for (const run of [linear, indexed]) run.pass(one, input);
        expect(indexed.outcome).to.deep.equal(linear.outcome);
      }),
      { numRuns: 200 },
    );
  });

  function compare(rules: readonly string[], packets: readonly Packet[]) {
    const text = ['*raw', ...rules.map((rule) => `-A PREROUTING ${rule}`), 'COMMIT', ''].join('\n');
    const linear = new Run(parseRestore(text), linearCursor);
    const indexed = new Run(parseRestore(text), cursorOver);
    for (const packet of packets) for (const run of [linear, indexed]) run.pass(packet, 'eth0');
    expect(indexed.outcome).to.deep.equal(linear.outcome);
    return indexed;
  }
  const request = icmp(ipv4('10.0.0.6'), ipv4('10.0.0.7'));

  it('looks again where a rule has changed a set', () => {
    const inSet = Array.from({ length: 20 }, () => '-m set --match-set plain src');
    const { events } = compare([...inSet, '-j SET --add-set plain src', ...inSet], [request]);
    expect(events.slice(0, 3)).to.deep.equal([
      ['PREROUTING', 'rule', 21, 0],
      ['PREROUTING', 'rule', 22, 0],
      ['PREROUTING', 'rule', 23, 0],
    ]);
  });

  it('lets a set count for rules that do not match because the packet is in it', () => {
    const { sets } = compare(
      Array.from({ length: 20 }, () => '-m set ! --match-set counted src -j DROP'),
      [icmp(ipv4('10.0.0.4'), ipv4('10.0.0.7'))],
    );
    expect(sets.save()).to.contain('add counted 10.0.0.4/31 packets 20 bytes 1680');
  });
});
