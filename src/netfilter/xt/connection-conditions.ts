/** The conditions of `-m conntrack` that look into a connection, in the order in which iptables-save prints them. */
import { formatIpv4 } from '../../net/ipv4.js';
import { parseProtocol } from '../../net/protocols.js';
import type { Connection, Direction, Tuple } from '../conntrack/connection.js';
import type { Evaluation } from '../rule.js';
import { refusal } from '../text/word.js';
import type { Given, Options } from './extension.js';
import { formatRange, maskLength, parseUnsigned, readAddressMask, readPorts, within } from './values.js';

export interface ConnectionCondition {
  readonly option: string;
  /** As iptables-save prints it. */
  readonly value: string;
  readonly negated: boolean;
  /** Before negation. */
  holds(connection: Connection, evaluation: Evaluation): boolean;
  /** What the connection has instead, for a person. */
  actual(connection: Connection, evaluation: Evaluation): string;
}

const ADDRESSES = [
  ['ctorigsrc', 'original', 'src'],
  ['ctorigdst', 'original', 'dst'],
  ['ctreplsrc', 'reply', 'src'],
  ['ctrepldst', 'reply', 'dst'],
] as const;

const PORTS = [
  ['ctorigsrcport', 'original', 'sport'],
  ['ctorigdstport', 'original', 'dport'],
  ['ctreplsrcport', 'reply', 'sport'],
  ['ctrepldstport', 'reply', 'dport'],
] as const;

export function readConnectionConditions(options: Options): ConnectionCondition[] {
  return [
    when(options, 'ctproto', protocol),
    ...ADDRESSES.map(([name, direction, side]) => when(options, name, (given) => address(given, direction, side))),
    ...PORTS.map(([name, direction, side]) => when(options, name, (given) => port(given, direction, side))),
    when(options, 'ctstatus', status),
    when(options, 'ctexpire', expiry),
    when(options, 'ctdir', direction),
  ].flat();
}

function when(
  options: Options,
  option: string,
  read: (given: Given) => Omit<ConnectionCondition, 'option' | 'negated'>,
): ConnectionCondition[] {
  const given = options.get(option);
  return given === undefined ? [] : [{ option, negated: given.negated, ...read(given) }];
}

function protocol({ values }: Given) {
  const word = values[0]!;
  const number = parseProtocol(word.text);
  if (number === undefined) throw refusal(word, 'bad-argument', `unknown protocol "${word.text}" specified`);
  return {
    value: `${number}`,
    holds: (connection: Connection) => connection.original.protocol === number,
    actual: (connection: Connection) => `protocol ${connection.original.protocol}`,
  };
}

function address({ values }: Given, direction: Direction, side: 'src' | 'dst') {
  // libxt_conntrack.c takes a host's prefix length here and prints none for a mask that is not one.
  const { address, mask } = readAddressMask(values[0]!);
  const length = maskLength(mask);
  const tuple = (connection: Connection): Tuple => connection[direction];
  return {
    value: `${formatIpv4(address)}${length === undefined || length === 32 ? '' : `/${length}`}`,
    holds: (connection: Connection) => ((tuple(connection)[side] ^ address) & mask) === 0,
    actual: (connection: Connection) => formatIpv4(tuple(connection)[side]),
  };
}

function port({ values }: Given, direction: Direction, side: 'sport' | 'dport') {
  const range = readPorts(values[0]!);
  return {
    value: formatRange(range),
    holds: (connection: Connection) => within(range, connection[direction][side]),
    actual: (connection: Connection) => `port ${connection[direction][side]}`,
  };
}

const STATUS = ['NONE', 'EXPECTED', 'SEEN_REPLY', 'ASSURED', 'CONFIRMED'] as const;

function statusOf(connection: Connection): (typeof STATUS)[number][] {
  return [
    ...(connection.seenReply ? (['SEEN_REPLY'] as const) : []),
    ...(connection.assured ? (['ASSURED'] as const) : []),
    ...(connection.confirmed ? (['CONFIRMED'] as const) : []),
  ];
}

/** NONE is no bit, so it never holds: `! --ctstatus NONE` is always true. */
function status({ values }: Given) {
  const word = values[0]!;
  const items = word.text.split(',').map((item) => item.toUpperCase());
  const unknown = items.find((item) => !STATUS.some((name) => name === item));
  if (unknown !== undefined) throw refusal(word, 'bad-argument', `Bad ctstatus "${unknown}"`);
  const bits = STATUS.filter((name) => name !== 'NONE' && items.includes(name));
  return {
    value: bits.join() || 'NONE',
    holds: (connection: Connection) => statusOf(connection).some((name) => bits.includes(name as never)),
    actual: (connection: Connection) => statusOf(connection).join() || 'NONE',
  };
}

function secondsLeft(connection: Connection, { host }: Evaluation): number {
  return Math.max(0, Math.floor((connection.expiresAt - host.now()) / 1000));
}

function expiry({ values, name }: Given) {
  const word = values[0]!;
  const [first, second, ...rest] = word.text.split(':');
  const min = parseUnsigned(first || '0');
  const max = second === undefined ? min : parseUnsigned(second || '4294967295');
  if (min === undefined || max === undefined || rest.length > 0) {
    const says = `conntrack: bad value for option "--${name}" near "${word.text}", or out of range (0-4294967295).\n`;
    throw refusal(word, 'bad-argument', says);
  }
  return {
    value: formatRange({ min, max }),
    holds: (connection: Connection, evaluation: Evaluation) =>
      within({ min, max }, secondsLeft(connection, evaluation)),
    actual: (connection: Connection, evaluation: Evaluation) => `${secondsLeft(connection, evaluation)} s left`,
  };
}

function direction({ values }: Given) {
  const word = values[0]!;
  const value = word.text.toUpperCase();
  if (value !== 'ORIGINAL' && value !== 'REPLY') {
    throw refusal(word, 'bad-argument', `conntrack: Bad value for "--ctdir" option: "${word.text}"\n`);
  }
  const wanted = value.toLowerCase();
  const directionOf = ({ skb }: Evaluation) => (skb.ct && !skb.ct.untracked ? skb.ct.direction : 'no');
  return {
    value,
    holds: (_: Connection, evaluation: Evaluation) => directionOf(evaluation) === wanted,
    actual: (_: Connection, evaluation: Evaluation) => `this packet in its ${directionOf(evaluation)} direction`,
  };
}
