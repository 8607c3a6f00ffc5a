import { describe, it } from 'node:test';
import { expect } from 'chai';
import { cluster, workload } from './fixture.js';
import { attach } from './platform.js';
import { PlatformRefusal } from './refusal.js';

const networks = [
  { name: 'net1', driver: 'calico' as const },
  { name: 'front', driver: 'bridge' as const },
];

describe('attach', () => {
  it('returns the workloads of all platforms in start order', () => {
    const workloads = [
      workload('b', 'master', { network: 'front' }),
      workload('a', 'master', { listens: [{ protocol: 'tcp', port: 80 }] }),
    ];
    const attached = attach(cluster({ networks, workloads }));
    expect(attached.map(({ name, device }) => [name, device])).to.deep.equal([
      ['b', 'eth0'],
      ['a', 'cali0'],
    ]);
    expect(attached[1]!.listens).to.deep.equal([{ protocol: 'tcp', port: 80 }]);
  });

  it('does nothing to nodes without a platform', () => {
    const all = cluster({ docker: null, calico: null });
    expect(attach(all)).to.deep.equal([]);
    expect(all.nodes[0]!.draft.iptables.toString()).to.equal('');
  });

  const cases: [string, Parameters<typeof cluster>[0], string][] = [
    [
      'a workload that nobody connects',
      { docker: null, calico: null, workloads: [workload('a', 'master')] },
      'no platform connects workload a on master',
    ],
    [
      "another workload's interface",
      { networks, workloads: ['a', 'b'].map((name) => workload(name, 'master', { interface: 'cali1' })) },
      'interface cali1 of b belongs to a already',
    ],
    [
      "the node's interface",
      { workloads: [workload('a', 'master', { interface: 'ens33' })] },
      'interface ens33 of a belongs to master already',
    ],
    [
      'a long name',
      { networks, workloads: [workload('a', 'master', { interface: 'cali282b07769361' })] },
      "interface cali282b07769361 of a is longer than the 15 characters of an interface's name",
    ],
    [
      'what is no name',
      { networks, workloads: [workload('a', 'master', { interface: 'cali 1' })] },
      'interface cali 1 of a is no name for an interface',
    ],
  ];
  for (const [what, more, sentence] of cases) {
    it(`refuses ${what}`, () => {
      expect(() => attach(cluster(more))).to.throw(PlatformRefusal, sentence);
    });
  }

  it('lets two nodes have interfaces of one name', () => {
    const workloads = ['master', 'slave1'].map((node) => workload(`on-${node}`, node, { interface: 'cali1' }));
    expect(attach(cluster({ networks, workloads }))).to.have.lengthOf(2);
  });
});
