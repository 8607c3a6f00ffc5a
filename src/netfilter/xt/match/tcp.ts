/** `-m tcp`: ports, flags and options of a TCP segment (xt_tcpudp.c, libxt_tcp.c). */
import { TCP, TCP_FLAGS } from '../../../net/packet.js';
import type { Evaluation } from '../../rule.js';
import { refusal, type Word } from '../../text/word.js';
import type { Given, MatchExtension } from '../extension.js';
import {
  listPorts,
  type PortCondition,
  portGuard,
  portHolds,
  readPortCondition,
  savePorts,
} from '../port-condition.js';
import { hex, parseUnsigned } from '../values.js';

/** In the order in which iptables prints them. */
const FLAG_NAMES = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'] as const;
const ALL_FLAGS = 0x3f;

interface FlagCondition {
  readonly mask: number;
  readonly set: number;
  readonly negated: boolean;
}

export const tcp: MatchExtension = {
  name: 'tcp',
  options: [
    { name: 'source-port', aliases: ['sport'], takes: 1, negatable: true, readByHand: true },
    { name: 'destination-port', aliases: ['dport'], takes: 1, negatable: true, readByHand: true },
    { name: 'syn', takes: 0, negatable: true },
    { name: 'tcp-flags', takes: 2, negatable: true, readByHand: true },
    { name: 'tcp-option', takes: 1, negatable: true, readByHand: true },
  ],
  build(options) {
    const sport = readPortCondition(options.get('source-port'));
    const dport = readPortCondition(options.get('destination-port'));
    const flags = readFlags(options.get('tcp-flags') ?? options.get('syn'));
    const option = options.get('tcp-option');
    const optionNumber = option && readOption(option.values[0]!);
    return {
      extension: 'tcp',
      text: [
        '-m tcp',
        ...savePorts(sport, dport),
        ...(option ? [`${option.negated ? '! ' : ''}--tcp-option ${optionNumber}`] : []),
        ...(flags ? [saveFlags(flags)] : []),
      ].join(' '),
      listing: [
        'tcp',
        ...listPorts(sport, dport),
        ...(option ? [`option=${option.negated ? '!' : ''}${optionNumber}`] : []),
        ...(flags ? [`flags:${flags.negated ? '!' : ''}0x${octet(flags.mask)}/0x${octet(flags.set)}`] : []),
      ].join(' '),
      named: [
        'tcp',
        ...listPorts(sport, dport, 'tcp'),
        ...(option ? [`option=${option.negated ? '!' : ''}${optionNumber}`] : []),
        ...(flags ? [`flags:${flags.negated ? '!' : ''}${flagNames(flags.mask)}/${flagNames(flags.set)}`] : []),
      ].join(' '),
      placement: { protocols: [TCP] },
      test(evaluation) {
        const { payload } = evaluation.skb.packet;
        if (payload.kind !== 'tcp') return false;
        if (!portHolds(sport, payload.sport) || !portHolds(dport, payload.dport)) return false;
        if (flags && ((payload.flags & flags.mask) === flags.set) === flags.negated) return false;
        return option ? 'unknown' : true;
      },
      explain: (evaluation) => explain(evaluation, sport, dport, flags, optionNumber),
      ...portGuard('tcp', sport, dport),
    };
  },
};

function readFlags(given: Given | undefined): FlagCondition | undefined {
  if (given === undefined) return undefined;
  const { negated, values } = given;
  if (values.length === 0) {
    return { mask: TCP_FLAGS.FIN | TCP_FLAGS.SYN | TCP_FLAGS.RST | TCP_FLAGS.ACK, set: TCP_FLAGS.SYN, negated };
  }
  return { mask: readFlagNames(values[0]!), set: readFlagNames(values[1]!), negated };
}

function readFlagNames(word: Word): number {
  let flags = 0;
  for (const item of word.text.split(',')) {
    const name = item.toUpperCase();
    if (name === 'ALL') flags |= ALL_FLAGS;
    else if (name in TCP_FLAGS) flags |= TCP_FLAGS[name as keyof typeof TCP_FLAGS];
    else if (name !== 'NONE') throw refusal(word, 'bad-argument', `Unknown TCP flag \`${item}'`);
  }
  return flags;
}

function flagNames(flags: number): string {
  return FLAG_NAMES.filter((name) => flags & TCP_FLAGS[name]).join() || 'NONE';
}

function saveFlags({ mask, set, negated }: FlagCondition): string {
  return `${negated ? '! ' : ''}--tcp-flags ${flagNames(mask)} ${flagNames(set)}`;
}

function octet(number: number): string {
  return number.toString(16).toUpperCase().padStart(2, '0');
}

function readOption(word: Word): number {
  const number = parseUnsigned(word.text, 255);
  if (number === undefined || number < 1) throw refusal(word, 'bad-argument', `Bad TCP option "${word.text}"`);
  return number;
}

function explain(
  { skb }: Evaluation,
  sport: PortCondition | undefined,
  dport: PortCondition | undefined,
  flags: FlagCondition | undefined,
  option: number | undefined,
): string {
  const { payload } = skb.packet;
  if (payload.kind !== 'tcp') return 'tcp wanted, the packet is not TCP';
  const [text = 'nothing'] = savePorts(
    portHolds(sport, payload.sport) ? undefined : sport,
    portHolds(dport, payload.dport) ? undefined : dport,
  );
  if (text !== 'nothing') return `${text} wanted, the packet goes from port ${payload.sport} to port ${payload.dport}`;
  if (flags && ((payload.flags & flags.mask) === flags.set) === flags.negated) {
    return `${saveFlags(flags)} wanted, the packet has ${flagNames(payload.flags)}`;
  }
  if (option !== undefined) return `--tcp-option ${option}: TCP options are not modelled`;
  return `the ports (${payload.sport} to ${payload.dport}) and flags (${hex(payload.flags)}) are as wanted`;
}
