import { describe, it } from 'node:test';
import { expect } from 'chai';
import fc from 'fast-check';
import { formatIpv4, formatPrefix, prefixOf } from '../net/ipv4.js';
import type { RoutePlan } from './blueprint.js';
import { formatRoute, parseRoute, RouteMistake } from './route.js';

const address = fc.nat(0xffffffff).map(formatIpv4);
const destination = fc.oneof(
  fc.constant('default'),
  fc
    .tuple(fc.integer({ min: 1, max: 0xffffffff }), fc.integer({ min: 1, max: 32 }))
    .map(([bits, length]) => formatPrefix(prefixOf(bits, length))),
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const route = fc
  .record({
    type: maybe(fc.constantFrom('unicast', 'blackhole', 'unreachable', 'prohibit', 'throw')),
    to: destination,
    via: maybe(address),
    dev: fc.constantFrom('eth0', 'cali0', 'br-1'),
    src: maybe(address),
    metric: maybe(fc.nat(4000)),
    table: maybe(fc.constantFrom('main', '100')),
    scope: maybe(fc.constantFrom('global', 'link', 'host')),
    proto: maybe(fc.constantFrom('bird', 'static', '80')),
    onlink: maybe(fc.constant(true)),
  })
  .map(({ type, ...rest }) => {
    const given = { ...rest, ...(type !== 'unicast' && { type }) };
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as unknown as RoutePlan;
  });

describe('routes as ip route speaks of them', () => {
  it('are read as they are written', () => {
    fc.assert(
      fc.property(route, (plan) => {
        expect({ ...parseRoute(formatRoute(plan)) }).to.deep.equal(plan);
      }),
    );
  });

  it('stand in the order in which ip route prints their words', () => {
    const plan: RoutePlan = { to: '10.1.0.0/26', dev: 'ens33', via: '10.0.0.2', onlink: true, proto: 'bird' };
    expect(formatRoute(plan)).to.equal('10.1.0.0/26 via 10.0.0.2 dev ens33 proto bird onlink');
    expect(formatRoute({ to: '10.1.0.0/26', type: 'blackhole', proto: 'bird' })).to.equal(
      'blackhole 10.1.0.0/26 proto bird',
    );
  });

  const mistakes: [string, string][] = [
    ['', '`` is neither `default` nor a prefix such as `10.0.0.0/24`'],
    ['defualt via 10.0.0.1', '`defualt` is neither `default` nor a prefix such as `10.0.0.0/24`'],
    ['10.0.0.1/24 dev eth0', '`10.0.0.1/24` has bits set beyond its prefix length'],
    ['default', 'a route needs `via` or `dev`'],
    ['default via', '`via` needs a value'],
    ['default via 10.0.0', '`10.0.0` after `via` is not an IPv4 address'],
    ['default dev eth0 src here', '`here` after `src` is not an IPv4 address'],
    ['default dev eth0 metric high', '`high` is not a metric'],
    ['default dev eth0 scope site', '`site` is no scope; it can be global, link, host'],
    ['default dve eth0', '`dve` is no word of a route; did you mean `dev`?'],
  ];
  for (const [text, sentence] of mistakes) {
    it(`${text || 'nothing'}: ${sentence}`, () => {
      expect(() => parseRoute(text)).to.throw(RouteMistake, sentence);
    });
  }
});
