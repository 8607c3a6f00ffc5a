/** The smallest case that still shows a difference: whatever can go without the difference going, goes. */
import type { NamespaceWords } from '../contract/network.js';
import type { ConformanceCase } from './case.js';
import { simplerRules } from './simpler-rules.js';

type Lists = 'sysctls' | 'routes' | 'rules' | 'ipsets' | 'listens';
const LISTS: readonly Lists[] = ['sysctls', 'routes', 'rules', 'ipsets', 'listens'];

/** `differs`: does this case still show it? It is asked again and again; a case that cannot be built does not. */
export async function shrink(
  one: ConformanceCase,
  differs: (candidate: ConformanceCase) => Promise<boolean>,
): Promise<ConformanceCase> {
  let smallest = one;
  for (let before: ConformanceCase | undefined; before !== smallest; ) {
    before = smallest;
    for (const simpler of PASSES) smallest = await exhaust(smallest, simpler, differs);
  }
  return smallest;
}

/** Simpler cases, boldest first. */
type Pass = (one: ConformanceCase) => readonly ConformanceCase[];

const PASSES: readonly Pass[] = [
  withoutSteps,
  withoutNamespaces,
  withoutTables,
  withoutLists,
  withoutRules,
  withSimplerRules,
];

async function exhaust(
  one: ConformanceCase,
  simpler: Pass,
  differs: (candidate: ConformanceCase) => Promise<boolean>,
): Promise<ConformanceCase> {
  let smallest = one;
  for (let at = 0; ; ) {
    const candidates = simpler(smallest);
    const candidate = candidates[at];
    if (candidate === undefined) return smallest;
    if (await differs(candidate)) smallest = candidate;
    else at++;
    if (smallest === candidate && at >= simpler(smallest).length) at = 0;
    if (candidates.length === 0) return smallest;
  }
}

function withoutSteps(one: ConformanceCase): ConformanceCase[] {
  return without(one.steps).map((steps) => ({ ...one, steps }));
}

/** A namespace goes with its cables, unless something is sent from it or done on it. */
function withoutNamespaces(one: ConformanceCase): ConformanceCase[] {
  const used = new Set(one.steps.map((step) => ('probe' in step ? step.probe.from : 'run' in step ? step.on : '')));
  return Object.keys(one.words)
    .filter((name) => !used.has(name))
    .map((name) => ({
      ...one,
      cables: one.cables.filter((cable) => !cable.split(' = ').some((end) => end.trim().split(' ')[0] === name)),
      words: Object.fromEntries(Object.entries(one.words).filter(([other]) => other !== name)),
    }));
}

function withoutTables(one: ConformanceCase): ConformanceCase[] {
  return eachNamespace(one, (words) =>
    Object.keys(words.iptables ?? {}).map((table) => ({
      ...words,
      iptables: Object.fromEntries(Object.entries(words.iptables ?? {}).filter(([other]) => other !== table)),
    })),
  );
}

function withoutLists(one: ConformanceCase): ConformanceCase[] {
  return eachNamespace(one, (words) =>
    LISTS.flatMap((list) => without(words[list] ?? []).map((lines) => ({ ...words, [list]: lines }))),
  );
}

function withoutRules(one: ConformanceCase): ConformanceCase[] {
  return eachTable(one, without);
}

function withSimplerRules(one: ConformanceCase): ConformanceCase[] {
  return eachTable(one, (lines) =>
    lines.flatMap((line, place) => simplerRules(line).map((simpler) => lines.with(place, simpler))),
  );
}

function eachTable(
  one: ConformanceCase,
  simpler: (lines: readonly string[]) => readonly (readonly string[])[],
): ConformanceCase[] {
  return eachNamespace(one, (words) =>
    Object.entries(words.iptables ?? {}).flatMap(([table, lines]) =>
      simpler(lines).map((fewer) => ({ ...words, iptables: { ...words.iptables, [table]: fewer } })),
    ),
  );
}

function eachNamespace(
  one: ConformanceCase,
  simpler: (words: NamespaceWords) => readonly NamespaceWords[],
): ConformanceCase[] {
  return Object.entries(one.words).flatMap(([name, words]) =>
    simpler(words).map((fewer) => ({ ...one, words: { ...one.words, [name]: fewer } })),
  );
}

/** The list without its halves, then without each of its lines. */
function without<T>(lines: readonly T[]): T[][] {
  const half = lines.length >> 1;
  const halves = lines.length > 3 ? [lines.slice(half), lines.slice(0, half)] : [];
  return [...halves, ...lines.map((_, gone) => lines.filter((__, place) => place !== gone))];
}
