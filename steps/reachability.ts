/** A table of who reaches whom: rows send, columns receive. */
import { readSentence, type Statement } from '../src/journey/claims/sentence.js';
import type { Probe } from '../src/journey/probe.js';
import { refutation, Unmet } from './expectations.js';
import { Mistake } from './mistake.js';
import type { OpenNetwork } from './network.js';

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly probe: Probe;
  readonly statement: Statement;
}

/**
 * Sends one probe for each cell, row by row: a ping, or what the corner says (`80/tcp`, `53/udp`). `ok` is answered, `-` is
 * not, a verdict word (`dropped`, `rejected`, `refused`, `lost`, `unreachable`) says how; empty and `*` send nothing.
 */
export async function expectReachability(network: OpenNetwork, table: readonly string[][]): Promise<void> {
  const found = table.map((row) => [...row]);
  let story: string | undefined;
  for (const { row, column, probe, statement } of await cellsOf(table, network)) {
    const journey = await network.probe(probe);
    const refuted = await refutation(statement, journey, network);
    if (refuted === undefined) continue;
    const answered = journey.outcome.kind === 'answered' ? 'ok' : '-';
    found[row]![column] = `${table[row]![column]} ✗ ${answered}`;
    story ??= `${table[row]![0]} to ${table[0]![column]}:\n${refuted}`;
  }
  if (story !== undefined)
    throw new Unmet(['the reachability is (✗: not as expected):', ...aligned(found), '', story].join('\n'));
}

async function cellsOf(table: readonly string[][], network: OpenNetwork): Promise<Cell[]> {
  const [[corner = '', ...receivers] = [], ...rows] = table;
  const kind = readCorner(corner);
  const cells: Cell[] = [];
  for (const [index, [from = '', ...words]] of rows.entries()) {
    for (const [place, word] of words.entries()) {
      if (word === '' || word === '*') continue;
      const ends = { from: await network.sender(from), to: await network.receiver(receivers[place]!) };
      cells.push({ row: index + 1, column: place + 1, probe: { ...kind, ...ends }, statement: readCell(word) });
    }
  }
  return cells;
}

function readCorner(text: string): Pick<Probe, 'kind' | 'port'> {
  if (['', '*', 'ping', 'from', 'from \\ to'].includes(text)) return { kind: 'ping' };
  const [, port, protocol] = /^([0-9]{1,5})\/(tcp|udp)$/.exec(text) ?? [];
  if (port === undefined)
    throw new Mistake(
      `\`${text}\` says nothing of what to send; leave the corner empty for pings, or write \`80/tcp\``,
    );
  return { kind: protocol as 'tcp' | 'udp', port: Number(port) };
}

function readCell(word: string): Statement {
  if (word === 'ok') return readSentence('it', 'is answered')[0]!;
  if (word === '-') return readSentence('it', 'is not answered')[0]!;
  return readSentence('it', `is ${word}`)[0]!;
}

function aligned(table: readonly (readonly string[])[]): string[] {
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  return table.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`);
}
