import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { expect } from 'chai';
import type { TableName } from '../hooks.js';
import { NetfilterMistake } from '../mistake.js';
import type { Line } from '../text/word.js';
import { appendRule, newChain } from './edit.js';
import { listTable } from './listing.js';
import { printListing } from './print.js';
import { splitShellWords } from './recorded/shell-words.js';
import { emptyTable } from './table.js';

/** What iptables-legacy 1.8.9 made of each line of typed.txt (recorded/record.mjs). */
const RECORDED = readFileSync(new URL('./recorded/printed.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');
const SETS = new Set(['s1', 's2', 's3']);

/** Where the engine means to differ. */
const DIFFERENT = new Set([
  'filter INPUT -m nope', // kept as it is, and never answered
  'filter INPUT -6 -j ACCEPT', // the tool says nothing at all
  'raw PREROUTING -j CT --helper ftp', // a matter of the kernel's modules
]);

function append(typed: string) {
  const [tableName, chain, ...rest] = typed.split(' ');
  const table = emptyTable(tableName as TableName);
  newChain(table, 'U');
  const line: Line = { source: undefined, number: 1, speaker: 'iptables v1.8.9 (legacy)' };
  appendRule(table, chain!, splitShellWords(rest.join(' '), line), { hasSet: (name) => SETS.has(name) });
  return { table, chain: table.chains.get(chain!)! };
}

describe('iptables spelling', () => {
  for (const record of RECORDED) {
    const [typed, code, expected, listed] = record.split('\t') as [string, string, string, string];
    if (code === '0') {
      it(`prints ${typed}`, () => {
        const { table, chain } = append(typed);
        const printed = printListing(table, chain).split('\n').slice(1, -1).join('\\n');
        expect(printed).to.equal(expected);
        const listing = listTable(table, {}, chain).split('\n').slice(2, -1).join('\\n');
        expect(listing.trimEnd()).to.equal(listed.trimEnd());
      });
    } else if (!DIFFERENT.has(typed)) {
      it(`refuses ${typed}`, () => {
        const says = JSON.parse(expected) as string;
        try {
          append(typed);
        } catch (mistake) {
          expect(mistake).to.be.instanceOf(NetfilterMistake);
          expect((mistake as NetfilterMistake).stderr.trimEnd()).to.equal(says);
          expect((mistake as NetfilterMistake).exitCode).to.equal(Number(code));
          return;
        }
        throw new Error('the rule was taken');
      });
    }
  }
});
