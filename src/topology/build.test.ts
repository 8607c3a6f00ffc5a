import { describe, it } from 'node:test';
import { expect } from 'chai';
import type { Blueprint, NamespacePlan } from '../blueprint/blueprint.js';
import { checkBlueprint } from '../blueprint/check.js';
import { formatRoute } from '../blueprint/route.js';
import { buildBlueprint } from './build.js';
import { loadTopology } from './load.js';
import { TopologyError } from './mistake.js';
import { readTopology } from './read.js';
import { placeWorkload } from './scenario.js';

const namespace = (blueprint: Blueprint, name: string): NamespacePlan =>
  blueprint.namespaces.find((each) => each.name === name)!;
const routes = (blueprint: Blueprint, name: string): string[] => namespace(blueprint, name).routes.map(formatRoute);
const addresses = (blueprint: Blueprint, name: string): string[] =>
  namespace(blueprint, name).links.flatMap((link) => link.addresses.map((address) => `${link.name} ${address}`));

const hosts = readTopology(
  `
lan: { cidr: 10.0.0.0/24, gateway: 10.0.0.254 }
nodes: { a: 10.0.0.1, b: { address: 10.0.0.2, sysctls: { net.ipv4.ip_forward: 1 } } }
outside: { near: 10.0.0.3, far: 8.8.8.8 }
`,
  't.yaml',
);

describe('the physical network of a topology', () => {
  const blueprint = buildBlueprint(hosts);

  it('is a switch with a port for each station', () => {
    const { kind, links } = namespace(blueprint, 'lan');
    expect(kind).to.equal('switch');
    expect(links.map((link) => `${link.name} ${link.master ?? ''}`.trim())).to.deep.equal([
      ...['br0', 'gateway br0', 'near br0', 'a br0', 'b br0'],
    ]);
  });

  it('has a router that forwards between the lan and the hosts beyond', () => {
    expect(addresses(blueprint, 'gateway')).to.deep.equal(['eth0 10.0.0.254/24']);
    expect(routes(blueprint, 'gateway')).to.deep.equal(['8.8.8.8 dev eth1']);
    expect(namespace(blueprint, 'gateway').sysctls).to.deep.equal([['net.ipv4.ip_forward', '1']]);
    expect(addresses(blueprint, 'far')).to.deep.equal(['eth0 8.8.8.8/32']);
    expect(routes(blueprint, 'far')).to.deep.equal(['default via 10.0.0.254 dev eth0 onlink']);
  });

  it('gives everything on the lan a default route via the gateway', () => {
    expect(routes(blueprint, 'a')).to.deep.equal(['default via 10.0.0.254 dev ens33']);
    expect(routes(blueprint, 'near')).to.deep.equal(['default via 10.0.0.254 dev eth0']);
  });

  it('has no router and no default route where the topology names no gateway', () => {
    const alone = buildBlueprint(readTopology('lan: { cidr: 10.0.0.0/24 }\nnodes: { a: 10.0.0.1 }\n', 't.yaml'));
    expect(alone.namespaces.map(({ name }) => name)).to.deep.equal(['lan', 'a']);
    expect(routes(alone, 'a')).to.deep.equal([]);
  });

  it('joins several lans by one router', () => {
    const text =
      'lan: { east: { cidr: 10.0.0.0/24, gateway: 10.0.0.254 }, west: { cidr: 10.0.1.0/24, gateway: 10.0.1.254 } }\nnodes: { a: 10.0.0.1, b: 10.0.1.1 }\n';
    const joined = buildBlueprint(readTopology(text, 't.yaml'));
    expect(addresses(joined, 'gateway')).to.deep.equal(['eth0 10.0.0.254/24', 'eth1 10.0.1.254/24']);
    expect(routes(joined, 'b')).to.deep.equal(['default via 10.0.1.254 dev ens33']);
    expect(checkBlueprint(joined)).to.deep.equal([]);
  });

  it('names a port anew where a station cannot lend its name', () => {
    const text = `lan: { cidr: 10.0.0.0/24 }\nnodes: { a-very-long-host-name: 10.0.0.1, br0: 10.0.0.2, two: { interfaces: { x: 10.0.0.3/24, y: 10.0.0.4/24 } } }\n`;
    const { links } = namespace(buildBlueprint(readTopology(text, 't.yaml')), 'lan');
    expect(links.map(({ name }) => name)).to.deep.equal(['br0', 'port1', 'port2', 'two', 'port4']);
  });

  it('leaves plain hosts as the kernel makes them: nothing forwarded, nothing filtered, nothing listening', () => {
    expect(namespace(blueprint, 'a')).to.deep.include({ sysctls: [], iptables: '', ipsets: '', listens: [] });
    expect(namespace(blueprint, 'b').sysctls).to.deep.equal([['net.ipv4.ip_forward', '1']]);
  });

  it('can be named whole', () => {
    expect(blueprint.endpoints).to.deep.equal({
      gateway: { kind: 'outside', namespace: 'gateway', address: '10.0.0.254' },
      near: { kind: 'outside', namespace: 'near', address: '10.0.0.3' },
      far: { kind: 'outside', namespace: 'far', address: '8.8.8.8' },
      a: { kind: 'node', namespace: 'a', address: '10.0.0.1' },
      b: { kind: 'node', namespace: 'b', address: '10.0.0.2' },
    });
  });
});

