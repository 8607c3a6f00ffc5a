/** `-m addrtype`: what routing takes an address for (xt_addrtype.c). */
import { nearest } from '../../../net/did-you-mean.js';
import { formatIpv4 } from '../../../net/ipv4.js';
import type { Hook } from '../../hooks.js';
import type { AddressType } from '../../host.js';
import type { Evaluation, Guard } from '../../rule.js';
import { refusal } from '../../text/word.js';
import type { MatchExtension, Options } from '../extension.js';

/** In the order in which iptables prints them. */
const TYPES: readonly AddressType[] = [
  'UNSPEC',
  'UNICAST',
  'LOCAL',
  'BROADCAST',
  'ANYCAST',
  'MULTICAST',
  'BLACKHOLE',
  'UNREACHABLE',
  'PROHIBIT',
  'THROW',
  'NAT',
  'XRESOLVE',
];

type Limit = 'in' | 'out';

interface TypeCondition {
  readonly side: 'src' | 'dst';
  readonly types: readonly AddressType[];
  readonly negated: boolean;
}

export const addrtype: MatchExtension = {
  name: 'addrtype',
  options: [
    { name: 'src-type', takes: 1, negatable: true },
    { name: 'dst-type', takes: 1, negatable: true },
    { name: 'limit-iface-in', takes: 0, excludes: ['limit-iface-out'] },
    { name: 'limit-iface-out', takes: 0, excludes: ['limit-iface-in'] },
  ],
  build(options) {
    const conditions = [...read(options, 'src'), ...read(options, 'dst')];
    if (conditions.length === 0) {
      throw refusal(options.at, 'missing-option', 'addrtype: you must specify --src-type or --dst-type');
    }
    const limit: Limit | undefined = options.has('limit-iface-in')
      ? 'in'
      : options.has('limit-iface-out')
        ? 'out'
        : undefined;
    const text = [
      '-m addrtype',
      ...conditions.map(({ side, types, negated }) => `${negated ? '! ' : ''}--${side}-type ${types.join()}`),
      ...(limit ? [`--limit-iface-${limit}`] : []),
    ].join(' ');
    const test = (evaluation: Evaluation) => conditions.every((condition) => holds(evaluation, condition, limit));
    return {
      extension: 'addrtype',
      text,
      listing: [
        'ADDRTYPE match',
        ...conditions.map(({ side, types, negated }) => `${side}-type ${negated ? '!' : ''}${types.join()}`),
        ...(limit ? [`limit-${limit}`] : []),
      ].join(' '),
      test,
      explain: (evaluation) => explain(evaluation, conditions, limit),
      guard: guardOf(text, test),
      ...(limit && { placement: { hooks: HOOKS_WITH[limit] } }),
    };
  },
};

const HOOKS_WITH: Readonly<Record<Limit, readonly Hook[]>> = {
  in: ['PREROUTING', 'INPUT', 'FORWARD'],
  out: ['FORWARD', 'OUTPUT', 'POSTROUTING'],
};

function guardOf(text: string, test: (evaluation: Evaluation) => boolean): Guard {
  const family = {
    name: text,
    strength: 5,
    watches: 'nothing' as const,
    valueOf: (evaluation: Evaluation) => (test(evaluation) ? 1 : 0),
  };
  return { family, value: 1 };
}

function read(options: Options, side: 'src' | 'dst'): TypeCondition[] {
  const given = options.get(`${side}-type`);
  if (given === undefined) return [];
  const word = given.values[0]!;
  const items = word.text.split(',');
  for (const item of items) {
    if (TYPES.some((type) => type === item.toUpperCase())) continue;
    const suggestion = nearest(item.toUpperCase(), TYPES);
    throw refusal(word, 'bad-argument', `addrtype: bad type "${item}"`, { suggestion });
  }
  const wanted = new Set(items.map((item) => item.toUpperCase()));
  return [{ side, types: TYPES.filter((type) => wanted.has(type)), negated: given.negated }];
}

function typeOf({ skb, pass, host }: Evaluation, side: 'src' | 'dst', limit: Limit | undefined): AddressType {
  return host.addressType(skb.packet[side], limit && pass[limit]);
}

function holds(evaluation: Evaluation, { side, types, negated }: TypeCondition, limit: Limit | undefined): boolean {
  return types.includes(typeOf(evaluation, side, limit)) !== negated;
}

function explain(evaluation: Evaluation, conditions: readonly TypeCondition[], limit: Limit | undefined): string {
  const told = conditions.find((condition) => !holds(evaluation, condition, limit)) ?? conditions[0]!;
  const address = formatIpv4(evaluation.skb.packet[told.side]);
  const wanted = `${told.negated ? '! ' : ''}--${told.side}-type ${told.types.join()}`;
  const where = limit && evaluation.pass[limit] ? ` on ${evaluation.pass[limit]}` : '';
  return `${wanted} wanted, ${address} is ${typeOf(evaluation, told.side, limit)}${where}`;
}
