/** Why a packet missed a rule or a chain that somebody expected it to meet. */
import type { Rule } from '../../netfilter/rule.js';
import { explainRule } from '../../netfilter/rules/rule-holds.js';
import type { Missed } from '../claims/claim.js';
import type { Scene } from '../claims/scene.js';
import type { Leg } from '../journey.js';
import { type ChainStep, type ChainVisit, chainVisits, isBuiltin, isChain } from '../questions/chains.js';
import { hopsOn, type Moment } from '../questions/moments.js';
import { recall } from './recall.js';
import { shortRule } from './walk.js';

/** Sentences, most telling first; conditions that failed are indented. */
export async function explainMissed(leg: Leg, missed: Missed, scene: Scene): Promise<string[]> {
  const { chain, rule, node } = missed;
  const visits = chainVisits(leg, node);
  const inside = visits.filter((visit) => isChain(chain, visit.table, visit.chain));
  if (inside.length === 0) return explainNotEntered(leg, missed, visits, scene);
  if (rule === undefined) return [];
  const told = await Promise.all(inside.map((visit) => explainNotMatched(visit, rule, scene)));
  return told.flat();
}

/** More rules than these are no explanation. */
const FEW = 3;

/**
 * A packet was dropped or rejected after a short chain let it fall through: why none of its rules took it. So ends what
 * nobody allowed: the last rule drops it, and what is missing is a match before.
 */
export async function explainFallThrough(leg: Leg, scene: Scene): Promise<string[]> {
  const { fate } = leg;
  if ((fate.kind !== 'dropped' && fate.kind !== 'rejected') || fate.by.type !== 'verdict') return [];
  const { table, pass } = fate.by;
  const told: string[] = [];
  for (const visit of chainVisits(leg, fate.namespace)) {
    const [first] = visit.moments;
    const untouched = visit.moments.length === 1 && first?.step.type === 'trace' && first.step.rule === undefined;
    if (!untouched || visit.table !== table || visit.hook !== pass.hook || first.step.number - 1 > FEW) continue;
    for (let number = 1; number < first.step.number; number++)
      told.push(...(await explainNotMatched(visit, number, scene)));
  }
  return told;
}

/** A chain was passed, and its rule `number` did not match: which conditions failed, or who decided before it was reached. */
async function explainNotMatched(visit: ChainVisit, number: number, scene: Scene): Promise<string[]> {
  const { hop, table, chain, moments } = visit;
  const rule = (await scene.rules(hop.namespace)).get(table)?.chains.get(chain)?.rules[number - 1];
  if (rule === undefined) return [];
  const name = `rule ${number} of ${table} ${chain} on ${hop.namespace}`;
  const text = `  -A ${chain} ${shortRule(rule.text)}`;
  const matched = moments.find(({ step }) => step.number === number && step.rule !== undefined);
  if (matched) return [`${name} matched:`, text];
  const after = moments.find((moment) => isBeyond(moment, number));
  if (!after) return [`${name} was not reached:`, ...stopLines(moments.at(-1)!.step)];
  const failed = await explainAt(rule, after, scene);
  const why = failed.length === 0 ? ['what it looks at has changed since, and cannot be recalled'] : failed;
  return [`${name} did not match:`, text, ...why.map((sentence) => `  ✗ ${sentence}`)];
}

/** The rule at which the walk of a chain stopped. */
function stopLines({ chain, number, rule }: ChainStep): string[] {
  if (rule === undefined) return [];
  const left = rule.target.kind === 'jump' || rule.target.kind === 'goto';
  const how = left ? `the walk did not come back from rule ${number}` : `rule ${number} decided before it`;
  return [`  -A ${chain} ${shortRule(rule.text)}`, `  ✗ ${how}`];
}

/** The first step of the visit that comes after rule `number` had its turn: nothing changed the packet in between. */
function isBeyond({ step }: Moment<ChainStep>, number: number): boolean {
  if (step.type === 'verdict') return step.number === undefined || step.number > number;
  return step.rule === undefined || step.number > number;
}

async function explainAt(rule: Rule, moment: Moment<ChainStep>, scene: Scene): Promise<string[]> {
  const { namespace } = moment.hop;
  const [sets, addresses] = [await scene.sets(namespace), await scene.addressesOf(namespace)];
  return explainRule(rule, recall(moment, { sets, addresses }));
}

/** A chain was not entered: what the rules that lead to it lacked. */
async function explainNotEntered(
  leg: Leg,
  missed: Missed,
  visits: readonly ChainVisit[],
  scene: Scene,
): Promise<string[]> {
  const { chain, node } = missed;
  const places = new Set(hopsOn(leg, node).map(({ namespace }) => namespace));
  if (places.size === 0) return [`it never came to ${node ?? 'any node'}`];
  const told: string[] = [];
  const callers = new Set<string>();
  for (const place of places) {
    for (const [table, { chains }] of await scene.rules(place)) {
      if (chain.table !== undefined && chain.table !== table) continue;
      for (const caller of chains.values()) {
        const numbers = leadingTo(chain.chain, caller.rules);
        if (numbers.length === 0) continue;
        const passed = visits.filter(
          (visit) => visit.hop.namespace === place && visit.table === table && visit.chain === caller.name,
        );
        if (passed.length === 0) callers.add(`${table} ${caller.name}`);
        for (const visit of passed) {
          for (const number of numbers) told.push(...(await explainNotMatched(visit, number, scene)));
        }
      }
    }
  }
  if (told.length > 0) return told;
  if (callers.size > 0)
    return [
      `only ${[...callers].join(', ')} ${callers.size === 1 ? 'leads' : 'lead'} to ${chain.chain}, and it did not come there`,
    ];
  const loaded = await Promise.all([...places].map(async (place) => (await scene.rules(place)).values()));
  const exists = loaded.some((tables) => [...tables].some((table) => table.chains.has(chain.chain)));
  if (!exists) return [`${chain.chain} is not loaded on ${[...places].join(', ')}`];
  return isBuiltin(chain.table ?? 'mangle', chain.chain) ? [] : [`no rule leads to ${chain.chain}`];
}

function leadingTo(chain: string, rules: readonly Rule[]): number[] {
  return rules.flatMap(({ target }, index) =>
    (target.kind === 'jump' || target.kind === 'goto') && target.chain === chain ? [index + 1] : [],
  );
}
