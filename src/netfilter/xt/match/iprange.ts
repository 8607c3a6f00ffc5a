/** `-m iprange`: addresses from one to another (xt_iprange.c). */
import { formatIpv4, parseIpv4 } from '../../../net/ipv4.js';
import type { Evaluation } from '../../rule.js';
import { refusal } from '../../text/word.js';
import type { Given, MatchExtension } from '../extension.js';
import { type Range, within } from '../values.js';

const SIDES = [
  { option: 'src-range', side: 'src', listed: 'source IP range' },
  { option: 'dst-range', side: 'dst', listed: 'destination IP range' },
] as const;

interface Condition {
  readonly option: string;
  readonly side: 'src' | 'dst';
  readonly listed: string;
  readonly range: Range;
  readonly negated: boolean;
}

export const iprange: MatchExtension = {
  name: 'iprange',
  options: SIDES.map(({ option }) => ({ name: option, takes: 1, negatable: true }) as const),
  build(options) {
    const conditions = SIDES.flatMap((one): Condition[] => {
      const given = options.get(one.option);
      return given ? [{ ...one, range: read(given), negated: given.negated }] : [];
    });
    if (conditions.length === 0) {
      const says = "iprange match: You must specify `--src-range' or `--dst-range'";
      throw refusal(options.at, 'missing-option', says);
    }
    return {
      extension: 'iprange',
      text: ['-m iprange', ...conditions.map(save)].join(' '),
      listing: conditions
        .map(({ listed, range, negated }) => `${listed} ${negated ? '! ' : ''}${format(range)}`)
        .join(' '),
      test: (evaluation) => conditions.every((condition) => holds(condition, evaluation)),
      explain(evaluation) {
        const failed = conditions.find((condition) => !holds(condition, evaluation)) ?? conditions[0]!;
        return `${save(failed)} wanted, the packet has ${formatIpv4(evaluation.skb.packet[failed.side])}`;
      },
    };
  },
};

function read({ name, values }: Given): Range {
  const word = values[0]!;
  const [first, last = first] = word.text.split('-');
  const [min, max] = [parseIpv4(first!), parseIpv4(last!)];
  if (min === undefined || max === undefined) {
    throw refusal(word, 'bad-argument', `iprange: Bad value for "--${name}" option: "${word.text}"\n`);
  }
  return { min, max };
}

function format({ min, max }: Range): string {
  return `${formatIpv4(min)}-${formatIpv4(max)}`;
}

function save({ option, range, negated }: Condition): string {
  return `${negated ? '! ' : ''}--${option} ${format(range)}`;
}

function holds({ side, range, negated }: Condition, { skb }: Evaluation): boolean {
  return within(range, skb.packet[side]) !== negated;
}
