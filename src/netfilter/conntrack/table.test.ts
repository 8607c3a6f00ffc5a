import { describe, it } from 'node:test';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { FakeHost, passOf, skbOf, udp } from '../fake-host.js';
import type { Connection, Tuple } from './connection.js';
import { Conntrack } from './conntrack.js';
import { tupleOf } from './tuple.js';

/** Few hosts and ports, so that different packets often mean the same connection. */
const PACKET = fc
  .record({
    src: fc.integer({ min: 1, max: 3 }),
    dst: fc.integer({ min: 1, max: 3 }),
    sport: fc.integer({ min: 1, max: 3 }),
    dport: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ src, dst, sport, dport }) => udp(0x0a000000 + src, 0x0a000000 + dst, sport, dport));

type Step =
  | { readonly kind: 'packet'; readonly packet: ReturnType<typeof udp> }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'flush' };

const STEP: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: PACKET.map((packet): Step => ({ kind: 'packet', packet })) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 40 }).map((seconds): Step => ({ kind: 'wait', seconds })) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'flush' }) },
);

function key({ src, dst, sport, dport }: Tuple): string {
  return [src, dst, sport, dport].join();
}

describe('the table of connections', () => {
  it('knows the same connections as a plain map of what is alive', () => {
    fc.assert(
      fc.property(fc.array(STEP, { maxLength: 60 }), (steps) => {
        const host = new FakeHost();
        const conntrack = new Conntrack(host, undefined);
        const known = new Map<string, Connection>();
        for (const step of steps) {
          if (step.kind === 'wait') host.time += step.seconds * 1000;
          else if (step.kind === 'flush') {
            conntrack.flush();
            known.clear();
          } else {
            for (const [name, { expiresAt }] of known) if (expiresAt <= host.time) known.delete(name);
            const expected = known.get(key(tupleOf(step.packet)));
            const skb = skbOf(step.packet);
            conntrack.track(skb, passOf('PREROUTING'), false);
            conntrack.confirm(skb, passOf('POSTROUTING'));
            if (skb.ct === undefined || skb.ct.untracked) throw new Error('UDP always has a connection');
            const { connection } = skb.ct;
            if (expected) expect(connection).to.equal(expected);
            else expect([...known.values()]).not.to.include(connection);
            known.set(key(connection.original), connection).set(key(connection.reply), connection);
          }
          const alive = new Set([...known.values()].filter(({ expiresAt }) => expiresAt > host.time));
          expect(new Set(conntrack.list())).to.deep.equal(alive);
        }
      }),
    );
  });

  it('forgets in time what nobody asks for', () => {
    const host = new FakeHost();
    const conntrack = new Conntrack(host, undefined);
    for (let second = 0; second < 20_000; second += 1) {
      host.time = second * 1000;
      const skb = skbOf(udp(0x0a000001, 0x0a000002, 1024 + (second % 60_000), 53));
      conntrack.track(skb, passOf('PREROUTING'), false);
      conntrack.confirm(skb, passOf('POSTROUTING'));
    }
    expect(conntrack.list()).to.have.lengthOf(30);
    expect(conntrack.table.size).to.be.below(2048);
  });
});
