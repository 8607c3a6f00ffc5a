/** `-m set`: membership of an ip set (xt_set.c, revision 4). */
import type { Directions, SetHit } from '../../ipset/store.js';
import type { Evaluation, Match } from '../../rule.js';
import { refusal } from '../../text/word.js';
import type { Given, MatchExtension, Options } from '../extension.js';
import { describeDirections, readDirections, refuseUnknownSet } from '../set-reference.js';
import { parseUnsigned } from '../values.js';

const COUNTERS = ['packets', 'bytes'] as const;
const RELATIONS = ['eq', 'lt', 'gt'] as const;

interface CounterCondition {
  readonly counter: (typeof COUNTERS)[number];
  readonly relation: (typeof RELATIONS)[number];
  readonly value: number;
  readonly negated: boolean;
}

interface SetCondition {
  readonly name: string;
  readonly directions: Directions;
  readonly negated: boolean;
  readonly returnNomatch: boolean;
  readonly updatesCounters: boolean;
  readonly updatesSubcounters: boolean;
  readonly counters: readonly CounterCondition[];
}

export const set: MatchExtension = {
  name: 'set',
  options: [
    { name: 'match-set', aliases: ['set'], takes: 2, negatable: true },
    { name: 'return-nomatch', takes: 0 },
    { name: 'update-counters', takes: 0, negatable: true },
    { name: 'update-subcounters', takes: 0, negatable: true },
    ...COUNTERS.flatMap((counter) =>
      RELATIONS.map((relation) => ({ name: `${counter}-${relation}`, takes: 1, negatable: true }) as const),
    ),
  ],
  build(options, head): Match {
    const given = options.get('match-set');
    if (given === undefined) {
      throw refusal(options.at, 'missing-option', "You must specify `--match-set' with proper arguments");
    }
    refuseUnknownSet(given.values[0]!, head);
    const condition = read(given, options);
    const text = save(condition);
    const peek = (evaluation: Evaluation) => holds(condition, evaluation, false);
    return {
      extension: 'set',
      text: `-m set ${text}`,
      listing: text.replaceAll('--', ''),
      test: (evaluation) => holds(condition, evaluation, condition.updatesCounters),
      peek,
      explain: (evaluation) => explain(condition, evaluation),
      guard: {
        family: {
          name: `set ${text}`,
          strength: 14,
          watches: 'sets',
          // A set that counts has to be asked each time, for it counts whatever becomes of the rule.
          valueOf: (evaluation) => (!evaluation.sets.counts(condition.name) && peek(evaluation) === false ? 0 : 1),
        },
        value: 1,
      },
    };
  },
};

function read({ values, negated }: Given, options: Options): SetCondition {
  return {
    name: values[0]!.text,
    directions: readDirections(values[1]!),
    negated,
    returnNomatch: options.has('return-nomatch'),
    updatesCounters: !options.negated('update-counters'),
    updatesSubcounters: !options.negated('update-subcounters'),
    counters: COUNTERS.flatMap((counter) =>
      RELATIONS.flatMap((relation): CounterCondition[] => {
        const given = options.get(`${counter}-${relation}`);
        return given ? [{ counter, relation, value: readCounter(given), negated: given.negated }] : [];
      }),
    ),
  };
}

function readCounter({ values }: Given): number {
  const word = values[0]!;
  const value = parseUnsigned(word.text, Number.MAX_SAFE_INTEGER);
  if (value === undefined) throw refusal(word, 'bad-argument', `can't parse --packets/bytes value \`${word.text}'`);
  return value;
}

function save(condition: SetCondition): string {
  const { name, directions, negated, returnNomatch, updatesCounters, updatesSubcounters, counters } = condition;
  return [
    `${negated ? '! ' : ''}--match-set ${name} ${directions.join()}`,
    ...(returnNomatch ? ['--return-nomatch'] : []),
    ...(updatesCounters ? [] : ['! --update-counters']),
    ...(updatesSubcounters ? [] : ['! --update-subcounters']),
    ...counters.map(saveCounter),
  ].join(' ');
}

function saveCounter({ counter, relation, value, negated }: CounterCondition): string {
  return `${negated ? '! ' : ''}--${counter}-${relation} ${value}`;
}

/** set_match_v4(). A set that is not there cannot be in a rule of the kernel, so nothing can be said of it. */
function holds(condition: SetCondition, evaluation: Evaluation, count: boolean): boolean | 'unknown' {
  const { name, directions, negated, returnNomatch, counters } = condition;
  const { sets, skb, pass } = evaluation;
  if (!sets.has(name)) return 'unknown';
  const hit = sets.find(name, directions, skb, pass, { returnNomatch, count });
  if ((hit !== undefined) === negated) return false;
  return hit === undefined || counters.every((counter) => counterHolds(counter, hit));
}

function counterHolds({ counter, relation, value, negated }: CounterCondition, hit: SetHit): boolean {
  const has = hit[counter];
  if (has === undefined) return true;
  const is = relation === 'eq' ? has === value : relation === 'lt' ? has < value : has > value;
  return is !== negated;
}

function explain(condition: SetCondition, { sets, skb, pass }: Evaluation): string {
  const { name, directions, negated, returnNomatch, counters } = condition;
  if (!sets.has(name)) return `there is no ip set ${name}`;
  const wanted = `${negated ? '! ' : ''}--match-set ${name} ${directions.join()}`;
  const hit = sets.find(name, directions, skb, pass, { returnNomatch });
  const is = `${describeDirections(directions, skb, pass)} is ${hit ? '' : 'not '}in the set`;
  const failed = hit && counters.find((counter) => !counterHolds(counter, hit));
  return failed ? `${saveCounter(failed)} wanted, the element has ${hit[failed.counter]}` : `${wanted} wanted, ${is}`;
}
