import { describe, it } from 'node:test';
import { expect } from 'chai';
import { ipv4 } from '../../net/ipv4.js';
import type { Connection } from '../conntrack/connection.js';
import { FakeHost, icmp, passOf, skbOf, tcp } from '../fake-host.js';
import type { Hook, TableName } from '../hooks.js';
import { IpSets } from '../ipset/ip-sets.js';
import type { Evaluation } from '../rule.js';
import { parseRule } from '../rules/parse-rule.js';
import { RecentStore } from './recent-store.js';

const A = ipv4('10.0.0.1');
const B = ipv4('10.0.0.2');

class Stage {
  readonly host = new FakeHost();
  readonly sets = new IpSets();
  /** What NAT and the namespace were asked. */
  readonly asked: unknown[] = [];
  readonly skb = skbOf(tcp(A, B, 1000, 80));

  act(rule: string, table: TableName = 'mangle', hook: Hook = 'PREROUTING') {
    const { target } = parseRule(rule.split(' '), table, hook);
    if (target.kind !== 'extension') throw new Error('no extension');
    const evaluation: Evaluation = {
      skb: this.skb,
      pass: passOf(hook, { in: hook === 'OUTPUT' ? '' : 'eth0', out: 'eth1' }),
      table,
      host: this.host,
      sets: this.sets,
      recent: new RecentStore(),
      conntrack: {
        setup: (_skb, _pass, side, range, name) => {
          this.asked.push({ side, name, ...range });
          return 'ACCEPT';
        },
        untrack: (skb) => {
          skb.ct = { untracked: true };
        },
      },
      log: (prefix) => this.asked.push(prefix),
    };
    return target.act(evaluation);
  }
}

