import { describe, it } from 'node:test';
import { expect } from 'chai';
import { workloadDispatch } from './dispatch.js';
import { ruleHashes, rulesWithHashes } from './hash.js';

const chains = (...names: string[]) => workloadDispatch(names.map((name) => ({ interface: name })));

describe('workloadDispatch', () => {
  it('knows nobody where there are no workloads', () => {
    const hashes = chains().map(({ name, rules }) => [name, ...ruleHashes(name, rules)]);
    expect(hashes).to.deep.equal([
      ['cali-from-wl-dispatch', 'zTj6P0TIgYvgz-md'],
      ['cali-to-wl-dispatch', '7KNphB1nNHw80nIO'],
    ]);
  });

  it('makes a chain for names that share a character beyond what all share', () => {
    const hashes = chains('cali3cccccccccc', 'cali12bbbbbbbbb', 'cali12aaaaaaaaa').map(({ name, rules }) => [
      name,
      ...ruleHashes(name, rules),
    ]);
    expect(hashes).to.deep.equal([
      ['cali-from-wl-dispatch-1', 'iAHO6nsO7UcRmJm4', 'HMc_qgsRh_zUerqN', '-wDdhnzqlOeKEVwO'],
      ['cali-from-wl-dispatch', 'aA7PbfJxlypkbHNq', 'HqcQkY71u8Ij5S9l', 'c3N8IIKbbHKT34QS'],
      ['cali-to-wl-dispatch-1', 'E4N9IiFhTQ1dDf-m', 'B9C512_L6JBiZwd5', 'l14EuAFP0eDZhtn_'],
      ['cali-to-wl-dispatch', 'svNUGuuCd7LCNEXq', '4ohtYzFKh-MCKvcQ', 'V4mvGjjgvcCmAENg'],
    ]);
  });

  it('goes straight to the only endpoint', () => {
    const [from] = chains('cali2bdb33ebbb0');
    const [first] = rulesWithHashes(from!.name, from!.rules);
    expect(first).to.match(
      /^-m comment --comment "cali:.{16}" --in-interface cali2bdb33ebbb0 --goto cali-fw-cali2bdb33ebbb0$/,
    );
  });

  it('gives a name that is the whole common prefix a rule of its own', () => {
    const [from] = chains('cali1', 'cali12');
    expect(from!.rules.map(({ match }) => match.join())).to.deep.equal([
      '--in-interface cali1',
      '--in-interface cali12',
      '',
    ]);
  });
});
