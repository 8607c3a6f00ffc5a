/**
 * Finds the rules of a long chain that can match a packet without trying them all.
 *
 * Each rule has guards (see Guard in rule.ts): its exact source, its port, its mark under a mask ... The one that fewest
 * rules share decides where the rule is filed; a rule without any is a candidate for every packet. For a packet, one look
 * into each family's hash gives ascending lists of candidates. Whether a candidate matches is still asked of the rule
 * itself, so what matches, what is counted and what is traced are those of the linear walk.
 */
import type { Chain, Evaluation, Guard, GuardFamily, Rule } from '../rule.js';
import { selectorGuards } from './selector-guards.js';

/** Shorter chains are walked. */
const LONG = 16;
/** A family with fewer rules costs more to look into than its rules cost to try. */
const WORTHWHILE = 8;

/** Chains never change: an edited chain is a new object, and gets a new index. */
const INDEXES = new WeakMap<Chain, ChainIndex>();

/** The index of a long chain; undefined for one that is better walked, because it is short or nothing tells its rules apart. */
export function indexOf(chain: Chain): ChainIndex | undefined {
  if (chain.rules.length <= LONG) return undefined;
  let index = INDEXES.get(chain);
  if (!index) {
    index = new ChainIndex(chain.rules);
    INDEXES.set(chain, index);
  }
  return index.tellsApart ? index : undefined;
}

interface Drawer {
  readonly family: GuardFamily;
  /** Ascending numbers of rules, by the guard's value. */
  readonly rules: Map<number | string, number[]>;
}

export class ChainIndex {
  readonly length: number;
  /** Does any guard tell its rules apart? */
  readonly tellsApart: boolean;
  readonly watchesMark: boolean;
  readonly watchesConnection: boolean;
  readonly watchesSets: boolean;
  readonly #drawers: readonly Drawer[];
  readonly #unguarded: readonly number[];

  constructor(rules: readonly Rule[]) {
    const guards = rules.map(guardsOf);
    const census = takeCensus(guards);
    const drawers = new Map<string, Drawer>();
    const unguarded: number[] = [];
    for (const [number, candidates] of guards.entries()) {
      const guard = mostTelling(candidates, census);
      if (guard) file(drawers, guard, number);
      else unguarded.push(number);
    }
    this.length = rules.length;
    this.#drawers = [...drawers.values()];
    this.#unguarded = unguarded;
    this.tellsApart = drawers.size > 0;
    const watches = (what: GuardFamily['watches']) => this.#drawers.some(({ family }) => family.watches === what);
    this.watchesMark = watches('mark');
    this.watchesConnection = watches('connection');
    this.watchesSets = watches('sets');
  }

  /** Ascending lists that together hold every rule that can match the packet as it is now. */
  candidates(evaluation: Evaluation): (readonly number[])[] {
    const lists: (readonly number[])[] = this.#unguarded.length > 0 ? [this.#unguarded] : [];
    for (const { family, rules } of this.#drawers) {
      const list = rules.get(family.valueOf(evaluation));
      if (list) lists.push(list);
    }
    return lists;
  }
}

/**
 * The guards of a rule. Matches are asked in their order, and one that counts must be asked whenever the kernel would ask
 * it: guards of matches behind it do not tell.
 */
function guardsOf({ selector, matches }: Rule): Guard[] {
  const guards = selectorGuards(selector);
  for (const match of matches) {
    if (match.guard) guards.push(match.guard);
    if (match.peek) break;
  }
  return guards;
}

/** How many rules have a guard, by family and value, and by family. */
type Census = Map<string, { total: number; readonly byValue: Map<number | string, number> }>;

function takeCensus(guards: readonly Guard[][]): Census {
  const census: Census = new Map();
  for (const { family, value } of guards.flat()) {
    let counted = census.get(family.name);
    if (!counted) {
      counted = { total: 0, byValue: new Map() };
      census.set(family.name, counted);
    }
    counted.total++;
    counted.byValue.set(value, (counted.byValue.get(value) ?? 0) + 1);
  }
  return census;
}

function mostTelling(guards: readonly Guard[], census: Census): Guard | undefined {
  let best: Guard | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const guard of guards) {
    const { total, byValue } = census.get(guard.family.name)!;
    const sharing = byValue.get(guard.value)!;
    const isBetter = sharing < fewest || (sharing === fewest && guard.family.strength > best!.family.strength);
    if (total >= WORTHWHILE && isBetter) [best, fewest] = [guard, sharing];
  }
  return best;
}

function file(drawers: Map<string, Drawer>, { family, value }: Guard, number: number): void {
  let drawer = drawers.get(family.name);
  if (!drawer) {
    drawer = { family, rules: new Map() };
    drawers.set(family.name, drawer);
  }
  const list = drawer.rules.get(value);
  if (list) list.push(number);
  else drawer.rules.set(value, [number]);
}
