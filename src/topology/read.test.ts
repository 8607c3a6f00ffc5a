import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { expect } from 'chai';
import { readTopology } from './read.js';

const read = (text: string) => readTopology(text, 't.yaml');

describe('readTopology', () => {
  it('spells the short forms out', () => {
    const topology = read(`
description: two hosts
lan: { cidr: 10.0.0.0/24, gateway: 10.0.0.254 }
nodes: { a: 10.0.0.1, b: { address: 10.0.0.2, interface: eth0, listens: [22, 53/udp] } }
outside: { c: 10.0.0.3, d: { address: 8.8.8.8, listens: [443/tcp] } }
`);
    expect(topology).to.deep.include({ source: 't.yaml', description: 'two hosts', networks: [], workloads: [] });
    expect(topology.lans).to.deep.equal([{ name: 'lan', cidr: '10.0.0.0/24', gateway: '10.0.0.254' }]);
    expect(topology.nodes.map(({ interfaces }) => interfaces)).to.deep.equal([
      [{ name: 'ens33', addresses: ['10.0.0.1/24'], lan: 'lan' }],
      [{ name: 'eth0', addresses: ['10.0.0.2/24'], lan: 'lan' }],
    ]);
    expect(topology.nodes[0]!.listens).to.deep.equal([]);
    expect(topology.nodes[1]!.listens).to.deep.equal([
      { protocol: 'tcp', port: 22 },
      { protocol: 'udp', port: 53 },
    ]);
    expect(topology.outside).to.deep.equal([
      { name: 'c', address: '10.0.0.3', lan: 'lan', listens: [] },
      { name: 'd', address: '8.8.8.8', lan: undefined, listens: [{ protocol: 'tcp', port: 443 }] },
    ]);
  });

  it('puts each station on the lan that holds its address', () => {
    const topology = read(`
lan: { east: { cidr: 10.0.0.0/24, gateway: 10.0.0.254 }, west: { cidr: 10.0.1.0/24, gateway: 10.0.1.254 } }
nodes: { a: 10.0.0.1, b: 10.0.1.1 }
`);
    expect(topology.nodes.map(({ interfaces }) => interfaces[0]!.lan)).to.deep.equal(['east', 'west']);
  });

  it('makes a wire of its own for each prefix that is on no lan', () => {
    const topology = read(`
nodes:
  a: { interfaces: { eth0: 10.0.0.1/24, eth1: [192.168.0.1/30, 10.9.0.1/16] } }
  b: { interfaces: { eth0: 10.0.0.2/24 } }
`);
    expect(topology.lans.map(({ name }) => name)).to.deep.equal(['10.0.0.0-24', '192.168.0.0-30']);
    expect(topology.nodes[1]!.interfaces[0]!.lan).to.equal('10.0.0.0-24');
  });

  it('runs platforms on every node unless told otherwise, with the defaults of the real programs', () => {
    const topology = read(`
lan: { cidr: 10.0.0.0/24 }
nodes: { a: 10.0.0.1, b: 10.0.0.2 }
docker: { version: "18.06" }
calico: { version: "2.6.4", on: [b], pools: [{ cidr: 172.20.0.0/16 }] }
`);
    expect(topology.docker).to.deep.equal({
      version: '18.06',
      bip: undefined,
      icc: true,
      userlandProxy: true,
      on: ['a', 'b'],
    });
    expect(topology.calico).to.deep.equal({
      version: '2.6.4',
      on: ['b'],
      pools: [{ cidr: '172.20.0.0/16', natOutgoing: false, encapsulation: 'none' }],
    });
  });

  it('takes texts inline or out of files beside the topology', () => {
    const directory = mkdtempSync(join(tmpdir(), 'topology-'));
    try {
      mkdirSync(join(directory, 'dumps'));
      writeFileSync(join(directory, 'dumps/a.ipset'), 'create pods hash:ip\n');
      const text = `
nodes:
  a:
    interfaces: { eth0: 10.0.0.1/24 }
    sysctls: { net.ipv4.ip_forward: 1, net.ipv4.conf.all.rp_filter: "2" }
    ipsets: dumps/a.ipset
    iptables: |
      -P FORWARD DROP
`;
      const [node] = readTopology(text, join(directory, 't.yaml')).nodes;
      expect(node!.ipsets).to.deep.equal({ text: 'create pods hash:ip\n', source: join(directory, 'dumps/a.ipset') });
      expect(node!.iptables).to.deep.equal({
        text: '-P FORWARD DROP\n',
        ...{ source: join(directory, 't.yaml'), line: 8, column: 7 },
      });
      expect(node!.sysctls).to.deep.equal([
        ['net.ipv4.ip_forward', '1'],
        ['net.ipv4.conf.all.rp_filter', '2'],
      ]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
