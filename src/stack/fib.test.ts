import { describe, it } from 'node:test';
import { expect } from 'chai';
import fc from 'fast-check';
import { contains, ipv4, prefix, prefixOf } from '../net/ipv4.js';
import { CONF_DEFAULTS, NEIGH_DEFAULTS } from './devconf.js';
import { Device } from './device.js';
import { Fib, FibTable } from './fib.js';
import type { FibRoute } from './route.js';

function device(name: string): Device {
  const made = new Device(name, 2, 'veth', '02:00:00:00:00:01', { ...CONF_DEFAULTS }, { ...NEIGH_DEFAULTS });
  made.up = true;
  return made;
}

const eth0 = device('eth0');

function route(to: string, changes: Partial<FibRoute> = {}): FibRoute {
  return {
    destination: prefix(to),
    type: 'unicast',
    scope: 'link',
    proto: 'boot',
    device: eth0,
    via: undefined,
    source: undefined,
    metric: 0,
    onlink: false,
    ...changes,
  };
}

function ask(dst: string, changes: Partial<Parameters<Fib['lookup']>[0]> = {}) {
  return { src: 0, dst: ipv4(dst), iif: 'lo', oif: undefined, mark: 0, ...changes };
}

describe('a routing table', () => {
  it('answers with the longest prefix, as a search through all routes does', () => {
    const routes = fc.array(fc.tuple(fc.nat(0xffffffff), fc.integer({ min: 0, max: 32 })), { maxLength: 40 });
    fc.assert(
      fc.property(routes, fc.nat(0xffffffff), (list, dst) => {
        const table = new FibTable();
        const prefixes = list.map(([address, length]) => prefixOf(address, length));
        for (const destination of prefixes) table.insert({ ...route('0.0.0.0/0'), destination }, false);
        const longest = Math.max(-1, ...prefixes.filter((one) => contains(one, dst)).map(({ length }) => length));
        return (table.lookup({ dst, oif: undefined })?.destination.length ?? -1) === longest;
      }),
    );
  });

  it('prefers the lower metric, then the one in front', () => {
    const table = new FibTable();
    table.insert(route('10.0.0.0/8', { metric: 5, proto: 'five' }), false);
    table.insert(route('10.0.0.0/8', { proto: 'first' }), false);
    table.insert(route('10.0.0.0/8', { proto: 'appended' }), false);
    table.insert(route('10.0.0.0/8', { proto: 'prepended' }), true);
    expect(table.of(prefix('10.0.0.0/8')).map(({ proto }) => proto)).to.deep.equal([
      'prepended',
      'first',
      'appended',
      'five',
    ]);
  });

  it('passes over a route whose device is down, but not a local one', () => {
    const down = device('eth1');
    down.up = false;
    const table = new FibTable();
    table.insert(route('10.0.0.0/8', { device: down }), false);
    table.insert(route('0.0.0.0/0'), false);
    expect(table.lookup({ dst: ipv4('10.0.0.1'), oif: undefined })?.device).to.equal(eth0);
    table.insert(route('10.0.0.1/32', { device: down, type: 'local' }), false);
    expect(table.lookup({ dst: ipv4('10.0.0.1'), oif: undefined })?.type).to.equal('local');
  });

  it('forgets a route that was removed', () => {
    const table = new FibTable();
    const gone = route('10.0.0.0/8');
    table.insert(gone, false);
    table.remove(gone);
    expect(table.lookup({ dst: ipv4('10.0.0.1'), oif: undefined })).to.equal(undefined);
    expect(table.routes()).to.deep.equal([]);
  });
});

describe('the rules of the fib', () => {
  it('ask local, main, default, and say that the network is unreachable when none knows', () => {
    const fib = new Fib();
    expect(fib.lookup(ask('10.0.0.1'))).to.include({ ok: false, error: 'ENETUNREACH' });
    fib.table('default').insert(route('0.0.0.0/0'), false);
    expect(fib.lookup(ask('10.0.0.1'))).to.include({ ok: true, table: 'default' });
    fib.table('main').insert(route('0.0.0.0/0'), false);
    expect(fib.lookup(ask('10.0.0.1'))).to.include({ ok: true, table: 'main' });
  });

  it('choose a table by mark, under the mask', () => {
    const fib = new Fib();
    const none = { from: undefined, to: undefined, iif: undefined, oif: undefined } as const;
    fib.addRule({ ...none, priority: 100, fwmark: { value: 0x10, mask: 0xf0 }, action: 'lookup', table: '100' });
    fib.table('100').insert(route('0.0.0.0/0', { type: 'blackhole', device: undefined }), false);
    fib.table('main').insert(route('0.0.0.0/0'), false);
    expect(fib.lookup(ask('10.0.0.1', { mark: 0x1f }))).to.include({ ok: false, error: 'EINVAL' });
    expect(fib.lookup(ask('10.0.0.1', { mark: 0x2f }))).to.include({ ok: true, table: 'main' });
  });

  it('go on to the next rule after a throw route', () => {
    const fib = new Fib();
    fib.table('main').insert(route('10.0.0.0/8', { type: 'throw', device: undefined }), false);
    fib.table('default').insert(route('0.0.0.0/0'), false);
    expect(fib.lookup(ask('10.0.0.1'))).to.include({ ok: true, table: 'default' });
  });
});