describe('a node with routes and commands of its own', () => {
  const text = `
lan: { cidr: 10.0.0.0/24, gateway: 10.0.0.254 }
nodes:
  a:
    address: 10.0.0.1
    routes: [default via 10.0.0.9, 10.1.0.2 dev vethhost01]
    commands: |
      ip link add vethhost01 type veth peer name vethdemo01
      ip link set vethhost01 up
`;
  const blueprint = buildBlueprint(readTopology(text, 't.yaml'));

  it('has its own default route and not the gateway', () => {
    expect(routes(blueprint, 'a')).to.deep.equal(['default via 10.0.0.9']);
  });

  it('gets a route over a device that its commands make after them', () => {
    const { commands } = namespace(blueprint, 'a');
    expect(commands).to.match(/vethhost01 up\nip route add 10\.1\.0\.2 dev vethhost01\n$/);
  });
});

describe('containers', () => {
  const placed = placeWorkload(loadTopology('calico-docker', 'topologies'), { name: 'web1', node: 'master' });
  const blueprint = buildBlueprint(placed);

  it('are namespaces on a cable to their node, and listen on 80/tcp', () => {
    const { interface: device } = blueprint.endpoints['web1']!;
    const [cable] = namespace(blueprint, 'web1').links;
    expect(cable).to.deep.include({ name: 'cali0', addresses: ['172.20.219.64/32'] });
    expect(cable).to.have.property('peer').that.deep.equals({ namespace: 'master', link: device });
    expect(namespace(blueprint, 'web1').listens).to.deep.equal([{ protocol: 'tcp', port: 80 }]);
  });

  it("are registered after the node's interface on the lan and docker0", () => {
    const names = namespace(blueprint, 'master').links.map(({ name }) => name);
    expect(names).to.deep.equal(['ens33', 'docker0', blueprint.endpoints['web1']!.interface]);
  });

  it('are unknown to the gateway', () => {
    expect(routes(blueprint, 'gateway')).to.deep.equal(['8.8.8.8 dev eth1']);
  });
});

