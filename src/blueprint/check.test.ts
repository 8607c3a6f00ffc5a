import { describe, it } from 'node:test';
import { expect } from 'chai';
import type { Blueprint, LinkPlan, NamespacePlan } from './blueprint.js';
import { checkBlueprint } from './check.js';
import { NOTHING } from './empty-namespace.js';

const veth = (name: string, namespace: string, link: string, more: Partial<LinkPlan> = {}): LinkPlan =>
  ({ kind: 'veth', name, up: true, addresses: [], peer: { namespace, link }, ...more }) as LinkPlan;

/** A host and its container, to be spoiled. */
function network(
  host: Partial<NamespacePlan> = {},
  guest: Partial<NamespacePlan> = {},
  more: Partial<Blueprint> = {},
): Blueprint {
  const bridge: LinkPlan = { kind: 'bridge', name: 'br0', up: true, addresses: ['10.0.0.1/24'] };
  const links = [bridge, veth('v0', 'guest', 'eth0', { master: 'br0' })];
  return {
    namespaces: [
      { name: 'host', kind: 'node', links, ...NOTHING, ...host },
      {
        name: 'guest',
        kind: 'workload',
        links: [veth('eth0', 'host', 'v0', { addresses: ['10.0.0.2/24'] })],
        ...NOTHING,
        ...guest,
      },
    ],
    endpoints: { guest: { kind: 'workload', namespace: 'guest', address: '10.0.0.2', node: 'host', interface: 'v0' } },
    ...more,
  };
}

const eth0 = (more: Partial<LinkPlan>) => ({
  links: [veth('eth0', 'host', 'v0', { addresses: ['10.0.0.2/24'], ...more })],
});

describe('checkBlueprint', () => {
  it('has nothing to say of a sound network', () => {
    expect(checkBlueprint(network())).to.deep.equal([]);
  });

  const cases: [blueprint: Blueprint, ...problems: string[]][] = [
    [
      { ...network(), namespaces: [...network().namespaces, { ...network().namespaces[1]!, links: [] }] },
      'two namespaces are called guest',
      'host v0: its other end guest eth0 does not exist',
      'endpoint guest: no link of guest has the address 10.0.0.2',
    ],
    [
      network({ name: 'a/b' }, { links: [] }, { endpoints: {} }),
      '`a/b` cannot be the name of a namespace',
      'a/b v0: its other end guest eth0 does not exist',
    ],
    [network({}, { links: [...eth0({}).links, ...eth0({}).links] }), 'guest: two links are called eth0'],
    [network({}, eth0({ master: 'br9' })), 'guest eth0: there is no link br9 that it could be a port of'],
    [network({}, eth0({ master: 'eth0' })), 'guest eth0: eth0 is not a bridge'],
    [
      network({}, eth0({ addresses: ['10.0.0.2/24', '10.0.0.3'] })),
      'guest eth0: `10.0.0.3` is not an address with its prefix length',
    ],
    [network({}, eth0({ mac: '02:42' })), 'guest eth0: `02:42` is not an Ethernet address'],
    [
      network({}, { links: [veth('eth0', 'host', 'br0', { addresses: ['10.0.0.2/24'] })] }),
      'host v0: its other end guest eth0 is not joined to it',
      'guest eth0: its other end host br0 is not joined to it',
    ],
    [network({ routes: [{ to: '10.0.0', dev: 'br0' }] }), 'host: route 10.0.0: `10.0.0` is not a prefix'],
    [network({ routes: [{ to: 'default', via: '10.0.0' }] }), 'host: route default: `10.0.0` is not an address'],
    [network({ routes: [{ to: 'default', dev: 'br1' }] }), 'host: route default: there is no link br1'],
    [network({ routes: [{ to: 'default' }] }), 'host: route default: it needs a next hop or a link'],
    [network({ routes: [{ to: '10.9.0.0/16', type: 'blackhole' }] })],
    [network({ rules: [{ priority: 100, from: '10.0.0', table: '100' }] }), 'host: rule 100: `10.0.0` is not a prefix'],
    [
      network({ neighbours: [{ link: 'x', address: '10', mac: 'y' }] }),
      'host: neighbour 10: there is no link x',
      'host: neighbour: `10` is not an address',
      'host: neighbour 10: `y` is not an Ethernet address',
    ],
    [network({ listens: [{ protocol: 'tcp', port: 0 }] }), 'host: 0/tcp is not a port'],
    [
      network({}, {}, { endpoints: { x: { kind: 'node', namespace: 'x', address: '10.0.0.1' } } }),
      'endpoint x: there is no namespace x',
    ],
    [
      network({}, {}, { endpoints: { x: { kind: 'node', namespace: 'host', address: '10.0.0.9' } } }),
      'endpoint x: no link of host has the address 10.0.0.9',
    ],
    [
      network(
        {},
        {},
        {
          endpoints: {
            x: { kind: 'workload', namespace: 'guest', address: '10.0.0.2', node: 'host', interface: 'v1' },
          },
        },
      ),
      'endpoint x: host has no link v1',
    ],
    [
      network(
        {},
        {},
        {
          endpoints: {
            x: { kind: 'workload', namespace: 'guest', address: '10.0.0.2', node: 'hosd', interface: 'v0' },
          },
        },
      ),
      'endpoint x: there is no namespace hosd',
    ],
  ];
  for (const [blueprint, ...problems] of cases) {
    it(problems[0] ?? 'a blackhole needs no next hop', () => {
      expect(checkBlueprint(blueprint)).to.deep.equal(problems);
    });
  }
});
