import { describe, it } from 'node:test';
import { expect } from 'chai';
import { ping, run, tcp } from '../contract/contract.js';
import type { ConformanceCase } from './case.js';
import { shrink } from './shrink.js';

const CASE: ConformanceCase = {
  cables: ['a eth0 10.0.1.2/24 = r ra 10.0.1.1/24', 'r rb 10.0.2.1/24 = b eth0 10.0.2.2/24'],
  words: {
    a: { routes: ['default via 10.0.1.1'] },
    r: {
      sysctls: ['net.ipv4.ip_forward=1', 'net.ipv4.conf.all.rp_filter=1'],
      ipsets: ['create s hash:ip', 'add s 10.0.1.2', 'add s 10.0.1.3', 'add s 10.0.1.4'],
      iptables: {
        mangle: ['-A FORWARD -j ACCEPT'],
        filter: [
          '-N U',
          '-A FORWARD -p icmp -m mark ! --mark 0x1 -s 10.0.1.2 -j U',
          '-A U -j DROP',
          '-A INPUT -j DROP',
        ],
      },
    },
    b: {},
  },
  steps: [tcp('a', '10.0.2.2', 80), run('r', 'conntrack -F'), ping('a', '10.0.2.2')],
};

describe('shrinking', () => {
  it('leaves what the difference needs, and nothing else', async () => {
    const smallest = await shrink(CASE, async ({ words, steps }) => {
      const rules = words['r']?.iptables?.filter ?? [];
      return (
        rules.some((rule) => rule.includes('-m mark')) &&
        steps.some((step) => 'probe' in step && step.probe.kind === 'ping')
      );
    });
    expect(smallest).to.deep.equal({
      cables: ['a eth0 10.0.1.2/24 = r ra 10.0.1.1/24'],
      words: {
        a: { routes: [] },
        r: { sysctls: [], ipsets: [], iptables: { filter: ['-A FORWARD -m mark ! --mark 0x1'] } },
      },
      steps: [ping('a', '10.0.2.2')],
    });
  });

  it('gives back what cannot be smaller', async () => {
    expect(await shrink(CASE, async () => false)).to.equal(CASE);
  });

  it('comes down to nothing where nothing is needed', async () => {
    expect(await shrink(CASE, async () => true)).to.deep.equal({ cables: [], words: {}, steps: [] });
  });
});
