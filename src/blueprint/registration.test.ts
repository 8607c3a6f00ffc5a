import { describe, it } from 'node:test';
import { expect } from 'chai';
import type { Blueprint, LinkPlan } from './blueprint.js';
import { NOTHING } from './empty-namespace.js';
import { registrationOrder } from './registration.js';

/** `{ a: ['x>b.y', 'br0'] }`: namespace a has a veth x, whose peer is y in b, and then a bridge. */
function network(plan: Record<string, string[]>): Blueprint {
  const namespaces = Object.entries(plan).map(([name, links]) => ({
    name,
    kind: 'node' as const,
    ...NOTHING,
    links: links.map((text): LinkPlan => {
      const [link, namespace, peer] = text.split(/[>.]/);
      if (peer === undefined) return { kind: 'bridge', name: link!, up: true, addresses: [] };
      return { kind: 'veth', name: link!, up: true, addresses: [], peer: { namespace: namespace!, link: peer } };
    }),
  }));
  return { namespaces, endpoints: {} };
}

const order = (plan: Record<string, string[]>) =>
  registrationOrder(network(plan)).map(({ namespace, link }) => `${namespace} ${link.name}`);

describe('registrationOrder', () => {
  it('makes a pair once, by its first end', () => {
    expect(order({ a: ['x>b.y'], b: ['y>a.x'] })).to.deep.equal(['a x']);
  });

  it('lets a pair wait for what comes before it at the far end', () => {
    const plan = { a: ['x>b.y', 'z>b.w'], b: ['br0', 'y>a.x', 'w>a.z'] };
    expect(order(plan)).to.deep.equal(['b br0', 'b y', 'b w']);
  });

  it('makes a pair within one namespace by its later end, as the kernel registers the peer first', () => {
    expect(order({ a: ['x>a.y', 'y>a.x', 'br0'] })).to.deep.equal(['a y', 'a br0']);
  });

  it('refuses what no order can give', () => {
    const crossed = { a: ['x>b.y', 'z>b.w'], b: ['w>a.z', 'y>a.x'] };
    expect(() => order(crossed)).to.throw(RangeError, 'no order of making links suits a and b');
  });
});
