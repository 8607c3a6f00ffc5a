import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { expect } from 'chai';
import { ipv4 } from '../../net/ipv4.js';
import type { Packet } from '../../net/packet.js';
import { icmp, passOf, skbOf, tcp, udp } from '../fake-host.js';
import { NetfilterMistake } from '../mistake.js';
import { IpSets } from './ip-sets.js';
import type { Directions } from './store.js';

/** What ipset 7.17 on Linux 6.18 said to each line of typed.txt (recorded/record.mjs). */
const RECORDED = readFileSync(new URL('./recorded/said.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

function mistakeOf(action: () => unknown): NetfilterMistake {
  try {
    action();
  } catch (mistake) {
    if (mistake instanceof NetfilterMistake) return mistake;
    throw mistake;
  }
  throw new Error('nothing was refused');
}

describe('the ipset command', () => {
  const sets = new IpSets();
  for (const record of RECORDED) {
    const [typed, code, says] = record.split('\t') as [string, string, string | undefined];
    it(`${typed}: ${says || 'done'}`, () => {
      const words = typed.match(/"[^"]*"|\S+/g)!.map((word) => word.replaceAll('"', ''));
      if (code === '0') {
        // `test` tells on stderr that an element is in, which this engine gives as output.
        expect(sets.run(words).split('\n')[0]).to.equal(says ?? '');
        return;
      }
      const mistake = mistakeOf(() => sets.run(words));
      expect(mistake.stderr).to.equal(says);
      expect(mistake.exitCode).to.equal(Number(code));
    });
  }
});

describe('IpSets', () => {
  const A = ipv4('10.0.0.1');
  const B = ipv4('10.1.2.3');

  function isIn(
    restore: string,
    packet: Packet,
    directions: Directions,
    pass = passOf('FORWARD', { in: 'eth0', out: 'eth1' }),
  ) {
    const sets = new IpSets();
    sets.restore(restore);
    return sets.find('s', directions, skbOf(packet), pass) !== undefined;
  }

  it('finds addresses, masked where the set masks', () => {
    expect(isIn('create s hash:ip\nadd s 10.0.0.1', icmp(A, B), ['src'])).to.equal(true);
    expect(isIn('create s hash:ip\nadd s 10.0.0.1', icmp(A, B), ['dst'])).to.equal(false);
    expect(isIn('create s hash:ip netmask 16\nadd s 10.1.9.9', icmp(A, B), ['dst'])).to.equal(true);
    expect(isIn('create s bitmap:ip range 10.0.0.0/24\nadd s 10.0.0.1', icmp(A, B), ['src'])).to.equal(true);
  });

  it('lets the longest block decide, exceptions included', () => {
    const nets = 'create s hash:net\nadd s 10.0.0.0/8\nadd s 10.1.0.0/16 nomatch\nadd s 10.1.2.3';
    expect(isIn(nets, icmp(A, B), ['src'])).to.equal(true);
    expect(isIn(nets, icmp(A, B), ['dst'])).to.equal(true);
    expect(isIn(nets, icmp(A, ipv4('10.1.2.4')), ['dst'])).to.equal(false);
  });

  it('takes ports with their protocol, and ICMP by type and code', () => {
    const ports = 'create s hash:ip,port\nadd s 10.1.2.3,tcp:80\nadd s 10.1.2.3,icmp:echo-request';
    expect(isIn(ports, tcp(A, B, 1, 80), ['dst', 'dst'])).to.equal(true);
    expect(isIn(ports, udp(A, B, 1, 80), ['dst', 'dst'])).to.equal(false);
    expect(isIn(ports, tcp(A, B, 80, 1), ['dst', 'dst'])).to.equal(false);
    expect(isIn(ports, tcp(A, B, 80, 1), ['dst', 'src'])).to.equal(true);
    expect(isIn(ports, icmp(A, B), ['dst', 'dst'])).to.equal(true);
    expect(isIn('create s bitmap:port range 0-100\nadd s 80', udp(A, B, 1, 80), ['dst'])).to.equal(true);
    expect(isIn('create s bitmap:port range 0-100\nadd s 80', icmp(A, B), ['dst'])).to.equal(false);
  });

  it('combines dimensions, each with its own side', () => {
    const triple = 'create s hash:ip,port,net\nadd s 10.0.0.1,tcp:80,10.1.0.0/16';
    expect(isIn(triple, tcp(A, B, 1, 80), ['src', 'dst', 'dst'])).to.equal(true);
    expect(isIn(triple, tcp(A, B, 1, 80), ['src', 'dst', 'src'])).to.equal(false);
    expect(isIn(triple, tcp(A, B, 1, 80), ['src', 'dst'])).to.equal(false);
    const nets = 'create s hash:net,net\nadd s 10.0.0.0/24,10.1.0.0/16\nadd s 10.0.0.0/25,10.1.2.0/24 nomatch';
    expect(isIn(nets, icmp(A, B), ['src', 'dst'])).to.equal(false);
    expect(isIn(nets, icmp(A, ipv4('10.1.3.1')), ['src', 'dst'])).to.equal(true);
  });

  it('knows interfaces and Ethernet addresses', () => {
    expect(isIn('create s hash:net,iface\nadd s 10.0.0.0/24,eth0', icmp(A, B), ['src', 'src'])).to.equal(true);
    expect(isIn('create s hash:net,iface\nadd s 10.0.0.0/24,eth0', icmp(A, B), ['src', 'dst'])).to.equal(false);
    expect(isIn('create s hash:mac\nadd s 02:42:ac:11:00:02', icmp(A, B), ['src'])).to.equal(false);
  });

  it('asks the members of a list in turn', () => {
    const list = 'create a hash:ip\ncreate b hash:ip\nadd b 10.0.0.1\ncreate s list:set\nadd s a\nadd s b';
    expect(isIn(list, icmp(A, B), ['src'])).to.equal(true);
    expect(isIn(list, icmp(A, B), ['dst'])).to.equal(false);
  });

  it('finds what is not there with return-nomatch', () => {
    const sets = new IpSets();
    sets.restore('create s hash:net\nadd s 10.0.0.0/8\nadd s 10.1.0.0/16 nomatch');
    const find = (packet: Packet) =>
      sets.find('s', ['dst'], skbOf(packet), passOf('FORWARD'), { returnNomatch: true }) !== undefined;
    expect([find(icmp(A, B)), find(icmp(B, A))]).to.deep.equal([true, false]);
  });

  it('forgets an element when its time is up, and tells how much is left', () => {
    let now = 0;
    const sets = new IpSets(() => now);
    sets.restore('create s hash:ip timeout 60\nadd s 10.0.0.1\nadd s 10.0.0.2 timeout 0\nadd s 10.0.0.3 timeout 10');
    now = 30_500;
    expect(sets.save().split('\n').slice(1, -1)).to.deep.equal([
      'add s 10.0.0.1 timeout 29',
      'add s 10.0.0.2 timeout 0',
    ]);
    now = 60_000;
    expect(sets.find('s', ['src'], skbOf(icmp(A, B)), passOf('FORWARD'))).to.equal(undefined);
  });

  it('counts for those who ask it to', () => {
    const sets = new IpSets();
    sets.restore('create s hash:ip counters\nadd s 10.0.0.1 packets 2 bytes 10');
    sets.find('s', ['src'], skbOf(icmp(A, B)), passOf('FORWARD'), { count: true });
    sets.find('s', ['src'], skbOf(icmp(A, B)), passOf('FORWARD'));
    expect(sets.save()).to.contain('add s 10.0.0.1 packets 3 bytes 94');
  });

  it('prints what it read', () => {
    const text = [
      'create n hash:net family inet hashsize 1024 maxelem 65536 timeout 60 counters comment bucketsize 12 initval 0x52964456',
      'add n 10.0.0.0/8 timeout 60 packets 0 bytes 0',
      'add n 10.1.0.0/16 timeout 30 nomatch packets 3 bytes 4 comment "hello world"',
      'create p hash:ip,port,net family inet hashsize 64 maxelem 4 bucketsize 12 initval 0x1da16df0',
      'add p 10.0.0.1,tcp:80,10.0.2.0/24',
      'add p 10.0.0.1,icmp:echo-request,10.0.2.1',
      'create b bitmap:ip range 10.0.0.0-10.0.0.255 netmask 28 timeout 5',
      'create six hash:ip family inet6 hashsize 1024 maxelem 65536 bucketsize 12 initval 0x1f7e35ed',
      'add six fd00::1',
      'create l list:set size 8',
      'add l n',
      'add l p',
      '',
    ].join('\n');
    const sets = new IpSets();
    sets.restore(text);
    expect(sets.save()).to.equal(text);
  });

  it('restores all or nothing, and points at the mistake', () => {
    const sets = new IpSets();
    sets.restore('create s hash:ip\nadd s 10.0.0.1');
    const before = sets.save();
    const mistake = mistakeOf(() => sets.restore('add s 10.0.0.2\nadd s 10.0.0.300\n', 'node.ipset'));
    expect(mistake.message).to.equal(
      'node.ipset:2:7: ipset v7.17: Error in line 2: Syntax error: cannot parse 10.0.0.300: resolving to IPv4 address failed',
    );
    expect(sets.save()).to.equal(before);
  });

  it('keeps a set that a rule uses', () => {
    const sets = new IpSets();
    sets.run(['create', 's', 'hash:ip']);
    sets.rulesUsing = (name) => (name === 's' ? 1 : 0);
    expect(mistakeOf(() => sets.run(['destroy', 's'])).says).to.contain('it is in use by a kernel component');
    expect(mistakeOf(() => sets.run(['rename', 's', 't'])).says).to.contain('it is in use by another system');
  });

  it('guesses what was meant', () => {
    const sets = new IpSets();
    sets.run(['create', 'pods', 'hash:ip']);
    expect(mistakeOf(() => sets.run(['add', 'pdos', '10.0.0.1'])).message).to.match(/did you mean pods\?$/);
    expect(mistakeOf(() => sets.run(['create', 'x', 'hash:ipport'])).message).to.match(/did you mean hash:ip,port\?$/);
  });

  it('tells those who remember an answer that something has changed', () => {
    const sets = new IpSets();
    sets.restore('create s hash:ip');
    const before = sets.generation;
    sets.run(['add', 's', '10.0.0.1']);
    expect(sets.generation).to.be.greaterThan(before);
  });
});
