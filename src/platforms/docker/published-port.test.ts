import { describe, it } from 'node:test';
import { expect } from 'chai';
import type { DockerOptions, PublishedPort } from '../cluster.js';
import { cluster, nodes, rulesOf, workload } from '../fixture.js';
import { PlatformRefusal } from '../refusal.js';
import { docker } from './docker.js';

const port = (hostPort: number, inner: number, more: Partial<PublishedPort> = {}): PublishedPort => {
  return { hostAddress: undefined, hostPort, port: inner, protocol: 'tcp', ...more };
};

function publishing(ports: readonly PublishedPort[], options: Partial<DockerOptions> = {}) {
  const all = cluster({
    calico: null,
    nodes: nodes(1),
    docker: options,
    workloads: [workload('web', 'master', { publish: ports })],
  });
  docker(all);
  return all.nodes[0]!;
}

describe('a published port', () => {
  it('is translated, let in, and masqueraded where the container asks for itself', () => {
    const node = publishing([port(8080, 80)]);
    expect(rulesOf(node, 'nat', 'DOCKER')).to.deep.equal([
      '-i docker0 -j RETURN',
      '! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80',
    ]);
    expect(rulesOf(node, 'filter', 'DOCKER')).to.deep.equal([
      '-d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT',
    ]);
    expect(rulesOf(node, 'nat', 'POSTROUTING')).to.deep.equal([
      '-s 172.17.0.0/16 ! -o docker0 -j MASQUERADE',
      '-s 172.17.0.2/32 -d 172.17.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE',
    ]);
  });

  it('can be of one address of the node', () => {
    const node = publishing([port(53, 53, { hostAddress: '172.16.91.225', protocol: 'udp' })]);
    expect(rulesOf(node, 'nat', 'DOCKER').at(-1)).to.equal(
      '-d 172.16.91.225/32 ! -i docker0 -p udp -m udp --dport 53 -j DNAT --to-destination 172.17.0.2:53',
    );
  });

  it('is translated for everybody where there is no proxy', () => {
    expect(rulesOf(publishing([port(8080, 80)], { userlandProxy: false }), 'nat', 'DOCKER')).to.deep.equal([
      '-p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80',
    ]);
  });

  it('lets a port of the container in once, however often it is published', () => {
    const node = publishing([port(8080, 80), port(8081, 80)]);
    expect(rulesOf(node, 'nat', 'DOCKER')).to.have.lengthOf(3);
    expect(rulesOf(node, 'filter', 'DOCKER')).to.have.lengthOf(1);
  });

  it('is held on the host, by the proxy or by the daemon', () => {
    expect(publishing([port(8080, 80, { hostAddress: '127.0.0.1' })]).draft.listens).to.deep.equal([
      { protocol: 'tcp', port: 8080, address: '127.0.0.1', program: 'docker-proxy' },
    ]);
    expect(publishing([port(8080, 80)], { userlandProxy: false }).draft.listens).to.deep.equal([
      { protocol: 'tcp', port: 8080, program: 'dockerd' },
    ]);
  });

  it('says who wants its rules', () => {
    const { origins } = publishing([port(8080, 80)]).draft.iptables;
    expect(origins['nat DOCKER 2']).to.equal('Docker, published port 8080/tcp of web');
  });

  it('may have the number of another protocol, or of another address', () => {
    const ports = [
      port(53, 53),
      port(53, 53, { protocol: 'udp' }),
      port(80, 80, { hostAddress: '127.0.0.1' }),
      port(80, 80, { hostAddress: '172.17.0.1' }),
    ];
    expect(publishing(ports).draft.listens).to.have.lengthOf(4);
  });

  const refused: [string, PublishedPort[], string][] = [
    ['taken', [port(80, 80), port(80, 81)], 'port 80/tcp of master is published by web already'],
    [
      'of a taken address',
      [port(80, 80), port(80, 80, { hostAddress: '127.0.0.1' })],
      'port 80/tcp of master is published',
    ],
    ['of a foreign address', [port(80, 80, { hostAddress: '8.8.8.8' })], 'master has no address 8.8.8.8'],
  ];
  for (const [what, ports, sentence] of refused) {
    it(`is refused where it is ${what}`, () => {
      expect(() => publishing(ports))
        .to.throw(PlatformRefusal, sentence)
        .with.property('at')
        .that.deep.equals(['workloads', 'web', 'publish', ports.length - 1]);
    });
  }
});
