import { describe, it } from 'node:test';
import { expect } from 'chai';
import { fromWorkload, toWorkload } from './endpoint.js';
import { ruleHashes } from './hash.js';
import { allocateMarks } from './marks.js';
import type { FelixChain } from './rule.js';

const hashes = ({ name, rules }: FelixChain) => [name, ...ruleHashes(name, rules)];

describe('a workload with a profile and no policy', () => {
  const endpoint = { interface: 'cali2bdb33ebbb0', policies: [], profiles: ['net1'] };
  const marks = allocateMarks(0xff000000);

  it('is reached through cali-tw-', () => {
    expect(hashes(toWorkload(endpoint, marks))).to.deep.equal([
      'cali-tw-cali2bdb33ebbb0',
      ...['oGw2UNKVQmOF0RYa', 'Bb20efcGZXN25cDB', '8QUMTzoenMlBqFM5', 'OHR4oyswRpxikQK9', 'PqmH6g9W17Ut006C'],
      'TdpyZVdd_DHX5INP',
    ]);
  });

  it('sends through cali-fw-', () => {
    expect(hashes(fromWorkload(endpoint, marks))).to.deep.equal([
      'cali-fw-cali2bdb33ebbb0',
      ...['itvP3_OHixWGnRxZ', 'DFFsrMjLW8jAFQ7D', '9ruWrE56a4cXDuEk', '2sOKl1aBsKAoOkth', 'A4JWsgZQcZhxW_y6'],
      'DtFbkBYjkin2AGCh',
    ]);
  });
});

describe('a workload with a policy and two profiles', () => {
  it('asks the policy first (hashes of a later Felix with its marks)', () => {
    const endpoint = {
      interface: 'cali0761ccbeace',
      policies: ['default/knp.default.allow-web'],
      profiles: ['kns.default', 'ksa.default.default'],
    };
    expect(hashes(toWorkload(endpoint, allocateMarks(0xffff0000)))).to.deep.equal([
      'cali-tw-cali0761ccbeace',
      ...['yuDlULTsWjqYZmAI', 'bXyt47xcB0BdoWlk', 'aEJDJoRMpukSRPHZ', 'fhSuuxEQknFnO214', 'LnwK26f7GwnhGYUI'],
      ...['pDXMr37h0m5Sgftw', 'cdWtp4O4YWiWL9Pl', '85YDZMKcTUapAPya', 'HeyIt6a9ezNwaCcr', '9_QISiGWjD9LLWwz'],
      ...['Fop924dCyxvzICXI', 'xLVONLnx3_CWZe02'],
    ]);
  });
});
