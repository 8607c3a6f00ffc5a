import { describe, it } from 'node:test';
import { expect } from 'chai';
import { felixConfig } from './config.js';
import { ruleHashes } from './hash.js';
import { networkProfile, profileChains } from './profile.js';

const config = felixConfig({ version: '2.6.4', pools: [] });
const hashes = (network: string) =>
  profileChains(networkProfile(network, config), config).map(({ name, rules }) => [name, ...ruleHashes(name, rules)]);

describe('the profile of a docker network', () => {
  it('admits members and lets them send anywhere', () => {
    expect(hashes('net1')).to.deep.equal([
      ['cali-pri-net1', 'AP7YpkYt_W2JBYv7', '1wWqRP6dMu98wtTg'],
      ['cali-pro-net1', '-FjZXqczFfMZwGVI', 'nZ_SeBtWd1kVzmJT'],
    ]);
    expect(hashes('net2')).to.deep.equal([
      ['cali-pri-net2', '22dR7r6BOOSZJgyW', 'EzKZWXFJMZoRPaVE'],
      ['cali-pro-net2', 'x4QnKIfFIQo87Ots', '5TVvUJPin_Pwx6cP'],
    ]);
  });
});
