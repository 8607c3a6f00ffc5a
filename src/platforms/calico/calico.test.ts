import { describe, it } from 'node:test';
import { expect } from 'chai';
import { cluster, nodes, rulesOf, workload } from '../fixture.js';
import { attach } from '../platform.js';
import { PlatformRefusal } from '../refusal.js';

const networks = ['net1', 'net2'].map((name) => ({ name, driver: 'calico' as const }));

/** The containers of the notes: web2 has an address out of master's block. */
const seed = () =>
  cluster({
    networks,
    workloads: [
      workload('web1', 'master', { interface: 'cali2bdb33ebbb0' }),
      workload('web2', 'slave1', { address: '172.20.219.65' }),
      workload('web3', 'slave1', { interface: 'cali282b0776936' }),
      workload('other', 'slave1', { network: 'net2' }),
    ],
  });

describe('Calico for Docker', () => {
  const all = seed();
  const attached = attach(all);
  const [master, slave1, slave2] = all.nodes.map(({ draft }) => draft);

  it('connects containers as the libnetwork plugin does', () => {
    expect(attached.map(({ name, address }) => [name, address])).to.deep.equal([
      ['web1', '172.20.219.64'],
      ['web2', '172.20.219.65'],
      ['web3', '172.20.140.192'],
      ['other', '172.20.140.193'],
    ]);
    const [web1, web2] = attached;
    expect(web1).to.deep.equal({
      name: 'web1',
      node: 'master',
      address: '172.20.219.64',
      prefixLength: 32,
      interface: 'cali2bdb33ebbb0',
      master: undefined,
      device: 'cali0',
      mac: 'ee:ee:ee:ee:ee:ee',
      routes: [
        { to: '169.254.1.1', dev: 'cali0', scope: 'link' },
        { to: 'default', via: '169.254.1.1', dev: 'cali0' },
      ],
      listens: [],
    });
    expect(web2!.interface).to.match(/^cali[0-9a-f]{11}$/);
  });

  it('routes blocks as aggregates, and a borrowed address by itself', () => {
    const via = (to: string, node: number) => ({ to, via: `172.16.91.${225 + node}`, dev: 'ens33', proto: 'bird' });
    const [, web2, web3, other] = attached.map((each) => ({ to: each.address, dev: each.interface, scope: 'link' }));
    expect(master!.routes).to.deep.equal([
      { to: '172.20.219.64', dev: 'cali2bdb33ebbb0', scope: 'link' },
      { to: '172.20.219.64/26', type: 'blackhole', proto: 'bird' },
      via('172.20.140.192/26', 1),
      via('172.20.219.65', 1),
    ]);
    expect(slave1!.routes).to.deep.equal([
      ...[web2, web3, other],
      { to: '172.20.140.192/26', type: 'blackhole', proto: 'bird' },
      via('172.20.219.64/26', 0),
    ]);
    expect(slave2!.routes).to.deep.equal([
      via('172.20.219.64/26', 0),
      via('172.20.140.192/26', 1),
      via('172.20.219.65', 1),
    ]);
  });

  it('makes the node answer for the gateway and know the container', () => {
    expect(master!.neighbours).to.deep.equal([
      { link: 'cali2bdb33ebbb0', address: '172.20.219.64', mac: 'ee:ee:ee:ee:ee:ee' },
    ]);
    expect(master!.sysctls.slice(2)).to.deep.equal([
      ['net.ipv4.conf.default.rp_filter', '1'],
      ['net.ipv4.conf.cali2bdb33ebbb0.route_localnet', '1'],
      ['net.ipv4.conf.cali2bdb33ebbb0.rp_filter', '1'],
      ['net.ipv4.conf.cali2bdb33ebbb0.proxy_arp', '1'],
      ['net.ipv4.neigh.cali2bdb33ebbb0.proxy_delay', '0'],
      ['net.ipv4.conf.cali2bdb33ebbb0.forwarding', '1'],
    ]);
  });

  it('keeps a set of the members of each network that is on the node', () => {
    const options = 'family inet hashsize 1024 maxelem 1048576';
    const pools = [
      `create cali4-all-ipam-pools hash:net ${options}`,
      'add cali4-all-ipam-pools 172.20.0.0/16',
      `create cali4-masq-ipam-pools hash:net ${options}`,
      'add cali4-masq-ipam-pools 172.20.0.0/16',
    ];
    const net1 = ['172.20.219.64', '172.20.219.65', '172.20.140.192'];
    expect(master!.ipsets).to.deep.equal([
      ...pools,
      `create cali4-s:dmxNq1uG7U174OAEUuueUSA hash:ip ${options}`,
      ...net1.map((address) => `add cali4-s:dmxNq1uG7U174OAEUuueUSA ${address}`),
    ]);
    expect(slave1!.ipsets.slice(8)).to.deep.equal([
      `create cali4-s:axL9sFt29lsE6ei3zCUlA2m hash:ip ${options}`,
      'add cali4-s:axL9sFt29lsE6ei3zCUlA2m 172.20.140.193',
    ]);
    expect(slave2!.ipsets).to.deep.equal(pools);
  });

  it('writes chains only for what is on the node', () => {
    expect(rulesOf(all.nodes[0]!, 'filter', 'cali-tw-cali2bdb33ebbb0')).to.have.lengthOf(6);
    expect(rulesOf(all.nodes[0]!, 'filter', 'cali-pri-net1')).to.have.lengthOf(2);
    expect(rulesOf(all.nodes[0]!, 'filter', 'cali-pri-net2')).to.deep.equal([]);
    expect(rulesOf(all.nodes[1]!, 'filter', 'cali-pri-net2')).to.have.lengthOf(2);
    expect(rulesOf(all.nodes[2]!, 'filter', 'cali-to-wl-dispatch')).to.deep.equal([
      '-m comment --comment "cali:7KNphB1nNHw80nIO" -m comment --comment "Unknown interface" --jump DROP',
    ]);
  });

  it("stands above Docker's rules", () => {
    expect(rulesOf(all.nodes[0]!, 'filter', 'FORWARD').slice(0, 2)).to.deep.equal([
      '-m comment --comment "cali:wUHhoiAYhphO9Mso" --jump cali-FORWARD',
      '-j DOCKER-USER',
    ]);
  });

  it('is the same every time', () => {
    const again = seed();
    expect(attach(again)).to.deep.equal(attached);
    expect(again.nodes[1]!.draft.iptables.toString()).to.equal(slave1!.iptables.toString());
  });
});

