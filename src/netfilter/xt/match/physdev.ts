/** `-m physdev`: the bridge ports of a packet that br_netfilter brought here (xt_physdev.c). */
import type { Evaluation, Match, Placement } from '../../rule.js';
import { refusal } from '../../text/word.js';
import type { MatchExtension, Options } from '../extension.js';
import { interfaceMatches } from '../interface-name.js';

const OPTIONS = ['physdev-in', 'physdev-is-in', 'physdev-out', 'physdev-is-out', 'physdev-is-bridged'] as const;
const takesName = (option: string) => option === 'physdev-in' || option === 'physdev-out';

interface Condition {
  readonly option: (typeof OPTIONS)[number];
  readonly name: string;
  readonly negated: boolean;
}

export const physdev: MatchExtension = {
  name: 'physdev',
  options: OPTIONS.map((name) => ({ name, takes: takesName(name) ? 1 : 0, negatable: true }) as const),
  build(options): Match {
    const conditions = OPTIONS.flatMap((option) => read(options, option));
    if (conditions.length === 0) throw refusal(options.at, 'missing-option', 'PHYSDEV: no physdev option specified');
    const text = conditions.map(format).join(' ');
    return {
      extension: 'physdev',
      text: `-m physdev ${text}`,
      listing: `PHYSDEV match ${text}`,
      placement: placementOf(conditions),
      test: (evaluation) => conditions.every((condition) => holds(evaluation, condition)),
      explain(evaluation) {
        const { physIn, physOut } = evaluation.pass;
        const failed = conditions.find((condition) => !holds(evaluation, condition)) ?? conditions[0]!;
        const has = physIn ? `it came through bridge port ${physIn}` : 'it came through no bridge';
        return `${format(failed)} wanted, ${has}${physOut ? ` and leaves through ${physOut}` : ''}`;
      },
    };
  },
};

function read(options: Options, option: Condition['option']): Condition[] {
  const given = options.get(option);
  return given ? [{ option, name: given.values[0]?.text ?? '', negated: given.negated }] : [];
}

function format({ option, name, negated }: Condition): string {
  return `${negated ? '! ' : ''}--${option}${name && ` ${name}`}`;
}

/** physdev_mt(): without a bridge every condition fails but a negated one. A name is compared only where there is a port. */
function holds({ pass }: Evaluation, { option, name, negated }: Condition): boolean {
  const { physIn, physOut } = pass;
  const throughBridge = physIn !== '' || physOut !== '';
  if (!throughBridge) return negated;
  switch (option) {
    case 'physdev-is-in':
      return (physIn !== '') !== negated;
    case 'physdev-is-out':
    case 'physdev-is-bridged':
      return (physOut !== '') !== negated;
    case 'physdev-in':
      return physIn === '' || interfaceMatches(name, physIn) !== negated;
    case 'physdev-out':
      return physOut !== '' && interfaceMatches(name, physOut) !== negated;
  }
}

/** physdev_mt_check(): the outgoing port of a routed packet is not known in time, so OUTPUT may not ask for it. */
function placementOf(conditions: readonly Condition[]): Placement {
  const asksOut = conditions.some(({ option }) => option === 'physdev-out' || option === 'physdev-is-out');
  const bridged = conditions.some(({ option, negated }) => option === 'physdev-is-bridged' && !negated);
  return asksOut && !bridged ? { hooks: ['PREROUTING', 'INPUT', 'FORWARD', 'POSTROUTING'] } : {};
}
