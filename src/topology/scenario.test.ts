import { describe, it } from 'node:test';
import { expect } from 'chai';
import { buildBlueprint } from './build.js';
import { loadTopology } from './load.js';
import { TopologyError } from './mistake.js';
import { type Placement, placeWorkload } from './scenario.js';

const topology = loadTopology('calico-docker', 'topologies');

describe('placeWorkload', () => {
  it('starts a container after the others and leaves the topology as it was', () => {
    const first = placeWorkload(topology, { name: 'web1', node: 'master' });
    const both = placeWorkload(first, { name: 'web9', node: 'slave1', network: 'net2', labels: { app: 'web' } });
    expect(both.workloads.map(({ name }) => name)).to.deep.equal(['web1', 'web9']);
    expect(both.workloads[1]).to.deep.include({ network: 'net2', labels: { app: 'web' } });
    expect(both.workloads[0]!.listens).to.deep.equal([{ protocol: 'tcp', port: 80 }]);
    expect(topology.workloads).to.deep.equal([]);
  });

  it('lets IPAM choose: the first container on master is 172.20.219.64, whatever is on other nodes', () => {
    const placed = placeWorkload(placeWorkload(topology, { name: 'w', node: 'slave1' }), {
      name: 'web1',
      node: 'master',
    });
    const { endpoints } = buildBlueprint(placed);
    expect(endpoints['web1']).to.deep.include({ kind: 'workload', node: 'master', address: '172.20.219.64' });
  });

  const web1 = placeWorkload(topology, { name: 'web1', node: 'master' });
  const mistakes: [placement: Placement, sentence: string][] = [
    [{ name: 'web2', node: 'mastr' }, 'there is no node `mastr`; did you mean `master`?'],
    [{ name: 'web1', node: 'slave1' }, 'there is a workload `web1` already, on master'],
    [{ name: 'slave2', node: 'master' }, 'a workload cannot be called `slave2`: that is the name of a node'],
    [{ name: 'client', node: 'master' }, 'a workload cannot be called `client`: that is the name of an outside host'],
    [{ name: 'lan', node: 'master' }, 'a workload cannot be called `lan`: that is the name of a lan'],
    [
      { name: 'gateway', node: 'master' },
      'a workload cannot be called `gateway`: that is the name of the router of the lan',
    ],
    [{ name: '1/x', node: 'master' }, '`1/x` cannot be the name of a workload'],
    [{ name: 'web2', node: 'master', network: 'nte1' }, 'there is no network `nte1`; did you mean `net1`?'],
    [{ name: 'web2', node: 'master', network: 'other' }, 'there is no network `other`; there are net1, net2, bridge'],
    [{ name: 'web2', node: 'master', address: '172.20.0' }, '`172.20.0` is not an IPv4 address'],
    [{ name: 'web2', node: 'master', labels: { 'a b': 'c' } }, '`a b=c` is not a label such as `app=web`'],
  ];
  for (const [placement, sentence] of mistakes) {
    it(sentence, () => {
      expect(() => placeWorkload(web1, placement))
        .to.throw(TopologyError)
        .with.property('message', sentence);
    });
  }

  it('cannot give an address outside every pool', () => {
    const placed = placeWorkload(topology, { name: 'web1', node: 'master', address: '10.9.0.1' });
    expect(() => buildBlueprint(placed)).to.throw(TopologyError, '10.9.0.1');
  });
});
