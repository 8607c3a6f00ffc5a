/** Says of a statement whether it holds of a journey, and what was found. */
import { TABLES, type TableName } from '../../netfilter/hooks.js';
import type { Journey, Leg } from '../journey.js';
import { fateWords, outcomeWords } from '../narrate/words.js';
import { type ChainName, isChain } from '../questions/chains.js';
import { undeterminedLeg } from '../questions/ends.js';
import { hopsOn, legOf, momentOf } from '../questions/moments.js';
import type { Arguments, Finding, WalkClaim } from './claim.js';
import { type KindName, READERS, type Reading } from './kinds.js';
import { ClaimMistake } from './mistake.js';
import type { Scene } from './scene.js';
import type { Statement } from './sentence.js';

/** A finding with `holds` as the statement, denied or not, wants it. */
export interface Judgement extends Finding {
  readonly statement: Statement;
  /** The datagram that it is about; undefined where there was none. */
  readonly leg: Leg | undefined;
}

/** Throws a ClaimMistake where the statement names something that is not there. */
export async function judge(statement: Statement, journey: Journey, scene: Scene): Promise<Judgement> {
  const { claim, denied, subject } = statement;
  if (claim.of === 'outcome' && subject !== 'it') {
    throw new ClaimMistake(
      `only what was sent \`${statement.text}\`; of the ${subject} say \`the ${subject} is delivered\``,
    );
  }
  const leg = legOf(journey, subject);
  const args = await readWords(statement, scene, journey);
  const found = find(statement, journey, leg, scene, args);
  const absent = denied !== (claim.absence ?? false);
  const unknown =
    claim.of === 'outcome' ? undeterminedLeg(journey) : leg?.fate.kind === 'undetermined' ? leg : undefined;
  if (!found.holds || !absent || !unknown) return { ...found, statement, leg };
  const at = 'by' in unknown.fate ? momentOf(unknown, unknown.fate.by) : undefined;
  const who = unknown.role === 'request' ? 'it' : `the ${unknown.role}`;
  return { holds: false, happened: `nobody can say: ${who} ${fateWords(unknown.fate)}`, at, statement, leg: unknown };
}

function find(
  statement: Statement,
  journey: Journey,
  leg: Leg | undefined,
  scene: Scene,
  args: Arguments<string>,
): Finding {
  const { claim, denied, subject } = statement;
  const ownerOf = (address: number) => scene.ownerOf(address);
  if (claim.of === 'outcome') return turned(claim.check({ journey, ownerOf }, args), denied);
  if (!leg) return { holds: false, happened: absence(statement, journey) };
  const scope = { journey, subject, leg, ownerOf };
  if (denied && claim.checkDenied) return claim.checkDenied(scope, args);
  return turned((claim as WalkClaim).check(scope, args), denied);
}

function turned(finding: Finding, denied: boolean): Finding {
  return denied ? { ...finding, holds: !finding.holds } : finding;
}

/** Why there is nothing to speak of. */
function absence({ subject }: Statement, journey: Journey): string {
  const seen = outcomeWords(journey.outcome);
  const request = legOf(journey, 'it');
  if (!request) return `nothing was sent; ${seen}`;
  return subject === 'it'
    ? `nothing was sent; ${seen}`
    : `there was no ${subject}: it ${fateWords(request.fate)}; ${seen}`;
}

/** Reads the parameters, the node first, because chains and devices are looked for there. */
async function readWords({ words }: Statement, scene: Scene, journey: Journey): Promise<Arguments<string>> {
  const visited = new Set(journey.legs.flatMap((leg) => hopsOn(leg).map(({ namespace }) => namespace)));
  const read: Record<string, unknown> = {};
  let reading: Reading = { scene, node: undefined, visited: [...visited] };
  if (words['node'] !== undefined) {
    const node = await READERS.node(words['node'], reading);
    read['node'] = node;
    reading = { ...reading, node };
  }
  for (const [name, text] of Object.entries(words)) {
    if (name !== 'node') read[name] = await READERS[name as KindName](text, reading);
  }
  if (read['number'] !== undefined && read['chain'] !== undefined) {
    await checkRule(read['number'] as number, read['chain'] as ChainName, reading);
  }
  return read as Arguments<string>;
}

/** A rule must be there, and in one table only, or the claim could mean another one than its author. */
async function checkRule(number: number, name: ChainName, { scene, node, visited }: Reading): Promise<void> {
  const where = node === undefined ? '' : ` on ${node}`;
  let most = 0;
  for (const places of node === undefined ? [visited, await scene.namespaces()] : [[node]]) {
    const counts = await ruleCounts(name, places, scene);
    const tables = TABLES.filter((table) => (counts.get(table) ?? 0) >= number);
    if (tables.length === 1) return;
    if (tables.length > 1) {
      const example = `rule ${number} of ${tables[0]} ${name.chain}`;
      throw new ClaimMistake(`\`${name.chain}\` is in ${tables.join(' and ')}${where}; name the table: \`${example}\``);
    }
    most = Math.max(most, ...counts.values());
  }
  const has = most === 1 ? '1 rule' : `${most} rules`;
  throw new ClaimMistake(`no rule ${number} in \`${name.chain}\`${where}: it has ${has}`);
}

/** How many rules a chain has, by table; the longest where nodes differ. */
async function ruleCounts(name: ChainName, places: readonly string[], scene: Scene): Promise<Map<TableName, number>> {
  const counts = new Map<TableName, number>();
  for (const place of places) {
    for (const [table, { chains }] of await scene.rules(place)) {
      const rules = chains.get(name.chain)?.rules.length;
      if (rules === undefined || !isChain(name, table, name.chain)) continue;
      counts.set(table, Math.max(counts.get(table) ?? 0, rules));
    }
  }
  return counts;
}
