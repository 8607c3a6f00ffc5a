import { describe, it } from 'node:test';
import { expect } from 'chai';
import { Fabric } from '../fabric/fabric.js';
import { Files } from './files.js';
import { runScript, type ScriptResult } from './run-script.js';

function run(script: string): ScriptResult {
  const fabric = new Fabric();
  return runScript(fabric.addNamespace('host'), script, { fabric });
}

describe('a script on a simulated namespace', () => {
  it('does nothing at all where any of it cannot be read', () => {
    const fabric = new Fabric();
    const ns = fabric.addNamespace('host');
    const result = runScript(ns, 'sysctl -w net.ipv4.ip_forward=1\nip a | | ip r', { fabric });
    expect(result).to.deep.equal({
      stdout: '',
      stderr: "bash: line 2, column 8: syntax error near unexpected token `|'\n",
      exitCode: 2,
    });
    expect(ns.sysctl.get('net.ipv4.ip_forward')).to.equal('0');
  });

  it('stops at a command that there is not, and says what was meant', () => {
    const fabric = new Fabric();
    const ns = fabric.addNamespace('host');
    const result = runScript(ns, 'echo one\n  iptbles -A INPUT\nsysctl -w net.ipv4.ip_forward=1', { fabric });
    expect(result).to.deep.equal({
      stdout: 'one\n',
      stderr:
        'bash: line 2: iptbles: command not found\n(column 3: `iptbles` is not simulated; did you mean `iptables`?)\n',
      exitCode: 127,
    });
    expect(ns.sysctl.get('net.ipv4.ip_forward')).to.equal('0');
  });

  const refused: readonly (readonly [script: string, sentence: string])[] = [
    ['ip link add x type vxlan id 1', 'links of type vxlan are not simulated; there are bridge, dummy, veth'],
    ['ip -6 addr', 'the option `-6` of ip is not simulated; there are -4 -br -o -n'],
    ['ip tunnel', '`ip tunnel` is not simulated; there are address, link, neighbour, netns, route, rule'],
    ['ip addr add fe80::1/64 dev lo', '`fe80::1/64`: only IPv4 is simulated'],
    ['ip route add default dev lo mtu 1400', '`mtu` of a route is not simulated'],
    ['ip rule add not from 10.0.0.1 table 1', '`not` of a rule is not simulated'],
    ['sysctl net.ipv4.tcp_syncookies', 'the setting net.ipv4.tcp_syncookies is not simulated'],
    ['echo 1 > /proc/sys/net/ipv6/conf/all/forwarding', 'the setting net.ipv6.conf.all.forwarding is not simulated'],
    ['grep -Z x', 'option `-Z` of grep is not simulated'],
    ['ping 127.0.0.1', 'ping runs until it is stopped: say how often with `-c COUNT`'],
    ['nc 10.0.0.1 80', 'only `nc -z HOST PORT` and `nc -l PORT &` are simulated'],
    ['conntrack -E', '`-E` of conntrack is not simulated'],
    ['sh -c "ip tunnel; echo inner"', '`ip tunnel` is not simulated'],
    ['ipset list -o xml', 'the option `-o` of `ipset list` is not simulated; there is -n'],
    ['iptables -v -A INPUT -j ACCEPT', 'what `iptables -v -A` prints of the rule is not simulated; leave out -v'],
    ['iptables --help', 'the help of iptables is not simulated'],
    ['set -x', '`set -x` is not simulated; `set -eu` is'],
  ];
  for (const [script, sentence] of refused) {
    it(`refuses and stops: ${script}`, () => {
      const result = run(`${script}\necho never`);
      expect(result.stderr).to.contain(sentence);
      expect(result.stdout).to.equal('');
      expect(result.exitCode).to.equal(2);
    });
  }

  it('leaves files for later scripts that are given the same ones', () => {
    const fabric = new Fabric();
    const ns = fabric.addNamespace('host');
    const files = new Files();
    runScript(ns, 'iptables -P FORWARD DROP; iptables-save > rules; iptables -P FORWARD ACCEPT', { fabric, files });
    expect(runScript(ns, 'iptables-restore < rules && iptables -S FORWARD', { fabric, files }).stdout).to.equal(
      '-P FORWARD DROP\n',
    );
  });

  it('keeps the tables of two namespaces apart', () => {
    const fabric = new Fabric();
    const [one, two] = [fabric.addNamespace('one'), fabric.addNamespace('two')];
    runScript(one, 'iptables -P FORWARD DROP');
    expect(runScript(two, 'iptables-save').stdout).to.equal('');
    expect(runScript(two, 'iptables -S FORWARD').stdout).to.equal('-P FORWARD ACCEPT\n');
  });

  it('passes virtual time', () => {
    const fabric = new Fabric();
    const ns = fabric.addNamespace('host');
    runScript(ns, 'sleep 1.5', { fabric });
    expect(fabric.clock.now).to.equal(1500);
  });

  it('pings in virtual time', () => {
    const { stdout, exitCode } = run('ip link set lo up; ping -c 2 127.0.0.1');
    expect(stdout).to.equal(`PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.
64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.000 ms
64 bytes from 127.0.0.1: icmp_seq=2 ttl=64 time=0.000 ms

--- 127.0.0.1 ping statistics ---
2 packets transmitted, 2 received, 0% packet loss, time 1000ms
rtt min/avg/max/mdev = 0.000/0.000/0.000/0.000 ms
`);
    expect(exitCode).to.equal(0);
  });

  it('tells the errors of a ping as they come', () => {
    const { stdout } = run(`ip link set lo up
ip link add va type veth peer name vb; ip link set va up; ip link set vb up
ip addr add 10.0.0.1/24 dev va
ping -c 3 10.0.0.2`);
    expect(stdout.split('\n').slice(1)).to.deep.equal([
      'From 10.0.0.1 icmp_seq=1 Destination Host Unreachable',
      'From 10.0.0.1 icmp_seq=2 Destination Host Unreachable',
      'From 10.0.0.1 icmp_seq=3 Destination Host Unreachable',
      '',
      '--- 10.0.0.2 ping statistics ---',
      '3 packets transmitted, 0 received, +3 errors, 100% packet loss, time 2000ms',
      'pipe 3',
      '',
    ]);
  });

  it('does not guess what a ping would print where a rule is not modelled', () => {
    const { stderr, exitCode } = run(
      'ip link set lo up; iptables -A INPUT -m bpf --bytecode "1,6 0 0 1" -j DROP; ping -c 1 127.0.0.1',
    );
    expect(stderr).to.match(/ping: line 1: the packet to 127\.0\.0\.1 met filter INPUT of host, rule 1: -m bpf/);
    expect(exitCode).to.equal(2);
  });
});
