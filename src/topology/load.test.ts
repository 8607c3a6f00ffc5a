import { describe, it } from 'node:test';
import { expect } from 'chai';
import { checkBlueprint } from '../blueprint/check.js';
import { buildBlueprint } from './build.js';
import { loadTopology, topologyNames } from './load.js';
import { TopologyError } from './mistake.js';

describe('loadTopology', () => {
  for (const name of topologyNames('topologies')) {
    it(`${name} is sound, and so is the network that it makes`, () => {
      expect(checkBlueprint(buildBlueprint(loadTopology(name, 'topologies')))).to.deep.equal([]);
    });
  }

  const message = (name: string, directory: string) => {
    try {
      loadTopology(name, directory);
    } catch (error) {
      if (error instanceof TopologyError) return error.message;
      throw error;
    }
    return '';
  };

  it('says which name was meant', () => {
    expect(message('calico-dokcer', 'topologies')).to.equal(
      'no topology `calico-dokcer`; did you mean `calico-docker`?',
    );
  });

  it('says what is there', () => {
    const names = topologyNames('topologies');
    expect(names).to.include('calico-docker').and.not.include('topology.schema');
    expect(message('zzz', 'topologies')).to.equal(`no topology \`zzz\`; there are ${names.join(', ')}`);
    expect(message('zzz', 'nowhere')).to.equal('no topology `zzz`; nowhere holds none');
  });
});