describe('containers with published ports', () => {
  const text = (more: string) => `
lan: { cidr: 10.0.0.0/24 }
nodes: { a: { address: 10.0.0.1, listens: [22] } }
docker: { version: "20.10"${more} }
workloads: { w: { node: a, publish: ["8080:80", "10.0.0.1:53:5353/udp"] } }
`;
  const build = (more = '') => buildBlueprint(readTopology(text(more), 't.yaml'));
  const port = (blueprint: Blueprint) =>
    namespace(blueprint, 'a').links.find(({ name }) => name === blueprint.endpoints['w']!.interface)!;

  it('leave the ports of their node to docker-proxy, beside those that the node listens on', () => {
    expect(namespace(build(), 'a').listens).to.deep.equal([
      { protocol: 'tcp', port: 22 },
      { protocol: 'tcp', port: 8080, program: 'docker-proxy' },
      { protocol: 'udp', port: 53, address: '10.0.0.1', program: 'docker-proxy' },
    ]);
  });

  it('are led to by rules', () => {
    const { iptables } = namespace(build(), 'a');
    expect(iptables).to.contain('--dport 8080 -j DNAT --to-destination 172.17.0.2:80\n');
    expect(iptables).to.contain(
      '-d 10.0.0.1/32 ! -i docker0 -p udp -m udp --dport 53 -j DNAT --to-destination 172.17.0.2:5353\n',
    );
  });

  it('are on a hairpin port of the bridge where there is no proxy, and only there', () => {
    expect(port(build(', userlandProxy: false'))).to.deep.include({ master: 'docker0', hairpin: true });
    expect(port(build())).to.not.have.property('hairpin');
  });
});

describe('what scenarios say of single nodes', () => {
  const topology = placeWorkload(loadTopology('calico-docker', 'topologies'), { name: 'web1', node: 'master' });
  const part = (text: string) => ({ text, source: 'the scenario' });

  it('comes after what platforms and the topology say', () => {
    const blueprint = buildBlueprint(topology, {
      master: { sysctls: [['net.ipv4.ip_forward', '0']], commands: ['ip route del default', 'true\n'] },
    });
    const { sysctls, commands } = namespace(blueprint, 'master');
    expect(sysctls.at(-1)).to.deep.equal(['net.ipv4.ip_forward', '0']);
    expect(sysctls.length).to.be.greaterThan(1);
    expect(commands).to.equal('ip route del default\ntrue\n');
  });

  it('replaces the tables that its rules name, and says where they come from', () => {
    const before = namespace(buildBlueprint(topology), 'master');
    const after = namespace(buildBlueprint(topology, { master: { iptables: [part('-P FORWARD DROP\n')] } }), 'master');
    expect(before.iptables).to.include('cali-FORWARD');
    expect(after.iptables).to.include(':FORWARD DROP').and.include('cali-nat-outgoing').and.not.include('cali-FORWARD');
    expect(after.origins['filter FORWARD']).to.equal('the scenario');
    expect(Object.keys(after.origins).filter((key) => /^filter .* \d+$/.test(key))).to.deep.equal([]);
    expect(after.origins['nat cali-nat-outgoing']).to.equal(before.origins['nat cali-nat-outgoing']);
  });

  it('replaces the sets that it creates', () => {
    const text = 'create cali4-masq-ipam-pools hash:net\n';
    const { ipsets } = namespace(buildBlueprint(topology, { master: { ipsets: [part(text)] } }), 'master');
    expect(ipsets).to.include('add cali4-all-ipam-pools').and.not.include('add cali4-masq-ipam-pools');
  });

  it('can be about a container or an outside host, too', () => {
    const blueprint = buildBlueprint(topology, { web1: { sysctls: [['net.ipv4.ip_forward', '1']] } });
    expect(namespace(blueprint, 'web1').sysctls).to.deep.equal([['net.ipv4.ip_forward', '1']]);
  });

  it('is refused with the places of all mistakes in its texts', () => {
    const text = '-A FORWRD -j DROP\n-A FORWARD -s 10.0.0.300 -j DROP\n';
    const rules = { text, source: 'f.feature', line: 20, column: 7 };
    const sets = { text: 'add pods 10.0.0.1', source: 'f.feature', line: 30, column: 7 };
    expect(() => buildBlueprint(topology, { master: { iptables: [rules] } })).to.throw(
      TopologyError,
      /^f\.feature:20:10: .*FORWRD.*\nf\.feature:21:21: .*10\.0\.0\.300.*$/,
    );
    expect(() => buildBlueprint(topology, { master: { ipsets: [sets] } })).to.throw(TopologyError, 'f.feature:30:11: ');
  });

  it('must be about something that is there', () => {
    const build = () => buildBlueprint(topology, { mastre: {} });
    expect(build).to.throw(TopologyError, 'there is no `mastre` in the topology; did you mean `master`?');
  });
});
