/** Holds what a Then says against the journey of what was sent, and throws the story of the first thing that is not so. */
import type { Missed } from '../src/journey/claims/claim.js';
import { judge } from '../src/journey/claims/judge.js';
import { READERS } from '../src/journey/claims/kinds.js';
import { type Language, readSentence, type Statement } from '../src/journey/claims/sentence.js';
import type { Journey } from '../src/journey/journey.js';
import { narrate } from '../src/journey/narrate/narrate.js';
import { paintFor } from '../src/journey/narrate/paint.js';
import { fateWords, SUBJECTS } from '../src/journey/narrate/words.js';
import { followPath, PATH_COLUMNS, type PathRow } from '../src/journey/path.js';
import { legOf, type Subject } from '../src/journey/questions/moments.js';
import { traceLines } from '../src/journey/trace.js';
import { linesOf, shortTrace, type TraceDifference, traceDifference } from '../src/journey/trace-difference.js';
import { didYouMean } from '../src/net/did-you-mean.js';
import type { TableName } from '../src/netfilter/hooks.js';
import { Mistake } from './mistake.js';
import { withNames } from './names.js';
import type { OpenNetwork } from './network.js';
import type { NetWorld } from './world.js';

const ZH_SUBJECTS: typeof SUBJECTS = { it: '它', reply: '应答', error: '错误' };

/** Something that was expected did not happen. */
export class Unmet extends Error {
  override readonly name = 'Unmet';
}

const paint = paintFor(process.stdout, process.env);

/** Every claim is read before the first is judged: a slip in the last is told even where the first fails. */
export async function expectClaims(world: NetWorld, subject: Subject, text: string, language: Language): Promise<void> {
  const statements = readSentence(subject, text, language);
  const { journey } = world;
  const network = await world.network();
  for (const statement of statements) {
    const story = await refutation(statement, journey, network);
    if (story !== undefined) throw new Unmet(story);
  }
}

/** An expectation is repeated in the language in which it was written; what happened is told in the field's own words. */
function subjectWord({ subject, text }: Statement): string {
  return (/\p{Script=Han}/u.test(text) ? ZH_SUBJECTS : SUBJECTS)[subject];
}

/** Why a statement does not hold; undefined where it does. */
export async function refutation(
  statement: Statement,
  journey: Journey,
  network: OpenNetwork,
): Promise<string | undefined> {
  const judgement = await judge(statement, journey, network);
  if (judgement.holds) return undefined;
  const expected = `${subjectWord(statement)} ${statement.text}`;
  return narrate({ ...judgement, expected, roundTrip: statement.claim.of === 'outcome' }, journey, network, paint);
}

/** The rows of a table, its header first. */
export async function expectPath(world: NetWorld, subject: Subject, table: readonly string[][]): Promise<void> {
  const { journey } = world;
  const network = await world.network();
  const rows = await readPath(table, network);
  const leg = legOf(journey, subject);
  const { met, missing } = leg ? followPath(leg, rows) : { met: [], missing: rows[0] };
  if (missing === undefined) return;
  const expected = `${SUBJECTS[subject]} takes the path: row ${met.length + 1}, ${pathWords(missing)}`;
  const before = met.length === 0 ? 'anywhere' : `after row ${met.length}`;
  const happened = leg ? `${SUBJECTS[subject]} did not come there ${before}` : `there was no ${subject}`;
  throw new Unmet(await narrate({ expected, happened, leg, missed: missedOf(missing) }, journey, network, paint));
}

export async function expectTrace(
  world: NetWorld,
  subject: Subject,
  node: string,
  tables: readonly TableName[] | undefined,
  text: string,
): Promise<void> {
  const { journey } = world;
  const network = await world.network();
  const namespace = await network.sender(node);
  const expected = `${SUBJECTS[subject]} is traced on ${node} as:`;
  const leg = legOf(journey, subject);
  if (!leg)
    throw new Unmet(await narrate({ expected, happened: `there was no ${subject}`, leg }, journey, network, paint));
  const lines = linesOf(await withNames(text, network));
  const actual = traceLines(leg, namespace, tables);
  const difference = traceDifference(lines, actual);
  if (difference) throw new Unmet([expected, ...differenceLines(difference, actual)].join('\n'));
  if (leg.fate.kind !== 'undetermined' || leg.fate.namespace !== namespace) return;
  const happened = `these lines and perhaps more: ${SUBJECTS[subject]} ${fateWords(leg.fate)}`;
  throw new Unmet(await narrate({ expected, happened, leg }, journey, network, paint));
}

/** The place of each line, and the fields that say most or were asked for: whole lines are too wide to read. */
function differenceLines({ line, expected, actual, fields }: TraceDifference, all: readonly string[]): string[] {
  const asked = (expected ?? '').match(/\b\w+(?==)/g) ?? [];
  const shown = (text: string) => shortTrace(text, ['IN', 'OUT', 'MARK', ...asked]);
  const told = [
    `line ${line + 1} expected  ${expected ?? 'nothing more'}`,
    `line ${line + 1} happened  ${actual === undefined ? 'the trace ends before it' : shown(actual)}`,
  ];
  if (fields.length > 0) told.push(`differs in       ${fields.join(' ')}`);
  return [...told, '', 'the whole trace', ...all.map((each, at) => `${at === line ? '>' : ' '} ${shown(each)}`)];
}

async function readPath([header = [], ...rows]: readonly string[][], network: OpenNetwork): Promise<PathRow[]> {
  const columns = header.map((name) => {
    const column = PATH_COLUMNS.find((known) => known === name);
    if (column) return column;
    throw new Mistake(
      `a path has no column \`${name}\`${didYouMean(name, PATH_COLUMNS) || `; it has ${PATH_COLUMNS.join(', ')}`}`,
    );
  });
  return Promise.all(
    rows.map((cells) => readPathRow(Object.fromEntries(columns.map((name, at) => [name, cells[at]])), network)),
  );
}

/** `*` and an empty cell stand for anything. */
async function readPathRow(
  cells: Readonly<Record<string, string | undefined>>,
  network: OpenNetwork,
): Promise<PathRow> {
  const given = Object.entries(cells).filter(([, cell]) => cell !== undefined && cell !== '' && cell !== '*');
  const row: Record<string, string> = Object.fromEntries(given) as Record<string, string>;
  const reading = { scene: network, node: undefined, visited: [] };
  if (row['node'] !== undefined) row['node'] = await READERS.node(row['node'], reading);
  if (row['chain'] !== undefined) {
    row['chain'] = (await READERS.chain(row['chain'], { ...reading, node: row['node'] })).chain;
  }
  return row;
}

function pathWords(row: PathRow): string {
  return PATH_COLUMNS.map((column) => row[column] ?? '*').join(' | ');
}

function missedOf({ node, table, chain, rule }: PathRow): Missed | undefined {
  if (chain === undefined) return undefined;
  const number = rule !== undefined && /^[0-9]+$/.test(rule) ? Number(rule) : undefined;
  return { chain: { table: table as TableName | undefined, chain }, rule: number, node };
}
