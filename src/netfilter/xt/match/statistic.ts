/** `-m statistic`: one packet in n, or each with a probability (xt_statistic.c). */
import type { Match } from '../../rule.js';
import { refusal } from '../../text/word.js';
import type { MatchExtension, Options } from '../extension.js';
import { readUnsigned } from '../values.js';

/** Probabilities are kept as 31-bit fractions. */
const ONE = 0x80000000;

export const statistic: MatchExtension = {
  name: 'statistic',
  options: [
    { name: 'mode', takes: 1 },
    { name: 'probability', takes: 1, negatable: true },
    { name: 'every', takes: 1, negatable: true },
    { name: 'packet', takes: 1 },
  ],
  build(options) {
    const mode = options.word('mode');
    switch (mode?.text) {
      case undefined:
      case 'random':
        return random(options);
      case 'nth':
        return nth(options);
      default:
        throw refusal(mode!, 'bad-argument', `Bad mode "${mode!.text}"`);
    }
  },
};

function random(options: Options): Match {
  const given = options.get('probability');
  if (given === undefined) {
    throw refusal(options.at, 'missing-option', '--probability must be specified when using random mode');
  }
  const word = given.values[0]!;
  const number = /^[0-9]*\.?[0-9]+(e[-+]?[0-9]+)?$/i.test(word.text) ? Number(word.text) : Number.NaN;
  if (!(number >= 0 && number <= 1)) {
    const says = 'statistic: bad value for option "--probability", or out of range (0-1).\n';
    throw refusal(word, 'bad-argument', says);
  }
  const threshold = Math.round(number * ONE);
  const not = given.negated ? '! ' : '';
  const text = `mode random ${not}--probability ${(threshold / ONE).toFixed(11)}`;
  return {
    extension: 'statistic',
    text: `-m statistic --${text}`,
    listing: `statistic ${text.replace('--', '')}`,
    test: ({ host }) => Math.floor(host.random() * ONE) < threshold !== given.negated,
    peek: () => (threshold === 0 ? given.negated : threshold === ONE ? !given.negated : 'unknown'),
    explain: () => `--${text}: chance decided`,
  };
}

function nth(options: Options): Match {
  const every = options.get('every');
  if (every === undefined && !options.has('packet')) {
    throw refusal(options.at, 'missing-option', '--every and --packet must be specified when using nth mode');
  }
  const period = every ? readUnsigned('statistic', every, 1, 0xffffffff) : 0;
  const position = options.get('packet');
  if (position === undefined) {
    throw refusal(every!.option, 'missing-option', 'statistic: option "--every" also requires "--packet".\n');
  }
  const packet = readUnsigned('statistic', position, 0, 0xffffffff);
  if (packet >= period) {
    throw refusal(options.word('packet')!, 'bad-argument', 'the --packet p must be 0 <= p <= n-1');
  }
  const negated = every!.negated;
  const text = `mode nth ${negated ? '! ' : ''}--every ${period} --packet ${packet}`;
  const start = period - 1 - packet;
  let count = start;
  return {
    extension: 'statistic',
    text: `-m statistic --${text}`,
    listing: `statistic ${text.replaceAll('--', '')}`,
    test() {
      count = count === period - 1 ? 0 : count + 1;
      return (count === 0) !== negated;
    },
    peek: () => (count === period - 1) !== negated,
    explain: () =>
      `--${text}: ${count === period - 1 ? 'the next packet is' : `${period - 1 - count} more packets until`} the one`,
    reset() {
      count = start;
    },
  };
}
