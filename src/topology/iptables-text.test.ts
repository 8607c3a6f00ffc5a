import { describe, it } from 'node:test';
import { expect } from 'chai';
import { IptablesText } from './iptables-text.js';

const lines = (...text: string[]) => `${text.join('\n')}\n`;

describe('the text of iptables rules', () => {
  it('of iptables-save stays what it is', () => {
    const text = lines(
      '*filter',
      ':INPUT ACCEPT [0:0]',
      ':FORWARD DROP [0:0]',
      ':OUTPUT ACCEPT [0:0]',
      ':A - [0:0]',
      '-A A -j DROP',
      'COMMIT',
    );
    expect(new IptablesText(text).toString()).to.equal(text);
  });

  it('loses comments and counters', () => {
    const text = new IptablesText(
      '# Generated\n*raw\n:PREROUTING ACCEPT [5:420]\n[5:420] -A PREROUTING -p icmp -j TRACE\nCOMMIT\n',
    );
    expect(text.toString()).to.equal(
      lines('*raw', ':PREROUTING ACCEPT [0:0]', ':OUTPUT ACCEPT [0:0]', '-A PREROUTING -p icmp -j TRACE', 'COMMIT'),
    );
    expect(text.mistakes).to.deep.equal([]);
  });

  it('of iptables -S is that of the filter table, or of the table that a line names', () => {
    const text = new IptablesText(
      '-P FORWARD DROP\n-N X\n-A FORWARD -j X\niptables -t nat -A POSTROUTING -j MASQUERADE\n',
    );
    expect(text.mistakes).to.deep.equal([]);
    expect(text.toString()).to.equal(
      lines(
        ...[
          '*nat',
          ':PREROUTING ACCEPT [0:0]',
          ':INPUT ACCEPT [0:0]',
          ':OUTPUT ACCEPT [0:0]',
          ':POSTROUTING ACCEPT [0:0]',
        ],
        ...['-A POSTROUTING -j MASQUERADE', 'COMMIT'],
        ...['*filter', ':INPUT ACCEPT [0:0]', ':FORWARD DROP [0:0]', ':OUTPUT ACCEPT [0:0]', ':X - [0:0]'],
        ...['-A FORWARD -j X', 'COMMIT'],
      ),
    );
  });

  it('replaces an earlier one table by table', () => {
    const rules = new IptablesText('*raw\n-A OUTPUT -j ACCEPT\nCOMMIT\n*filter\n-A INPUT -j DROP\nCOMMIT\n');
    rules.replace(new IptablesText('-P INPUT DROP\n'));
    expect(rules.tables).to.deep.equal(['raw', 'filter']);
    expect(rules.toString()).to.include('-A OUTPUT -j ACCEPT').and.include(':INPUT DROP').and.not.include('-A INPUT');
  });

  it('of nothing is nothing', () => {
    expect(new IptablesText('# no rule\n\n').toString()).to.equal('');
  });

  const mistakes: [text: string, place: string, sentence: string][] = [
    ['*fliter\n', '1:1', 'there is no table `fliter`; did you mean `filter`?'],
    ['-t fliter -A INPUT -j DROP\n', '1:4', 'there is no table `fliter`; did you mean `filter`?'],
    ['*nat\n-t filter -A INPUT -j DROP\n', '2:4', '`-t` has no place within `*table`'],
    ['*filter\n\n  -A INPTU -j DROP\n', '3:6', 'table filter has no chain `INPTU`; did you mean `INPUT`?'],
    ['*nat\n-A FORWARD -j DROP\n', '2:4', 'table nat has no chain `FORWARD`'],
    ['-P INPUT REJECT\n', '1:1', '`-P INPUT REJECT` is not a line of iptables-save or iptables -S'],
    ['hello\n', '1:1', '`hello` is not a line of iptables-save or iptables -S'],
  ];
  for (const [text, place, sentence] of mistakes) {
    it(`${place}: ${sentence}`, () => {
      const [first] = new IptablesText(text).mistakes.map((each) => `${each.line}:${each.column}: ${each.sentence}`);
      expect(first).to.equal(`${place}: ${sentence}`);
    });
  }
});
