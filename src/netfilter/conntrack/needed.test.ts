import { describe, it } from 'node:test';
import { expect } from 'chai';
import type { Chain, Match, Rule, RuleSet, Table, Target } from '../rule.js';
import { needsConntrack } from './needed.js';

/** A rule set of one rule; nothing but names counts here. */
function ruleSetOf(matches: readonly string[], target: Target): RuleSet {
  const rule = { matches: matches.map((extension) => ({ extension }) as Match), target } as unknown as Rule;
  const chain: Chain = { name: 'FORWARD', policy: 'ACCEPT', packets: 0, bytes: 0, rules: [rule] };
  const table: Table = { name: 'mangle', chains: new Map([['FORWARD', chain]]) };
  return new Map([['mangle', table]]);
}

function extension(name: string, text = ''): Target {
  return { kind: 'extension', name, text, act: () => ({ verdict: 'CONTINUE' }) };
}

const NONE: Target = { kind: 'none' };

// Each seen on Linux 6.18: one such rule on a router, one ping through it, then `conntrack -L | wc -l`.
describe('what needs connection tracking', () => {
  for (const name of ['conntrack', 'state', 'connmark', 'connlabel', 'connlimit', 'connbytes', 'cluster', 'helper']) {
    it(`-m ${name} does`, () => {
      expect(needsConntrack(ruleSetOf([name], NONE))).to.equal(true);
    });
  }

  for (const name of ['CONNMARK', 'CONNSECMARK', 'SYNPROXY', 'MASQUERADE', 'SNAT', 'DNAT', 'REDIRECT', 'NETMAP']) {
    it(`-j ${name} does`, () => {
      expect(needsConntrack(ruleSetOf([], extension(name)))).to.equal(true);
    });
  }

  for (const name of ['u32', 'ecn', 'recent', 'rpfilter', 'comment']) {
    it(`-m ${name} does not`, () => {
      expect(needsConntrack(ruleSetOf([name], NONE))).to.equal(false);
    });
  }

  for (const name of ['NOTRACK', 'TPROXY', 'REJECT', 'MARK']) {
    it(`-j ${name} does not`, () => {
      expect(needsConntrack(ruleSetOf([], extension(name)))).to.equal(false);
    });
  }

  it('-j CT does, unless it exempts', () => {
    expect(needsConntrack(ruleSetOf([], extension('CT', '--helper ftp')))).to.equal(true);
    expect(needsConntrack(ruleSetOf([], extension('CT', '--zone 1')))).to.equal(true);
    expect(needsConntrack(ruleSetOf([], extension('CT', '--notrack')))).to.equal(false);
  });

  it('no rule does not', () => {
    expect(needsConntrack(new Map())).to.equal(false);
  });
});