describe('BIRD between lans', () => {
  const apart = () => {
    const [here, there] = nodes(2);
    return cluster({
      nodes: [here!, { ...there!, address: '10.5.0.1' }],
      networks,
      workloads: [workload('web1', 'master')],
    });
  };

  it('resolves the next hop through the route to the peer', () => {
    const all = apart();
    all.nodes[1]!.draft.routes.push(
      { to: 'default', via: '10.5.0.254', dev: 'ens33' },
      { to: '172.16.0.0/16', via: '10.5.0.253', dev: 'ens33' },
    );
    attach(all);
    expect(all.nodes[1]!.draft.routes.at(-1)).to.deep.equal({
      ...{ to: '172.20.219.64/26', via: '10.5.0.253', dev: 'ens33', proto: 'bird' },
    });
  });

  it('finds a peer that is a neighbour on a second interface', () => {
    const all = apart();
    const peer = { namespace: 'lan', link: 'slave1' };
    all.nodes[1]!.draft.links.push({ kind: 'veth', name: 'ens34', up: true, addresses: ['172.16.91.9/24'], peer });
    attach(all);
    expect(all.nodes[1]!.draft.routes.at(-1)).to.deep.equal({
      ...{ to: '172.20.219.64/26', via: '172.16.91.225', dev: 'ens34', proto: 'bird' },
    });
  });

  it('makes the block unreachable where there is none', () => {
    const all = apart();
    attach(all);
    expect(all.nodes[1]!.draft.routes.at(-1)).to.deep.equal({
      ...{ to: '172.20.219.64/26', type: 'unreachable', proto: 'bird' },
    });
  });
});

describe('Calico refuses', () => {
  const web1 = (more = {}) => [workload('web1', 'master', more)];
  const pool = { cidr: '172.20.0.0/16', natOutgoing: true, encapsulation: 'none' as const };
  const cases: [string, Parameters<typeof cluster>[0], string, string][] = [
    [
      'a version',
      { calico: { version: '3.7.0' } },
      'Calico 3.7.0 is not modelled; Felix 2.4 to 2.6 is',
      'calico.version',
    ],
    [
      'encapsulation',
      { calico: { pools: [{ ...pool, encapsulation: 'ipip' }] } },
      'pool 172.20.0.0/16 asks for encapsulation ipip, which is not modelled yet; only none is',
      'calico.pools.0.encapsulation',
    ],
    [
      'a pool smaller than a block',
      { calico: { pools: [{ ...pool, cidr: '10.0.0.0/28' }] } },
      'pool 10.0.0.0/28 is smaller than a block of Calico, which is a /26',
      'calico.pools.0.cidr',
    ],
    [
      'a network of a driver that is not there',
      { calico: null, networks },
      'network net1 has driver calico, but there is no calico',
      'networks.net1',
    ],
    [
      'a container where it does not run',
      { calico: { on: ['slave1'] }, networks, workloads: web1() },
      'Calico does not run on master, so web1 cannot join network net1 there',
      'workloads.web1.node',
    ],
    [
      'a container where Docker does not run',
      { docker: { on: ['slave1'] }, networks, workloads: web1() },
      'Docker does not run on master, so web1 cannot join network net1 there',
      'workloads.web1.node',
    ],
    [
      'an interface that Felix would not know',
      { networks, workloads: web1({ interface: 'veth0' }) },
      'interface veth0 of web1 does not begin with cali, by which Felix knows workloads',
      'workloads.web1.interface',
    ],
    [
      'an address in no pool',
      { networks, workloads: web1({ address: '10.0.0.1' }) },
      'address 10.0.0.1 of web1 is in no pool of Calico',
      'workloads.web1.address',
    ],
    [
      'an address twice',
      { networks, workloads: ['web1', 'web2'].map((name) => workload(name, 'master', { address: '172.20.0.1' })) },
      'address 172.20.0.1 of web2 belongs to web1',
      'workloads.web2.address',
    ],
    [
      'a container without a pool',
      { calico: { pools: [] }, networks, workloads: web1() },
      "no address is left in Calico's pools for web1",
      'workloads.web1',
    ],
  ];
  for (const [what, more, sentence, at] of cases) {
    it(what, () => {
      try {
        attach(cluster(more));
        expect.fail('nothing was refused');
      } catch (error) {
        if (!(error instanceof PlatformRefusal)) throw error;
        expect([error.message, error.at.join('.')]).to.deep.equal([sentence, at]);
      }
    });
  }
});
