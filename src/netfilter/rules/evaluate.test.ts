import { describe, it } from 'node:test';
import { expect } from 'chai';
import { ipv4 } from '../../net/ipv4.js';
import type { NetfilterEvent } from '../events.js';
import { FakeHost, icmp, passOf, skbOf, tcp } from '../fake-host.js';
import type { Hook, TableName } from '../hooks.js';
import { IpSets } from '../ipset/ip-sets.js';
import type { Evaluation, RuleSet } from '../rule.js';
import { RecentStore } from '../xt/recent-store.js';
import { evaluate } from './evaluate.js';
import { parseRestore } from './parse-restore.js';
import { explainRule } from './rule-holds.js';

const A = ipv4('10.0.0.1');
const B = ipv4('10.0.0.2');

class Bench {
  readonly host = new FakeHost();
  readonly sets = new IpSets();
  readonly ruleSet: RuleSet;
  readonly logged: string[] = [];

  constructor(rules: string) {
    this.ruleSet = parseRestore(rules);
  }

  evaluation(packet = icmp(A, B), table: TableName = 'filter', hook: Hook = 'FORWARD'): Evaluation {
    return {
      skb: skbOf(packet),
      pass: passOf(hook, { in: 'eth0', out: hook === 'INPUT' ? '' : 'eth1' }),
      table,
      host: this.host,
      sets: this.sets,
      recent: new RecentStore(),
      conntrack: { setup: () => 'ACCEPT', untrack: () => {} },
      log: (prefix) => this.logged.push(prefix),
    };
  }

  run(evaluation = this.evaluation()) {
    const events: NetfilterEvent[] = [];
    const verdict = evaluate(this.ruleSet.get(evaluation.table)!, evaluation, (event) => events.push(event));
    const lines = events.map((event) => {
      if (event.type === 'trace') return `${event.chain}:${event.kind}:${event.number}`;
      if (event.type === 'verdict') return `${event.verdict} ${event.chain} ${event.number ?? 'policy'}`;
      return event.type;
    });
    return { verdict, lines, evaluation, events };
  }
}

/** The filter table with these lines. */
function filter(...lines: string[]): Bench {
  return new Bench(['*filter', ...lines, 'COMMIT', ''].join('\n'));
}