describe('targets', () => {
  for (const [rule, before, after] of [
    ['-j MARK --set-mark 1', 0xff00, 1],
    ['-j MARK --set-mark 1/3', 0xff02, 0xff01],
    ['-j MARK --set-xmark 0x4000/0x0', 0x14000, 0x10000],
    ['-j MARK --and-mark 0xff', 0xabcd, 0xcd],
    ['-j MARK --or-mark 0x80000000', 1, 0x80000001],
    ['-j MARK --xor-mark 0x3', 1, 2],
  ] as const) {
    it(`${rule} makes ${after} of mark ${before}`, () => {
      const stage = new Stage();
      stage.skb.mark = before;
      expect(stage.act(rule)).to.deep.equal({ verdict: 'CONTINUE' });
      expect(stage.skb.mark).to.equal(after);
    });
  }

  for (const [rule, packetMark, connectionMark] of [
    ['-j CONNMARK --set-mark 7', 0x12, 7],
    ['-j CONNMARK --set-xmark 1/0', 0x12, 0x35],
    ['-j CONNMARK --save-mark', 0x12, 0x12],
    ['-j CONNMARK --save-mark --nfmask 0xf --ctmask 0xff', 0x12, 2],
    ['-j CONNMARK --restore-mark', 0x34, 0x34],
    ['-j CONNMARK --restore-mark --mask 0xf', 0x14, 0x34],
  ] as const) {
    it(`${rule} leaves ${packetMark} on the packet and ${connectionMark} on the connection`, () => {
      const stage = new Stage();
      const connection = { mark: 0x34 } as Connection;
      stage.skb.mark = 0x12;
      stage.skb.ct = { untracked: false, connection, direction: 'original', info: 'NEW' };
      stage.act(rule);
      expect([stage.skb.mark, connection.mark]).to.deep.equal([packetMark, connectionMark]);
    });
  }

  it('CONNMARK lets a packet without a connection pass unchanged', () => {
    const stage = new Stage();
    stage.skb.mark = 3;
    expect(stage.act('-j CONNMARK --restore-mark')).to.deep.equal({ verdict: 'CONTINUE' });
    expect(stage.skb.mark).to.equal(3);
  });

  it('TOS, DSCP and TTL change the header', () => {
    const stage = new Stage();
    stage.act('-j TOS --set-tos 0x13');
    stage.act('-j DSCP --set-dscp-class EF');
    stage.act('-j TTL --ttl-dec 60');
    stage.act('-j TTL --ttl-dec 60');
    expect(stage.skb.packet).to.include({ tos: 0xbb, ttl: 0 });
    stage.act('-j TTL --ttl-inc 255');
    stage.act('-j TOS --and-tos 0x0f');
    expect(stage.skb.packet).to.include({ tos: 0x0b, ttl: 255 });
  });

  it('LOG tells its prefix', () => {
    const stage = new Stage();
    stage.act('-j LOG --log-prefix calico-packet', 'filter', 'INPUT');
    expect(stage.asked).to.deep.equal(['calico-packet']);
  });

  it('TRACE marks the packet', () => {
    const stage = new Stage();
    stage.act('-j TRACE', 'raw');
    expect(stage.skb.traced).to.equal(true);
  });

  it('CT --notrack and NOTRACK exempt what is not tracked yet', () => {
    for (const rule of ['-j CT --notrack', '-j NOTRACK']) {
      const stage = new Stage();
      stage.act(rule, 'raw');
      expect(stage.skb.ct).to.deep.equal({ untracked: true });
    }
    expect(new Stage().act('-j CT --zone 5', 'raw')).to.include({ verdict: 'UNDETERMINED' });
  });

  it('REJECT asks the namespace for the error, and names it', () => {
    const stage = new Stage();
    stage.host.sendIcmpError = (...asked: unknown[]) => {
      stage.asked.push(asked.slice(2));
      return 1;
    };
    stage.host.sendTcpReset = () => {
      stage.asked.push('RST');
      return 1;
    };
    expect(stage.act('-j REJECT', 'filter', 'FORWARD')).to.deep.equal({
      verdict: 'REJECT',
      rejectWith: 'icmp-port-unreachable',
    });
    stage.act('-j REJECT --reject-with admin-prohib', 'filter', 'FORWARD');
    stage.act('-p tcp -j REJECT --reject-with tcp-reset', 'filter', 'FORWARD');
    expect(stage.asked).to.deep.equal([[3, 3], [3, 13], 'RST']);
  });

  it('SET puts the packet in, and takes it out', () => {
    const stage = new Stage();
    stage.sets.restore('create s hash:ip,port timeout 0');
    stage.act('-j SET --add-set s src,dst --timeout 30', 'filter', 'INPUT');
    expect(stage.sets.save()).to.contain('add s 10.0.0.1,tcp:80 timeout 30');
    stage.act('-j SET --del-set s src,dst', 'filter', 'INPUT');
    expect(stage.sets.save()).not.to.contain('add s');
  });

  const plain = { random: false, randomFully: false, persistent: false };
  const only = (address: string) => ({ min: ipv4(address), max: ipv4(address) });
  for (const [rule, hook, asked] of [
    [
      '-p tcp -j SNAT --to-source 1.2.3.4-1.2.3.9:1000-2000 --persistent',
      'POSTROUTING',
      {
        side: 'source',
        name: 'SNAT',
        ...plain,
        persistent: true,
        addresses: { min: ipv4('1.2.3.4'), max: ipv4('1.2.3.9') },
        ports: { min: 1000, max: 2000 },
      },
    ],
    [
      '-p tcp -j DNAT --to-destination :8080',
      'PREROUTING',
      { side: 'destination', name: 'DNAT', ...plain, addresses: undefined, ports: { min: 8080, max: 8080 } },
    ],
    [
      '-j MASQUERADE --random-fully',
      'POSTROUTING',
      { side: 'source', name: 'MASQUERADE', ...plain, randomFully: true, addresses: only('9.9.9.1'), ports: undefined },
    ],
    [
      '-p tcp -j REDIRECT --to-ports 8080',
      'PREROUTING',
      { side: 'destination', name: 'REDIRECT', ...plain, addresses: only('9.9.9.0'), ports: { min: 8080, max: 8080 } },
    ],
    [
      '-j REDIRECT',
      'OUTPUT',
      { side: 'destination', name: 'REDIRECT', ...plain, addresses: only('127.0.0.1'), ports: undefined },
    ],
    [
      '-j NETMAP --to 192.168.7.0/24',
      'PREROUTING',
      { side: 'destination', name: 'NETMAP', ...plain, addresses: only('192.168.7.2'), ports: undefined },
    ],
    [
      '-j NETMAP --to 192.168.7.0/24',
      'POSTROUTING',
      { side: 'source', name: 'NETMAP', ...plain, addresses: only('192.168.7.1'), ports: undefined },
    ],
  ] as const) {
    it(`${rule} in ${hook} asks NAT for its range`, () => {
      const stage = new Stage();
      stage.host.addresses.set('eth0', ipv4('9.9.9.0'));
      stage.host.addresses.set('eth1', ipv4('9.9.9.1'));
      expect(stage.act(rule, 'nat', hook)).to.deep.equal({ verdict: 'ACCEPT' });
      expect(stage.asked).to.deep.equal([asked]);
    });
  }

  it('MASQUERADE and REDIRECT drop where there is no address', () => {
    expect(new Stage().act('-j MASQUERADE', 'nat', 'POSTROUTING')).to.deep.equal({ verdict: 'DROP' });
    expect(new Stage().act('-j REDIRECT', 'nat', 'PREROUTING')).to.deep.equal({ verdict: 'DROP' });
  });

  it('DNAT with shifted ports is named, not guessed', () => {
    const rule = '-p tcp -j DNAT --to-destination 1.2.3.4:1000-2000/3000';
    expect(new Stage().act(rule, 'nat', 'PREROUTING')).to.include({ verdict: 'UNDETERMINED' });
  });

  it('leave an ICMP packet alone that they have nothing to say to', () => {
    const stage = new Stage();
    stage.skb.packet = icmp(A, B);
    for (const rule of ['-j CHECKSUM --checksum-fill', '-p tcp --syn -j TCPMSS --set-mss 1400', '-j NFLOG']) {
      expect(stage.act(rule, 'mangle', 'POSTROUTING')).to.deep.equal({ verdict: 'CONTINUE' });
    }
  });
});
