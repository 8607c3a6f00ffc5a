import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { expect } from 'chai';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { TopologyError } from './mistake.js';
import { readTopology } from './read.js';

const FULL = `
lan: { cidr: 10.0.0.0/24, gateway: 10.0.0.254 }
nodes:
  a: 10.0.0.1
  b: { address: 10.0.0.2, interface: eth0, routes: [default via 10.0.0.9], sysctls: { net.ipv4.ip_forward: 1 }, listens: [80] }
  c: { interfaces: { eth0: 10.0.0.3/24, eth1: [10.7.0.1/16] }, iptables: "-P FORWARD DROP", ipsets: "create x hash:ip", commands: "true" }
outside: { d: 10.0.0.4, e: { address: 8.8.8.8, listens: [80/tcp] } }
docker: { version: "18.06", on: [a, b], icc: false, bip: 172.17.1.1/24 }
calico: { version: "2.6.4", on: [a], pools: [{ cidr: 172.20.0.0/16, natOutgoing: true, encapsulation: none }] }
networks: { n: { driver: calico }, m: { driver: bridge, subnet: 172.30.0.0/16 } }
workloads: { w: { node: a, network: n, address: 172.20.219.64, interface: cali1, labels: { app: web }, listens: [80/tcp] } }
`;

const junk = fc.oneof(
  fc.constantFrom<unknown>(null, 7, -1, true, '', 'a', '10.0.0.1', '10.0.0.0/24', '9.9.9.9/33', 'default', [], {}, [
    null,
  ]),
  fc.constantFrom<unknown>({ a: 1 }, [[1]], 'x y', '\u0000', 'docker0', 'lo', 'calico', '80/tcp', 1.5),
);

type Holder = Record<string, unknown>;

/** Every place of the data, as the thing that holds it and its key there. */
function places(data: unknown): [Holder, string][] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => [[data as Holder, key] as [Holder, string], ...places(value)]);
}

/** Undefined where the text is sound. */
function complaint(text: string): unknown {
  try {
    readTopology(text, 't.yaml');
    return undefined;
  } catch (error) {
    return error;
  }
}

const isComplaint = (error: unknown): boolean =>
  error === undefined ||
  (error instanceof TopologyError && error.mistakes.length > 0 && /^(.+:\d+:\d+: .+\n?)+$/.test(error.message));

describe('any text', () => {
  it('that holds every key is read', () => {
    expect(complaint(FULL)).to.equal(undefined);
  });

  it('with anything anywhere is read, or answered with mistakes that have their places', () => {
    const change = fc.tuple(fc.nat(), fc.constantFrom('replace', 'delete', 'rename'), junk);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const data = parse(FULL) as Holder;
        for (const [index, how, value] of changes) {
          const all = places(data);
          const [holder, key] = all[index % all.length] ?? [data, 'nodes'];
          if (how === 'rename') holder[`${key}x`] = holder[key];
          if (how === 'replace') holder[key] = value;
          else delete holder[key];
        }
        const error = complaint(stringify(data));
        if (!isComplaint(error)) throw error;
      }),
      { numRuns: 300 },
    );
  });

  it('that is cut or garbled is read, or answered with mistakes that have their places', () => {
    const text = readFileSync('topologies/calico-docker.yaml', 'utf8');
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(40), fc.string({ maxLength: 6 }), (at, length, insert) => {
        const error = complaint(text.slice(0, at) + insert + text.slice(at + length));
        if (!isComplaint(error)) throw error;
      }),
      { numRuns: 200 },
    );
  });
});
