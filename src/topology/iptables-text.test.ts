import { describe, it } from 'node:test';
import { expect } from 'chai';
import { printSave } from '../netfilter/rules/print.js';
import { checkTables, readTables } from './iptables-text.js';

const lines = (...text: string[]) => `${text.join('\n')}\n`;
const FILTER = ['*filter', ':INPUT ACCEPT [0:0]', ':FORWARD DROP [0:0]', ':OUTPUT ACCEPT [0:0]', ':X - [0:0]'];
const NAT = ['*nat', ...['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'].map((chain) => `:${chain} ACCEPT [0:0]`)];

describe('the text of iptables rules', () => {
  it('can be that of iptables-save', () => {
    const text = lines('# Generated', ...FILTER, '-A FORWARD -j X', 'COMMIT');
    expect(printSave(readTables(text))).to.equal(lines(...FILTER, '-A FORWARD -j X', 'COMMIT'));
  });

  it('can be that of iptables -S, about the filter table unless a line names another', () => {
    const text = lines(
      '-P FORWARD DROP',
      '-N X',
      '',
      '-A FORWARD -j X',
      'iptables -t nat -A POSTROUTING -j MASQUERADE',
    );
    const nat = lines(...NAT, '-A POSTROUTING -j MASQUERADE', 'COMMIT');
    expect(printSave(readTables(text))).to.equal(lines(...FILTER, '-A FORWARD -j X', 'COMMIT').replace(/^/, nat));
  });

  it('of nothing is nothing', () => {
    expect(readTables('# no rule\n\n').size).to.equal(0);
    expect(checkTables('')).to.deep.equal([]);
  });

  const mistakes: [text: string, ...places: [place: string, says: string][]][] = [
    ['*fliter\nCOMMIT\n', ['1:2', 'did you mean filter?']],
    ['-t fliter -A INPUT -j DROP\n', ['1:4', 'did you mean filter?']],
    ['*filter\n-A INPTU -j DROP\nCOMMIT\n', ['2:4', 'INPUT']],
    ['-A INPUT -p tcp --dprt 80 -j DROP\n', ['1:17', 'unknown option "--dprt"']],
    ['-t nat -A OUTPUT -j ACCEPT\n  -t nat -A OUTPUT -j NOWHERE\n', ['2:23', 'NOWHERE']],
    ['*filter\n-A INPUT -j DROP\n', ['3:1', 'COMMIT expected']],
    [
      '-A INPUT -s 10.0.0.300 -j DROP\n-A INPUT -s 10.0.0.1 -j DROP\n-A INPUT -s 10.0.0.2/33 -j DROP\n',
      ['1:13', '10.0.0.300'],
      ['3:13', 'invalid mask'],
    ],
    ['hello\n-A INPUT -j NOWHERE\n', ['1:1', 'hello']],
  ];
  for (const [text, ...places] of mistakes) {
    it(`is answered at ${places.map((place) => place.join(': ')).join(', ')}`, () => {
      const told = checkTables(text);
      expect(told.map(({ line, column }) => `${line}:${column}`)).to.deep.equal(places.map(([place]) => place));
      for (const [index, [, says]] of places.entries()) expect(told[index]!.sentence).to.include(says);
    });
  }
});
