/** `-m conntrack`: what connection tracking knows of a packet (xt_conntrack.c, revision 3). */
import type { Connection } from '../../conntrack/connection.js';
import type { Evaluation } from '../../rule.js';
import { refusal } from '../../text/word.js';
import { type ConnectionCondition, readConnectionConditions } from '../connection-conditions.js';
import type { MatchExtension, Options } from '../extension.js';
import { readStates, STATES, stateBit } from '../states.js';
import { connectionOf, stateOf } from '../tracking.js';

const OPTIONS = [
  'ctstate',
  'ctproto',
  'ctorigsrc',
  'ctorigdst',
  'ctreplsrc',
  'ctrepldst',
  'ctorigsrcport',
  'ctorigdstport',
  'ctreplsrcport',
  'ctrepldstport',
  'ctstatus',
  'ctexpire',
] as const;

export const conntrack: MatchExtension = {
  name: 'conntrack',
  options: [...OPTIONS.map((name) => ({ name, takes: 1, negatable: true }) as const), { name: 'ctdir', takes: 1 }],
  build(options) {
    if (options.size === 0) {
      throw refusal(options.at, 'missing-option', 'conntrack: At least one option is required');
    }
    const state = readStateCondition(options);
    const conditions = readConnectionConditions(options);
    const all = [...(state ? [state] : []), ...conditions];
    return {
      extension: 'conntrack',
      text: [
        '-m conntrack',
        ...all.map(({ option, value, negated }) => `${negated ? '! ' : ''}--${option} ${value}`),
      ].join(' '),
      listing: all.map(({ option, value, negated }) => `${negated ? '! ' : ''}${option} ${value}`).join(' '),
      tracks: true,
      test: (evaluation) => test(evaluation, state, conditions),
      explain: (evaluation) => explain(evaluation, state, conditions),
      ...(state && {
        guard: {
          family: {
            name: `ctstate ${state.negated ? '! ' : ''}${state.value}`,
            strength: 6,
            watches: 'connection' as const,
            valueOf: (evaluation: Evaluation) => (stateHolds(evaluation, state) ? 1 : 0),
          },
          value: 1,
        },
      }),
    };
  },
};

interface StateCondition {
  readonly option: 'ctstate';
  readonly value: string;
  readonly bits: number;
  readonly negated: boolean;
}

function readStateCondition(options: Options): StateCondition | undefined {
  const given = options.get('ctstate');
  if (given === undefined) return undefined;
  const bits = readStates(given.values[0]!, STATES, 'ctstate');
  const value = STATES.filter((name) => bits & stateBit(name)).join();
  return { option: 'ctstate', value, bits, negated: given.negated };
}

function stateHolds({ skb }: Evaluation, { bits, negated }: StateCondition): boolean {
  const connection = connectionOf(skb);
  let has = stateBit(stateOf(skb));
  if (connection?.srcNat) has |= stateBit('SNAT');
  if (connection?.dstNat) has |= stateBit('DNAT');
  return ((bits & has) !== 0) !== negated;
}

/** conntrack_mt(): without a connection only the state is asked, and the rest counts as fulfilled if the state was asked. */
function test(
  evaluation: Evaluation,
  state: StateCondition | undefined,
  conditions: readonly ConnectionCondition[],
): boolean {
  if (state && !stateHolds(evaluation, state)) return false;
  const connection = connectionOf(evaluation.skb);
  if (connection === undefined) return state !== undefined;
  return conditions.every((condition) => condition.holds(connection, evaluation) !== condition.negated);
}

function explain(
  evaluation: Evaluation,
  state: StateCondition | undefined,
  conditions: readonly ConnectionCondition[],
): string {
  const { skb } = evaluation;
  const connection = connectionOf(skb);
  if (state && !stateHolds(evaluation, state)) {
    return `${state.negated ? '! ' : ''}--ctstate ${state.value} wanted, the packet is ${stateNames(evaluation, connection)}`;
  }
  if (connection === undefined) {
    return state ? `the packet is ${stateOf(skb)}` : 'a connection wanted, the packet has none';
  }
  const failed = conditions.find((condition) => condition.holds(connection, evaluation) === condition.negated);
  if (failed === undefined) return `the packet is ${stateNames(evaluation, connection)}`;
  const not = failed.negated ? '! ' : '';
  return `${not}--${failed.option} ${failed.value} wanted, the connection has ${failed.actual(connection, evaluation)}`;
}

function stateNames({ skb }: Evaluation, connection: Connection | undefined): string {
  return [stateOf(skb), ...(connection?.srcNat ? ['SNAT'] : []), ...(connection?.dstNat ? ['DNAT'] : [])].join();
}
