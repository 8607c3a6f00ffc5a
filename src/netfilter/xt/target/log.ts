/** `-j LOG`: a line in the kernel log (xt_LOG.c). */
import { nearest } from '../../../net/did-you-mean.js';
import { refusal, type Word } from '../../text/word.js';
import type { TargetExtension } from '../extension.js';
import { quote } from '../quote.js';
import { parseUnsigned } from '../values.js';

/** Names of syslog by level; where one has two, the second is the one that `-h` tells. */
const LEVELS = ['emerg', 'alert', 'crit', 'error', 'warning', 'notice', 'info', 'debug'];
/** As `iptables -L` prints them. */
const SHOWN_LEVELS = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];
const ALIASES: Readonly<Record<string, number>> = { panic: 0, err: 3, warn: 4 };
const DEFAULT_LEVEL = 4;
const LONGEST_PREFIX = 29;

/** With the bits of XT_LOG_*, in the order in which they are printed. */
const FLAGS = [
  ['log-tcp-sequence', 1],
  ['log-tcp-options', 2],
  ['log-ip-options', 4],
  ['log-uid', 8],
  ['log-macdecode', 32],
] as const;

export const LOG: TargetExtension = {
  name: 'LOG',
  options: [
    { name: 'log-level', takes: 1 },
    { name: 'log-prefix', takes: 1 },
    ...FLAGS.map(([name]) => ({ name, takes: 0 }) as const),
  ],
  build(options) {
    const prefix = readPrefix(options.word('log-prefix'));
    const level = readLevel(options.word('log-level'));
    const flags = FLAGS.filter(([name]) => options.has(name));
    return {
      kind: 'extension',
      name: 'LOG',
      text: [
        ...(prefix === '' ? [] : [`--log-prefix ${quote(prefix)}`]),
        ...(level === DEFAULT_LEVEL ? [] : [`--log-level ${level}`]),
        ...flags.map(([name]) => `--${name}`),
      ].join(' '),
      listing: [
        `LOG flags ${flags.reduce((bits, [, bit]) => bits | bit, 0)} level ${level}`,
        ...(prefix === '' ? [] : [`prefix "${prefix}"`]),
      ].join(' '),
      named: [
        `LOG level ${SHOWN_LEVELS[level]}`,
        ...flags.map(([name]) => name.replace('log-', '')),
        ...(prefix === '' ? [] : [`prefix "${prefix}"`]),
      ].join(' '),
      act(evaluation) {
        evaluation.log(prefix);
        return { verdict: 'CONTINUE' };
      },
    };
  },
};

function readPrefix(word: Word | undefined): string {
  if (word === undefined) return '';
  if (word.text === '') {
    throw refusal(word, 'bad-argument', 'Argument must have a minimum length of 1 characters\n');
  }
  return word.text.slice(0, LONGEST_PREFIX);
}

function readLevel(word: Word | undefined): number {
  if (word === undefined) return DEFAULT_LEVEL;
  const name = word.text.toLowerCase();
  const level = ALIASES[name] ?? (LEVELS.includes(name) ? LEVELS.indexOf(name) : parseUnsigned(name, 7));
  if (level !== undefined) return level;
  const suggestion = nearest(name, LEVELS);
  throw refusal(word, 'bad-argument', `log level "${word.text}" unknown\n`, { suggestion });
}