describe('evaluate', () => {
  it('traces the rules that match, and the policy', () => {
    const { verdict, lines } = filter('-A FORWARD -p tcp -j DROP', '-A FORWARD -p icmp', '-A FORWARD -i eth0').run();
    expect(lines).to.deep.equal(['FORWARD:rule:2', 'FORWARD:rule:3', 'FORWARD:policy:4']);
    expect(verdict).to.equal('ACCEPT');
  });

  it('names the end of a user chain `return`, one behind its last rule', () => {
    const { lines } = filter(':U - [0:0]', '-A U -p tcp -j DROP', '-A FORWARD -j U').run();
    expect(lines).to.deep.equal(['FORWARD:rule:1', 'U:return:2', 'FORWARD:policy:2']);
  });

  it('names an unconditional verdict like the end of its chain', () => {
    expect(filter(':U - [0:0]', '-A U -j RETURN', '-A FORWARD -j U').run().lines).to.deep.equal([
      'FORWARD:rule:1',
      'U:return:1',
      'FORWARD:policy:2',
    ]);
    expect(filter(':U - [0:0]', '-A U -j DROP', '-A FORWARD -j U').run().lines).to.deep.equal([
      'FORWARD:rule:1',
      'U:return:1',
      'DROP U 1',
    ]);
    expect(filter('-A FORWARD -j ACCEPT').run().lines).to.deep.equal(['FORWARD:policy:1']);
  });

  it('names it `rule` as soon as it has a comment', () => {
    expect(filter('-A FORWARD -m comment --comment x -j ACCEPT').run().lines).to.deep.equal(['FORWARD:rule:1']);
  });

  it('goes from a RETURN in a built-in chain to the policy', () => {
    const { lines, verdict } = filter(
      ':FORWARD DROP [0:0]',
      '-A FORWARD -p icmp -j RETURN',
      '-A FORWARD -j ACCEPT',
    ).run();
    expect(lines).to.deep.equal(['FORWARD:rule:1', 'FORWARD:policy:3', 'DROP FORWARD policy']);
    expect(verdict).to.equal('DROP');
  });

  it('returns from a chain entered with -g to the chain that made the last -j', () => {
    const { lines } = filter(
      ':A - [0:0]',
      ':B - [0:0]',
      '-A FORWARD -j A',
      '-A FORWARD -p icmp',
      '-A A -g B',
      '-A A -j DROP',
    ).run();
    expect(lines).to.deep.equal(['FORWARD:rule:1', 'A:rule:1', 'B:return:1', 'FORWARD:rule:2', 'FORWARD:policy:3']);
  });

  it('applies the policy when a chain ends that a built-in one entered with -g', () => {
    const { lines } = filter(':U - [0:0]', '-A FORWARD -g U', '-A FORWARD -j DROP').run();
    expect(lines).to.deep.equal(['FORWARD:rule:1', 'U:return:1', 'FORWARD:policy:3']);
  });

  it('shows a new mark from the next line on', () => {
    const { events } = filter('-A FORWARD -j MARK --set-xmark 0x4/0x4', '-A FORWARD -m mark --mark 0x4/0x4').run();
    expect(events.map((event) => event.type === 'trace' && event.mark)).to.deep.equal([0, 4, 4]);
  });

  it('counts what matched, and what fell through to the policy', () => {
    const bench = filter('-A FORWARD -p icmp', '-A FORWARD -p tcp -j DROP');
    bench.run();
    bench.run(bench.evaluation(tcp(A, B, 1, 2)));
    const { rules, packets, bytes } = bench.ruleSet.get('filter')!.chains.get('FORWARD')!;
    expect(rules.map((rule) => [rule.packets, rule.bytes])).to.deep.equal([
      [1, 84],
      [1, 40],
    ]);
    expect([packets, bytes]).to.deep.equal([1, 84]);
  });

  it('says with what it rejects', () => {
    const { verdict, events } = filter('-A FORWARD -j REJECT').run();
    expect(verdict).to.equal('STOLEN');
    expect(events.at(-1)).to.include({ verdict: 'REJECT', rejectWith: 'icmp-port-unreachable', number: 1 });
  });

  it('hands the prefix of LOG to whoever observes, and goes on', () => {
    const bench = filter('-A FORWARD -j LOG --log-prefix "x: "', '-A FORWARD -j ACCEPT');
    expect(bench.run().verdict).to.equal('ACCEPT');
    expect(bench.logged).to.deep.equal(['x: ']);
  });

  describe('what is not modelled', () => {
    it('makes the verdict undetermined and is named', () => {
      const { verdict, events } = filter('-A FORWARD -m owner --uid-owner 0 -j DROP').run();
      expect(verdict).to.equal('UNDETERMINED');
      expect(events.at(-1)).to.include({ number: 1, reason: '`-m owner --uid-owner 0` is not modelled' });
    });

    it('does not matter where another condition fails', () => {
      expect(filter('-A FORWARD -m owner --uid-owner 0 -m mark --mark 1 -j DROP').run().verdict).to.equal('ACCEPT');
      expect(filter('-A FORWARD -p tcp -m owner --uid-owner 0 -j DROP').run().verdict).to.equal('ACCEPT');
    });

    it('leaves what counts behind it uncounted', () => {
      const bench = filter('-A FORWARD -m owner --uid-owner 0 -m statistic --mode nth --every 2 --packet 1 -j DROP');
      for (let packet = 0; packet < 3; packet++) expect(bench.run().verdict).to.equal('UNDETERMINED');
    });

    it('is a target too', () => {
      const { verdict, lines, events } = filter('-A FORWARD -p icmp -j NFQUEUE --queue-num 3').run();
      expect(verdict).to.equal('UNDETERMINED');
      expect(lines).to.deep.equal(['FORWARD:rule:1', 'UNDETERMINED FORWARD 1']);
      expect(events.at(-1)).to.include({ reason: '`-j NFQUEUE --queue-num 3` is not modelled' });
    });
  });
});

describe('explainRule', () => {
  function explain(rule: string, evaluate = (bench: Bench) => bench.evaluation()) {
    const bench = filter(`-A FORWARD ${rule}`);
    return explainRule(bench.ruleSet.get('filter')!.chains.get('FORWARD')!.rules[0]!, evaluate(bench));
  }

  it('tells each condition that fails: what was wanted, what the packet has', () => {
    expect(explain('-s 10.1.0.0/16 ! -i eth0 -o cali+ -p tcp -m tcp --dport 80 -m mark --mark 0x1')).to.deep.equal([
      '-s 10.1.0.0/16 wanted, the packet comes from 10.0.0.1',
      '! -i eth0 wanted, the packet came in by eth0',
      '-o cali+ wanted, the packet leaves by eth1',
      '-p tcp wanted, the packet is icmp',
      'tcp wanted, the packet is not TCP',
      '--mark 0x1 wanted, the packet carries mark 0x0',
    ]);
  });

  it('says nothing of a rule that matches', () => {
    expect(explain('-s 10.0.0.0/8 -p icmp -m comment --comment x')).to.deep.equal([]);
  });

  it('names what cannot be told last', () => {
    expect(explain('-m owner --uid-owner 0 -m mark --mark 1')).to.deep.equal([
      '--mark 0x1 wanted, the packet carries mark 0x0',
      '`-m owner --uid-owner 0` is not modelled',
    ]);
  });

  it('counts nothing', () => {
    const bench = filter('-A FORWARD -m statistic --mode nth --every 2 --packet 0 -j DROP');
    const rule = bench.ruleSet.get('filter')!.chains.get('FORWARD')!.rules[0]!;
    for (let time = 0; time < 3; time++) expect(explainRule(rule, bench.evaluation())).to.deep.equal([]);
    expect([bench.run().verdict, bench.run().verdict]).to.deep.equal(['DROP', 'ACCEPT']);
  });
});
