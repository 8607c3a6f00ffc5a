/** `ip rule` (ip/iprule.c, net/core/fib_rules.c). */
import { formatIpv4, formatPrefix, type Prefix, prefixOf } from '../../../net/ipv4.js';
import type { FibRule } from '../../../stack/fib.js';
import { NotSimulated } from '../../failures.js';
import {
  type Arguments,
  complaint,
  firstMatch,
  invalid,
  matches,
  readPrefix,
  readUnsigned,
  rtnetlink,
  unknownCommand,
} from './arguments.js';
import type { IpCall, IpObject } from './ip-call.js';
import { ROUTE_TYPES, tableName } from './names.js';

const COMMANDS = ['list', 'lst', 'show', 'save', 'restore', 'add', 'delete', 'flush'] as const;

const NOT_SIMULATED = [
  ...['not', 'tos', 'dsfield', 'realms', 'protocol', 'tun_id', 'suppress_prefixlength', 'suppress_ifgroup', 'uidrange'],
  ...['l3mdev', 'ipproto', 'sport', 'dport', 'nat', 'goto', 'nop'],
];

export const rule: IpObject = {
  names: ['rule'],
  usage: [
    'ip rule [show [table TABLE]]',
    'ip rule {add|del} [from PREFIX] [to PREFIX] [iif DEV] [oif DEV] [fwmark MARK[/MASK]] [priority NUMBER] {table TABLE | blackhole | unreachable | prohibit}',
    'ip rule flush',
  ],
  run(ip, args) {
    const word = args.take();
    const command = word === undefined ? 'list' : firstMatch(word, COMMANDS);
    switch (command) {
      case 'list':
      case 'lst':
      case 'show':
        return show(ip, args);
      case 'add':
        return add(ip, args);
      case 'delete':
        return remove(ip, args);
      case 'flush':
        if (!args.done) throw new NotSimulated('flushing some rules only is not simulated');
        removeWhere(ip, ({ priority }) => priority !== 0);
        return 0;
      case undefined:
        throw unknownCommand('rule', word!);
      default:
        throw new NotSimulated(`\`ip rule ${command}\` is not simulated`);
    }
  },
};

type Asked = { -readonly [Key in keyof FibRule]: FibRule[Key] | undefined };

function readRule(args: Arguments): Asked {
  const asked: Asked = {
    ...{ priority: undefined, from: undefined, to: undefined, iif: undefined, oif: undefined },
    ...{ fwmark: undefined, action: undefined, table: undefined },
  };
  for (let word = args.take(); word !== undefined; word = args.take()) {
    if (word === 'from' || word === 'to') asked[word] = selector(args.need());
    else if (['preference', 'order', 'priority'].some((keyword) => matches(word!, keyword))) {
      asked.priority = readUnsigned(args.need(), 'preference value is invalid\n');
    } else if (word === 'fwmark') asked.fwmark = readMark(args.need());
    else if (matches(word, 'table') || word === 'lookup') {
      const value = args.need();
      asked.table = tableName(value);
      if (asked.table === undefined) throw invalid('invalid table ID\n', value);
      asked.action = 'lookup';
    } else if (word === 'dev' || word === 'iif') asked.iif = args.need();
    else if (word === 'oif') asked.oif = args.need();
    else if (NOT_SIMULATED.includes(word)) throw new NotSimulated(`\`${word}\` of a rule is not simulated`);
    else asked.action = readAction(word === 'type' ? args.need() : word);
  }
  return asked;
}

/** A prefix of length 0 selects nothing in particular. */
function selector(word: string): Prefix | undefined {
  const { address, length } = readPrefix(word);
  return length === 0 ? undefined : prefixOf(address, length);
}

function readMark(word: string): NonNullable<FibRule['fwmark']> {
  const [value = '', mask] = word.split('/');
  return {
    value: readUnsigned(value, 'fwmark value is invalid\n'),
    mask: mask === undefined ? 0xffffffff : readUnsigned(mask, 'fwmask value is invalid\n'),
  };
}

function readAction(word: string): FibRule['action'] {
  if (word === 'blackhole' || word === 'unreachable' || word === 'prohibit') return word;
  if ((ROUTE_TYPES as readonly string[]).includes(word))
    throw new NotSimulated(`a rule of type ${word} is not simulated`);
  throw invalid('Failed to parse rule type', word);
}

function add({ ns }: IpCall, args: Arguments): number {
  if (args.done) throw complaint('"ip rule add" requires arguments.');
  const asked = readRule(args);
  const { from, to, iif, oif, fwmark, action = 'lookup' } = asked;
  const rules = ns.fib.rules;
  // fib_default_rule_pref(): in front of the second one.
  const priority = asked.priority ?? Math.max(0, (rules[1]?.priority ?? 1) - 1);
  const added: FibRule = {
    priority,
    from,
    to,
    iif,
    oif,
    fwmark,
    action,
    table: action === 'lookup' ? (asked.table ?? 'main') : '',
  };
  if (rules.some((other) => printRule(ns, other) === printRule(ns, added))) throw rtnetlink('File exists');
  ns.fib.addRule(added);
  return 0;
}

function remove(ip: IpCall, args: Arguments): number {
  if (args.done) throw complaint('"ip rule del" requires arguments.');
  const asked = readRule(args);
  const index = ip.ns.fib.rules.findIndex((candidate) => fits(asked, candidate));
  if (index < 0) throw rtnetlink('No such file or directory');
  ip.ns.fib.rules.splice(index, 1);
  return 0;
}

/** rule_find(): what is not asked may be anything. */
function fits(asked: Asked, candidate: FibRule): boolean {
  const keys = Object.keys(asked) as (keyof FibRule)[];
  return keys.every((key) => asked[key] === undefined || JSON.stringify(asked[key]) === JSON.stringify(candidate[key]));
}

function removeWhere({ ns }: IpCall, condition: (rule: FibRule) => boolean): void {
  const kept = ns.fib.rules.filter((one) => !condition(one));
  ns.fib.rules.splice(0, ns.fib.rules.length, ...kept);
}

function show({ ns, out }: IpCall, args: Arguments): number {
  let table: string | undefined;
  for (let word = args.take(); word !== undefined; word = args.take()) {
    if (!matches(word, 'table') && word !== 'lookup')
      throw new NotSimulated(`listing rules by \`${word}\` is not simulated`);
    const value = args.need();
    table = tableName(value);
    if (table === undefined) throw invalid('invalid table id\n', value);
  }
  for (const one of ns.fib.rules) if (table === undefined || one.table === table) out(`${printRule(ns, one)}\n`);
  return 0;
}

function printRule(
  { devices }: IpCall['ns'],
  { priority, from, to, iif, oif, fwmark, action, table }: FibRule,
): string {
  const device = (keyword: string, name: string | undefined) =>
    name === undefined ? [] : [`${keyword} ${name}${devices.has(name) ? '' : ' [detached]'}`];
  const words = [
    `from ${from ? host(from) : 'all'}`,
    ...(to ? [`to ${host(to)}`] : []),
    ...(fwmark
      ? [`fwmark 0x${fwmark.value.toString(16)}${fwmark.mask === 0xffffffff ? '' : `/0x${fwmark.mask.toString(16)}`}`]
      : []),
    ...device('iif', iif),
    ...device('oif', oif),
    action === 'lookup' ? `lookup ${table}` : action,
  ];
  return `${priority}:\t${words.join(' ')}`;
}

/** A whole address goes without its length. */
function host(prefix: Prefix): string {
  return prefix.length === 32 ? formatIpv4(prefix.address) : formatPrefix(prefix);
}
