import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { expect } from 'chai';
import type { Blueprint, LinkPlan, NamespacePlan } from './blueprint.js';
import { NOTHING } from './empty-namespace.js';
import { renderScript } from './script.js';

/** A host whose bridge is called as a word of `ip link`, with one of everything a blueprint can hold. */
const network: Blueprint = {
  namespaces: [
    {
      name: 'host',
      kind: 'node',
      ...NOTHING,
      links: [
        {
          kind: 'bridge',
          name: 'master',
          up: true,
          addresses: ['10.0.0.1/24', '10.0.0.9/24'],
          mac: '02:42:00:00:00:01',
        },
        {
          kind: 'veth',
          name: 'up',
          up: true,
          addresses: [],
          master: 'master',
          hairpin: true,
          mtu: 1400,
          peer: { namespace: 'guest', link: 'eth0' },
        },
        {
          kind: 'veth',
          name: 'left',
          up: true,
          addresses: ['10.2.0.1/32'],
          peer: { namespace: 'host', link: 'right' },
        },
        { kind: 'veth', name: 'right', up: false, addresses: [], peer: { namespace: 'host', link: 'left' } },
      ],
      routes: [
        { to: '10.1.0.0/26', type: 'blackhole', proto: 'bird' },
        { to: 'default', via: '10.0.0.2', dev: 'master', table: '100' },
      ],
      rules: [{ priority: 50, fwmark: '0x1/0xff', table: '100' }],
      neighbours: [{ link: 'master', address: '10.0.0.77', mac: '02:42:00:00:00:77' }],
      sysctls: [['net.ipv4.ip_forward', '1']],
      ipsets: 'create pods hash:ip family inet hashsize 1024 maxelem 65536\nadd pods 10.0.0.2\n',
      iptables:
        '*filter\n:INPUT ACCEPT [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n-A FORWARD -m set --match-set pods src -j ACCEPT\nCOMMIT\n',
      commands: "ip link add by-hand type bridge\necho 'END' >/dev/null\nEND() { :; }\n",
    },
    {
      name: 'guest',
      kind: 'workload',
      ...NOTHING,
      links: [
        { kind: 'veth', name: 'eth0', up: true, addresses: ['10.0.0.2/24'], peer: { namespace: 'host', link: 'up' } },
      ],
      listens: [{ protocol: 'tcp', port: 80 }],
    },
  ],
  endpoints: {},
};

/** Runs a script where only it can see what it makes: new network and mount namespaces, and a /run of its own. */
function inNamespace(script: string) {
  return spawnSync('unshare', ['-nm', 'sh', '-euc', `mount -t tmpfs tmpfs /run\n${script}`], { encoding: 'utf8' });
}

const canRun =
  inNamespace('ip netns add probe && ip netns exec probe iptables -S && ip netns exec probe ipset list').status === 0;

describe('renderScript', () => {
  const script = renderScript(network);

  it('says what listens, for whoever starts it', () => {
    expect(script).to.include('# listens on 80/tcp\n');
  });

  it('tells how to undo it', () => {
    expect(script).to.include('for name in host guest; do ip netns delete "$name"; done');
  });

  it('ends a here document with a word that its text does not hold as a line', () => {
    const plan: NamespacePlan = { name: 'n', kind: 'node', ...NOTHING, links: [], commands: 'cat <<END\nx\nEND\n' };
    const lines = renderScript({ namespaces: [plan], endpoints: {} }).split('\n');
    expect(lines).to.include.members(["ip netns exec n sh -e <<'END_'", 'END_']);
  });

  it('quotes what a shell would read otherwise', () => {
    const odd: LinkPlan = { kind: 'bridge', name: "it's;$x", up: true, addresses: [] };
    const plan: NamespacePlan = { name: 'n', kind: 'node', ...NOTHING, links: [odd] };
    expect(renderScript({ namespaces: [plan], endpoints: {} })).to.include(`link set dev 'it'\\''s;$x' up`);
  });

  it('builds the network on the real kernel', { skip: !canRun && 'needs root, ip, iptables and ipset' }, () => {
    const questions = [
      'ip -n host -br link show',
      'ip -n host -o -4 addr show dev master',
      'ip -n host route',
      'ip -n host route show table 100',
      'ip -n host rule show priority 50',
      'ip -n host neigh show nud permanent',
      'ip netns exec host sysctl net.ipv4.ip_forward',
      'ip netns exec host ipset save',
      'ip netns exec host iptables -S FORWARD',
      'ip -n host -d link show up',
      'ip netns exec guest ping -c1 -W1 -q 10.0.0.9',
    ];
    const { status, stdout, stderr } = inNamespace(`${script}\n${questions.join('\n')}`);
    expect(stderr).to.equal('');
    expect(status).to.equal(0);
    const names = stdout
      .split('\n')
      .filter((line) => /^[a-z].* </.test(line))
      .map((line) => line.split(/[ @]/)[0]);
    expect(names).to.deep.equal(['lo', 'master', 'up', 'left', 'right', 'by-hand']);
    for (const fact of [
      'master    inet 10.0.0.1/24 scope global master',
      '10.0.0.9/24 scope global secondary',
      'blackhole 10.1.0.0/26 proto bird',
      'default via 10.0.0.2 dev master',
      '50:\tfrom all fwmark 0x1/0xff lookup 100',
      '10.0.0.77 dev master lladdr 02:42:00:00:00:77 PERMANENT',
      'net.ipv4.ip_forward = 1',
      'add pods 10.0.0.2',
      '-P FORWARD DROP\n-A FORWARD -m set --match-set pods src -j ACCEPT',
      'mtu 1400',
      'hairpin on',
      '1 packets transmitted, 1 received',
    ]) {
      expect(stdout).to.include(fact);
    }
  });
});
