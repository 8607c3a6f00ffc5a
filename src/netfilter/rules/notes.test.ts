import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { expect } from 'chai';
import type { TableName } from '../hooks.js';
import { parseRule } from './parse-rule.js';

/** Every rule that the teaching notes print as `iptables -S` does: Docker's, Felix's of three versions, kube-proxy's. */
const notes = readFileSync(new URL('./recorded/notes.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n');

describe('a rule of the notes', () => {
  for (const row of notes) {
    const [table, line] = row.split('\t') as [TableName, string];
    it(`is printed as it was read: ${line}`, () => {
      const [, chain, ...words] = [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
      expect(`-A ${chain} ${parseRule(words, table, chain!).text}`).to.equal(line);
    });
  }
});
