import { describe, it } from 'node:test';
import { expect } from 'chai';
import { BUILTIN_CHAINS } from '../../../netfilter/hooks.js';
import { MATCHES, TARGETS } from '../../../netfilter/xt/registry.js';
import { blueprintOf } from '../case.js';
import { openSimulated } from '../observe.js';
import { generate } from './generate.js';
import { MATCH_MAKERS } from './matches.js';
import { NOT_GENERATED } from './not-generated.js';
import { TARGET_MAKERS } from './targets.js';

const many = Array.from({ length: 400 }, (_, index) => generate(7, index));
const text = JSON.stringify(many);

describe('the cases of a seed', () => {
  it('are the same each time, and each is another one', () => {
    expect(generate(7, 3)).to.deep.equal(many[3]);
    expect(new Set(many.map((one) => JSON.stringify(one))).size).to.equal(many.length);
    expect(generate(8, 3)).not.to.deep.equal(many[3]);
  });

  it('can be built: what the engine refuses is the exception', async () => {
    const refusals: string[] = [];
    for (const one of many) {
      await openSimulated(blueprintOf(one)).catch((failure: Error) => refusals.push(failure.message));
    }
    expect(refusals.length, refusals.join('\n')).to.be.below(many.length / 50);
  });

  it('have every chain of every table', () => {
    for (const chains of Object.values(BUILTIN_CHAINS))
      for (const chain of chains) expect(text).to.include(`"-A ${chain} `);
  });

  for (const [name, maker, option] of [
    ...makersOf(MATCHES, MATCH_MAKERS, '-m'),
    ...makersOf(TARGETS, TARGET_MAKERS, '-j'),
  ]) {
    if (name in NOT_GENERATED) {
      it(`have no ${name}: ${NOT_GENERATED[name]}`, () => {
        expect(maker).to.equal(undefined);
      });
    } else {
      it(`have ${option} ${name}`, () => {
        expect(text).to.match(new RegExp(`${option} ${name}["\\\\ ]`));
      });
    }
  }
});

function makersOf(known: ReadonlyMap<string, unknown>, makers: Readonly<Record<string, unknown>>, option: string) {
  return [...known.keys()].map((name) => [name, makers[name], option] as const);
}
