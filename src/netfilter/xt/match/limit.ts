/** `-m limit`: a token bucket for the whole rule (xt_limit.c). */
import type { Match } from '../../rule.js';
import { refusal, type Word } from '../../text/word.js';
import type { MatchExtension, Options } from '../extension.js';
import { readUnsigned } from '../values.js';

/** XT_LIMIT_SCALE: time per packet is kept in ten-thousandths of a second. */
const SCALE = 10_000;
const PER_MILLISECOND = SCALE / 1000;
const UNITS = [
  { name: 'day', word: 'day', period: 24 * 3600 * SCALE },
  { name: 'hour', word: 'hour', period: 3600 * SCALE },
  { name: 'min', word: 'minute', period: 60 * SCALE },
  { name: 'sec', word: 'second', period: SCALE },
];
const DEFAULT_RATE = (3600 * SCALE) / 3;
const DEFAULT_BURST = 5;

export const limit: MatchExtension = {
  name: 'limit',
  options: [
    { name: 'limit', takes: 1 },
    { name: 'limit-burst', takes: 1 },
  ],
  build(options): Match {
    const { cost, burst } = read(options);
    const rate = formatRate(cost);
    const full = cost * burst;
    let credit = full;
    let updatedAt: number | undefined;
    const creditAt = (now: number) =>
      updatedAt === undefined ? credit : Math.min(full, credit + (now - updatedAt) * PER_MILLISECOND);
    return {
      extension: 'limit',
      text: `-m limit --limit ${rate}${burst === DEFAULT_BURST ? '' : ` --limit-burst ${burst}`}`,
      listing: `limit: avg ${rate} burst ${burst}`,
      test({ host }) {
        const now = host.now();
        credit = creditAt(now);
        updatedAt = now;
        if (credit < cost) return false;
        credit -= cost;
        return true;
      },
      peek: ({ host }) => creditAt(host.now()) >= cost,
      explain({ host }) {
        const left = Math.floor(creditAt(host.now()) / cost);
        return `--limit ${rate} with a burst of ${burst}: ${left} more packets allowed now`;
      },
      reset() {
        credit = full;
        updatedAt = undefined;
      },
    };
  },
};

function read(options: Options): { cost: number; burst: number } {
  const rate = options.word('limit');
  const cost = rate ? readRate(rate) : DEFAULT_RATE;
  const given = options.get('limit-burst');
  const burst = given ? readUnsigned('limit', given, 0, 10_000) : DEFAULT_BURST;
  // limit_mt_check(): rate and burst together must fit into the kernel's credits.
  if (burst === 0 || creditsOf((cost * burst) % 2 ** 32) < creditsOf(cost)) {
    throw refusal(options.at, 'bad-argument', 'Numerical result out of range.', {
      speaker: 'iptables',
      exitCode: 1,
      because: 'the kernel cannot count such a rate and burst',
    });
  }
  return { cost, burst };
}

/** HZ * CREDITS_PER_JIFFY, the same for HZ of 250 and of 1000. */
const CREDITS_PER_SECOND = 32_000;

/** user2credits(): in 32 bits, so that two packets a day are already too many at once. */
function creditsOf(time: number): number {
  const large = time > Math.floor(0xffffffff / CREDITS_PER_SECOND);
  const credits = large
    ? Math.floor(time / SCALE) * CREDITS_PER_SECOND
    : Math.floor((time * CREDITS_PER_SECOND) / SCALE);
  return credits % 2 ** 32;
}

/** `5`, `5/s`, `5/min`, `5/hour`, `5/day`: the unit may be cut short anywhere. */
function readRate(word: Word): number {
  const [, digits, unitText] = /^([0-9]+)(?:\/([a-z]+))?$/i.exec(word.text) ?? [];
  const beginning = (unitText ?? 'second').toLowerCase();
  const unit = UNITS.toReversed().find(({ word }) => word.startsWith(beginning));
  if (!unit || !Number(digits)) throw refusal(word, 'bad-argument', `bad rate "${word.text}"'`);
  const cost = Math.floor(unit.period / Number(digits));
  if (cost === 0) throw refusal(word, 'bad-argument', `Rate too fast "${word.text}"`);
  return cost;
}

/** print_rate(): the largest unit that loses nothing to speak of. */
function formatRate(cost: number): string {
  let at = 0;
  while (at + 1 < UNITS.length) {
    const { period } = UNITS[at + 1]!;
    if (cost > period || Math.floor(period / cost) < period % cost) break;
    at++;
  }
  const unit = UNITS[at]!;
  return `${Math.floor(unit.period / cost)}/${unit.name}`;
}
