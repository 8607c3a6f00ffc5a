import { describe, it } from 'node:test';
import { expect } from 'chai';
import { cluster, nodes, rulesOf, workload } from '../fixture.js';
import { PlatformRefusal } from '../refusal.js';
import { docker } from './docker.js';

const [front, back] = [
  { name: 'front', driver: 'bridge' as const },
  { name: 'back', driver: 'bridge' as const, subnet: '10.9.0.0/24' },
];
const alone = (more: Parameters<typeof cluster>[0] = {}) => cluster({ calico: null, nodes: nodes(1), ...more });

function refusal(run: () => unknown): [string, string] {
  try {
    run();
  } catch (error) {
    if (error instanceof PlatformRefusal) return [error.message, error.at.join('.')];
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('Docker with its default bridge', () => {
  const all = alone({ workloads: [workload('m-web1', 'master'), workload('m-web2', 'master')] });
  const [node] = all.nodes;
  const attached = docker(all);

  it('builds FORWARD from the bottom up', () => {
    expect(rulesOf(node!, 'filter', 'FORWARD')).to.deep.equal([
      '-j DOCKER-USER',
      '-j DOCKER-ISOLATION-STAGE-1',
      '-o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      '-o docker0 -j DOCKER',
      '-i docker0 ! -o docker0 -j ACCEPT',
      '-i docker0 -o docker0 -j ACCEPT',
    ]);
    expect(rulesOf(node!, 'filter', 'DOCKER-ISOLATION-STAGE-1')).to.deep.equal([
      '-i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2',
      '-j RETURN',
    ]);
    expect(rulesOf(node!, 'filter', 'DOCKER-ISOLATION-STAGE-2')).to.deep.equal(['-o docker0 -j DROP', '-j RETURN']);
    expect(rulesOf(node!, 'filter', 'DOCKER-USER')).to.deep.equal(['-j RETURN']);
    expect(node!.draft.iptables.toString()).to.contain(':FORWARD DROP [0:0]');
  });

  it('masquerades what leaves the bridge', () => {
    expect(rulesOf(node!, 'nat', 'PREROUTING')).to.deep.equal(['-m addrtype --dst-type LOCAL -j DOCKER']);
    expect(rulesOf(node!, 'nat', 'OUTPUT')).to.deep.equal(['! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER']);
    expect(rulesOf(node!, 'nat', 'POSTROUTING')).to.deep.equal(['-s 172.17.0.0/16 ! -o docker0 -j MASQUERADE']);
    expect(rulesOf(node!, 'nat', 'DOCKER')).to.deep.equal(['-i docker0 -j RETURN']);
  });

  it('makes the bridge and opens forwarding', () => {
    const [link] = node!.draft.links;
    expect(link).to.include({ kind: 'bridge', name: 'docker0', up: true });
    expect(link!.addresses).to.deep.equal(['172.17.0.1/16']);
    expect(link!.mac).to.match(/^02:42(:[0-9a-f]{2}){4}$/);
    expect(node!.draft.sysctls).to.deep.equal([
      ['net.bridge.bridge-nf-call-iptables', '1'],
      ['net.ipv4.ip_forward', '1'],
    ]);
  });

  it('plugs containers in, one address after the other', () => {
    expect(attached.map(({ address, mac }) => [address, mac])).to.deep.equal([
      ['172.17.0.2', '02:42:ac:11:00:02'],
      ['172.17.0.3', '02:42:ac:11:00:03'],
    ]);
    const [first] = attached;
    expect(first).to.include({ prefixLength: 16, master: 'docker0', device: 'eth0' });
    expect(first!.interface).to.match(/^veth[0-9a-f]{7}$/);
    expect(first!.routes).to.deep.equal([{ to: 'default', via: '172.17.0.1', dev: 'eth0' }]);
  });
});

describe('Docker with more networks', () => {
  it('writes a newer network above an older one', () => {
    const all = alone({ networks: [front, back] });
    docker(all);
    const names = all.nodes[0]!.draft.links.map(({ name }) => name);
    const [, one, two] = names as [string, string, string];
    expect(one).to.match(/^br-[0-9a-f]{12}$/);
    expect(rulesOf(all.nodes[0]!, 'filter', 'FORWARD').map((rule) => rule.replace(/ -[jm] .*/, ''))).to.deep.equal([
      '-j DOCKER-USER',
      '-j DOCKER-ISOLATION-STAGE-1',
      ...[two, one, 'docker0'].flatMap((name) => [
        `-o ${name}`,
        `-o ${name}`,
        `-i ${name} ! -o ${name}`,
        `-i ${name} -o ${name}`,
      ]),
    ]);
    expect(rulesOf(all.nodes[0]!, 'nat', 'POSTROUTING')).to.deep.equal([
      `-s 10.9.0.0/24 ! -o ${two} -j MASQUERADE`,
      `-s 172.18.0.0/16 ! -o ${one} -j MASQUERADE`,
      '-s 172.17.0.0/16 ! -o docker0 -j MASQUERADE',
    ]);
    expect(rulesOf(all.nodes[0]!, 'nat', 'PREROUTING')).to.have.lengthOf(1);
  });

  it('keeps out of what the node has routes to', () => {
    const all = alone({ networks: [front] });
    all.nodes[0]!.draft.routes.push({ to: '172.17.4.0/24', via: '172.16.91.226' });
    docker(all);
    const addresses = all.nodes[0]!.draft.links.flatMap((link) => link.addresses);
    expect(addresses).to.deep.equal(['172.18.0.1/16', '172.19.0.1/16']);
  });

  it('joins containers to the first network, or to the one they name', () => {
    const all = alone({
      networks: [front, back],
      workloads: [workload('a', 'master'), workload('b', 'master', { network: 'back', address: '10.9.0.2' })],
    });
    expect(docker(all).map(({ address, master }) => [address, master])).to.deep.equal([
      ['172.18.0.2', all.nodes[0]!.draft.links[1]!.name],
      ['10.9.0.2', all.nodes[0]!.draft.links[2]!.name],
    ]);
  });

  it('gives nobody the address that a person chose for another', () => {
    const chosen = workload('late', 'master', { address: '172.17.0.2' });
    const all = alone({ workloads: [workload('early', 'master'), chosen] });
    expect(docker(all).map(({ address }) => address)).to.deep.equal(['172.17.0.3', '172.17.0.2']);
  });
});

describe('Docker with networks of several kinds', () => {
  const named = { name: 'front', driver: 'bridge', bridge: 'br0', subnet: '10.8.0.0/24' } as const;

  it('names a bridge as it is told', () => {
    const all = alone({ networks: [named] });
    docker(all);
    expect(all.nodes[0]!.draft.links.map(({ name }) => name)).to.deep.equal(['docker0', 'br0']);
  });

  it('seals an internal network, and gives its containers no way out', () => {
    const all = alone({ networks: [{ ...named, internal: true }], workloads: [workload('safe', 'master')] });
    const [safe] = docker(all);
    const [node] = all.nodes;
    expect(safe!.routes).to.deep.equal([]);
    expect(rulesOf(node!, 'filter', 'DOCKER-ISOLATION-STAGE-1')).to.deep.equal([
      '! -s 10.8.0.0/24 -o br0 -j DROP',
      '! -d 10.8.0.0/24 -i br0 -j DROP',
      '-i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2',
      '-j RETURN',
    ]);
    expect(rulesOf(node!, 'filter', 'FORWARD').filter((rule) => rule.includes('br0'))).to.deep.equal([
      '-i br0 -o br0 -j ACCEPT',
    ]);
    expect(rulesOf(node!, 'nat', 'POSTROUTING').join()).to.not.contain('10.8.0.0');
    expect(rulesOf(node!, 'nat', 'DOCKER').join()).to.not.contain('br0');
  });

  it('silences one network without icc', () => {
    const all = alone({ networks: [{ ...named, icc: false }] });
    docker(all);
    expect(rulesOf(all.nodes[0]!, 'filter', 'FORWARD').filter((rule) => rule.endsWith('-j DROP'))).to.deep.equal([
      '-i br0 -o br0 -j DROP',
    ]);
  });

  it('leaves the source of what goes out alone without ipMasq', () => {
    const all = alone({ networks: [{ ...named, ipMasq: false }] });
    docker(all);
    expect(rulesOf(all.nodes[0]!, 'nat', 'POSTROUTING')).to.deep.equal(['-s 172.17.0.0/16 ! -o docker0 -j MASQUERADE']);
    expect(rulesOf(all.nodes[0]!, 'nat', 'DOCKER')).to.deep.equal(['-i docker0 -j RETURN']);
  });

  it('puts who asks for `bridge` on docker0', () => {
    const all = alone({ networks: [named], workloads: [workload('web', 'master', { network: 'bridge' })] });
    expect(docker(all)[0]).to.include({ master: 'docker0' });
  });

  it('refuses the name of an interface that is there', () => {
    const twice = [named, { ...named, name: 'back', subnet: '10.9.0.0/24' }];
    expect(refusal(() => docker(alone({ networks: twice })))).to.deep.equal([
      'bridge br0 of network back is an interface of master already',
      'networks.back.bridge',
    ]);
  });
});

describe('Docker with options', () => {
  it('has the subnet of its bip', () => {
    const all = alone({ docker: { bip: '172.17.1.1/24' }, workloads: [workload('m-web1', 'master')] });
    expect(docker(all)[0]).to.include({ address: '172.17.1.2', prefixLength: 24 });
    expect(rulesOf(all.nodes[0]!, 'nat', 'POSTROUTING')).to.deep.equal(['-s 172.17.1.0/24 ! -o docker0 -j MASQUERADE']);
  });

  it('without icc drops at the end of FORWARD what stays on docker0, and only there', () => {
    const all = alone({ docker: { icc: false }, networks: [front] });
    docker(all);
    expect(rulesOf(all.nodes[0]!, 'filter', 'FORWARD').at(-1)).to.equal('-i docker0 -o docker0 -j DROP');
    expect(rulesOf(all.nodes[0]!, 'filter', 'FORWARD').filter((rule) => rule.endsWith('-j DROP'))).to.have.lengthOf(1);
  });

  it('leaves the policy alone where forwarding was on before', () => {
    const all = alone();
    all.nodes[0]!.draft.sysctls.push(['net.ipv4.ip_forward', '1']);
    docker(all);
    expect(all.nodes[0]!.draft.iptables.toString()).to.contain(':FORWARD ACCEPT [0:0]');
  });

  it('without a proxy leads 127.0.0.1 and the own containers through the rules, too', () => {
    const all = alone({ docker: { userlandProxy: false }, workloads: [workload('web', 'master')] });
    const [web] = docker(all);
    const [node] = all.nodes;
    expect(web).to.include({ hairpin: true });
    expect(node!.draft.sysctls).to.deep.include(['net.ipv4.conf.docker0.route_localnet', '1']);
    expect(rulesOf(node!, 'nat', 'OUTPUT')).to.deep.equal(['-m addrtype --dst-type LOCAL -j DOCKER']);
    expect(rulesOf(node!, 'nat', 'DOCKER')).to.deep.equal([]);
    expect(rulesOf(node!, 'nat', 'POSTROUTING')).to.deep.equal([
      '-o docker0 -m addrtype --src-type LOCAL -j MASQUERADE',
      '-s 172.17.0.0/16 ! -o docker0 -j MASQUERADE',
    ]);
  });

  it('touches only the nodes that it runs on', () => {
    const all = cluster({ calico: null, docker: { on: ['slave1'] } });
    docker(all);
    expect(all.nodes.map(({ draft }) => draft.links.length)).to.deep.equal([0, 1, 0]);
  });
});

describe('Docker refuses', () => {
  const cases: [string, Parameters<typeof cluster>[0], string, string][] = [
    ['a bip', { docker: { bip: '172.17.0' } }, 'bip 172.17.0 is not an address with a prefix length', 'docker.bip'],
    [
      'a container where it does not run',
      { docker: { on: [] }, workloads: [workload('a', 'master')] },
      'Docker does not run on master, where a is',
      'workloads.a.node',
    ],
    [
      'an address outside of the subnet',
      { workloads: [workload('a', 'master', { address: '10.0.0.5' })] },
      "address 10.0.0.5 of a is outside of the network's subnet 172.17.0.0/16",
      'workloads.a.address',
    ],
    [
      "the gateway's address",
      { workloads: [workload('a', 'master', { address: '172.17.0.1' })] },
      'address 172.17.0.1 of a belongs to the gateway',
      'workloads.a.address',
    ],
    [
      'an address twice',
      {
        workloads: ['a', 'b'].map((name) => workload(name, 'master', { address: '172.17.0.9' })),
      },
      'address 172.17.0.9 of b belongs to a',
      'workloads.b.address',
    ],
    [
      'one container too many',
      { docker: { bip: '10.0.0.1/30' }, workloads: ['a', 'b'].map((name) => workload(name, 'master')) },
      'no address is left on docker0 for b',
      'workloads.b',
    ],
    [
      'a subnet',
      { networks: [{ ...back, subnet: 'ten' }] },
      'subnet ten of network back is not a prefix',
      'networks.back.subnet',
    ],
  ];
  for (const [what, more, sentence, at] of cases) {
    it(what, () => {
      expect(refusal(() => docker(alone(more)))).to.deep.equal([sentence, at]);
    });
  }
});
