import { describe, it } from 'node:test';
import { expect } from 'chai';
import { IptablesDraft } from './draft.js';

describe('IptablesDraft', () => {
  it('is empty text until a table is touched', () => {
    expect(new IptablesDraft().toString()).to.equal('');
  });

  it('keeps the order that inserting and appending make', () => {
    const draft = new IptablesDraft();
    draft.append('filter', 'FORWARD', '-j A');
    draft.insert('filter', 'FORWARD', '-j B');
    draft.append('filter', 'FORWARD', '-j C');
    draft.remove('filter', 'FORWARD', '-j A');
    draft.remove('filter', 'FORWARD', '-j missing');
    draft.insert('filter', 'FORWARD', '-j A');
    draft.policy('filter', 'FORWARD', 'DROP');
    for (const chain of ['A', 'B', 'C', 'A']) draft.chain('filter', chain);
    expect(draft.toString().split('\n')).to.deep.equal([
      ...['*filter', ':INPUT ACCEPT [0:0]', ':FORWARD DROP [0:0]', ':OUTPUT ACCEPT [0:0]'],
      ...[':A - [0:0]', ':B - [0:0]', ':C - [0:0]'],
      ...['-A FORWARD -j A', '-A FORWARD -j B', '-A FORWARD -j C', 'COMMIT', ''],
    ]);
    expect(draft.has('filter', 'FORWARD', '-j C')).to.equal(true);
    expect(draft.has('filter', 'INPUT', '-j C')).to.equal(false);
  });

  it('writes tables in the order of their priorities', () => {
    const draft = new IptablesDraft();
    draft.append('filter', 'INPUT', '-j ACCEPT');
    draft.append('raw', 'OUTPUT', '-j ACCEPT');
    expect(draft.toString().match(/^\*.*/gm)).to.deep.equal(['*raw', '*filter']);
  });

  it('tells who wants a rule by its place in its chain', () => {
    const draft = new IptablesDraft();
    draft.chain('filter', 'cali-FORWARD', 'Felix 2.6.4');
    draft.append('filter', 'cali-FORWARD', '--source 10.0.0.1 --jump DROP');
    draft.append('filter', 'FORWARD', '-j ACCEPT');
    draft.insert('filter', 'FORWARD', '--in-interface docker0 --jump ACCEPT', 'Docker, bridge docker0');
    draft.append('filter', 'FORWARD', '--goto cali-FORWARD', 'Felix 2.6.4');
    expect(draft.origins).to.deep.equal({
      'filter cali-FORWARD': 'Felix 2.6.4',
      'filter FORWARD 1': 'Docker, bridge docker0',
      'filter FORWARD 3': 'Felix 2.6.4',
    });
  });
});
