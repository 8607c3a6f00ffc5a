import { describe, it } from 'node:test';
import { expect } from 'chai';
import { cluster, nodes, rulesOf } from '../fixture.js';
import { PlatformRefusal } from '../refusal.js';
import { docker } from './docker.js';
import { PAIRWISE, STAGES } from './isolation.js';
import { isolationOf } from './timeline.js';

describe("Docker's versions", () => {
  for (const version of ['17.06', '17.06.2-ce', '17.12', '18.03.1', '18.04']) {
    it(`${version} keeps bridges apart in pairs`, () => {
      expect(isolationOf(version)).to.equal(PAIRWISE);
    });
  }

  for (const version of ['18.05', '18.06.1-ce', '19.03.15', '20.10', '23.0', '27', '27.5.1']) {
    it(`${version} keeps bridges apart in two stages`, () => {
      expect(isolationOf(version)).to.equal(STAGES);
    });
  }

  const CHAINS = 'the rules in its chains DOCKER-FORWARD, DOCKER-CT and DOCKER-BRIDGE are';
  const refused: [string, string][] = [
    ['1.13', ''],
    ['17.05', ''],
    ['28.0', ', because the rules around its ip set docker-ext-bridges-v4 are not known for certain'],
    ['28.0.1', `, because ${CHAINS} not known for certain`],
    ['28.5.2', `, because ${CHAINS} not known for certain`],
    ['29.1', ', because what took the place of its isolation chains is not known for certain'],
  ];
  for (const [version, why] of refused) {
    it(`${version} is refused`, () => {
      const sentence = `Docker ${version} is not modelled${why}; Docker 17.06 to 27.x is`;
      expect(() => isolationOf(version))
        .to.throw(PlatformRefusal, sentence)
        .with.property('at')
        .that.deep.equals(['docker', 'version']);
    });
  }
});

describe('isolation in pairs', () => {
  const network = (name: string, more = {}) => ({ name, driver: 'bridge' as const, bridge: name, ...more });
  const isolationOn = (networks: ReturnType<typeof network>[]) => {
    const all = cluster({ calico: null, nodes: nodes(1), docker: { version: '17.06' }, networks });
    docker(all);
    return rulesOf(all.nodes[0]!, 'filter', 'DOCKER-ISOLATION');
  };

  it('has two rules for each two bridges, and a way back', () => {
    expect(isolationOn([network('br1'), network('br2')])).to.deep.equal([
      '-i br1 -o br2 -j DROP',
      '-i br2 -o br1 -j DROP',
      '-i docker0 -o br2 -j DROP',
      '-i br2 -o docker0 -j DROP',
      '-i docker0 -o br1 -j DROP',
      '-i br1 -o docker0 -j DROP',
      '-j RETURN',
    ]);
  });

  it('has none for a single bridge', () => {
    expect(isolationOn([])).to.deep.equal(['-j RETURN']);
  });

  it('leaves an internal network to the two rules that seal it', () => {
    expect(isolationOn([network('br1', { internal: true }), network('br2')])).to.deep.equal([
      '-i docker0 -o br2 -j DROP',
      '-i br2 -o docker0 -j DROP',
      '! -s 172.18.0.0/16 -o br1 -j DROP',
      '! -d 172.18.0.0/16 -i br1 -j DROP',
      '-j RETURN',
    ]);
  });
});
