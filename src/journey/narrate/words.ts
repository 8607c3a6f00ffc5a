/** Packets, steps and ends in a few words each: the phrases that claims and narrations are made of. */
import { ICMP_DEST_UNREACH, ICMP_ECHO, ICMP_ECHO_REPLY, ICMP_REDIRECT, ICMP_TIME_EXCEEDED } from '../../net/icmp.js';
import { formatIpv4, formatPrefix } from '../../net/ipv4.js';
import { type Packet, TCP_FLAGS } from '../../net/packet.js';
import { protocolName } from '../../net/protocols.js';
import type { Routed } from '../../stack/events.js';
import type { Decider, Fate, Leg } from '../journey.js';
import type { Outcome } from '../probe.js';
import type { Subject } from '../questions/moments.js';

export const SUBJECTS: Readonly<Record<Subject, string>> = { it: 'it', reply: 'the reply', error: 'the error' };

/** `icmp echo request 10.0.0.1 → 10.0.0.2`, `tcp 10.0.0.1:40000 → 10.0.0.2:80 SYN`. */
export function packetWords(packet: Packet): string {
  const { payload } = packet;
  const [src, dst] = [formatIpv4(packet.src), formatIpv4(packet.dst)];
  switch (payload.kind) {
    case 'icmp':
      return `icmp ${icmpWords(payload.type, payload.code)} ${src} → ${dst}`;
    case 'tcp':
      return `tcp ${src}:${payload.sport} → ${dst}:${payload.dport} ${flagWords(payload.flags)}`;
    case 'udp':
      return `udp ${src}:${payload.sport} → ${dst}:${payload.dport}`;
    default:
      return `${protocolName(packet.protocol) ?? `protocol ${packet.protocol}`} ${src} → ${dst}`;
  }
}

const UNREACHABLE = ['net', 'host', 'protocol', 'port'];

function icmpWords(type: number, code: number): string {
  if (type === ICMP_ECHO) return 'echo request';
  if (type === ICMP_ECHO_REPLY) return 'echo reply';
  if (type === ICMP_DEST_UNREACH)
    return UNREACHABLE[code] ? `${UNREACHABLE[code]} unreachable` : `unreachable, code ${code}`;
  if (type === ICMP_TIME_EXCEEDED) return 'time exceeded';
  if (type === ICMP_REDIRECT) return 'redirect';
  return `type ${type}`;
}

function flagWords(flags: number): string {
  return Object.entries(TCP_FLAGS)
    .filter(([, bit]) => (flags & bit) !== 0)
    .map(([name]) => name)
    .join('+');
}

/** One end of a packet with its port, where it has one. */
export function endWords(packet: Packet, side: 'source' | 'destination'): string {
  const address = formatIpv4(side === 'source' ? packet.src : packet.dst);
  const { payload } = packet;
  if (payload.kind !== 'tcp' && payload.kind !== 'udp') return address;
  return `${address}:${side === 'source' ? payload.sport : payload.dport}`;
}

/** `default via 10.0.0.254 dev eth0`, as ip route would say it. */
export function routeWords({ result, destination, via, device, table }: Routed): string {
  if (result === 'local') return 'for this host';
  if (result === 'no-route') return 'no route';
  const to = destination === undefined || destination.length === 0 ? 'default' : formatPrefix(destination);
  const words = [to.replace(/\/32$/, '')];
  if (result !== 'forward' && result !== 'unicast') words.unshift(result);
  if (via !== undefined) words.push(`via ${formatIpv4(via)}`);
  if (device !== undefined) words.push(`dev ${device}`);
  if (table !== undefined && table !== 'main') words.push(`table ${table}`);
  return words.join(' ');
}

export function markWords(mark: number): string {
  return `0x${mark.toString(16)}`;
}

/** Who decided: `rule 6 of filter cali-tw-cali1`, `the policy of filter FORWARD`, `rp_filter is strict on eth0 ...`. */
export function deciderWords(by: Decider): string {
  switch (by.type) {
    case 'verdict':
      return by.number === undefined
        ? `the ${by.chain} policy (table ${by.table})`
        : `rule ${by.number} of ${by.table} ${by.chain}`;
    case 'dropped':
      return `${by.reason}: ${by.detail}`;
    case 'conntrack-drop':
      return `connection tracking: ${by.reason}`;
    default:
      return by.type;
  }
}

/** What became of a datagram, after its subject: `was dropped on master by rule 6 of filter cali-tw-cali1`. */
export function fateWords(fate: Fate): string {
  switch (fate.kind) {
    case 'delivered':
      return `was delivered to ${fate.namespace} (${fate.to})`;
    case 'dropped':
      return fate.by.type === 'dropped'
        ? `ended on ${fate.namespace}, ${deciderWords(fate.by)}`
        : `was dropped on ${fate.namespace} by ${deciderWords(fate.by)}`;
    case 'rejected':
      return `was rejected with ${fate.with} on ${fate.namespace} by ${deciderWords(fate.by)}`;
    case 'undetermined':
      return `is undetermined on ${fate.namespace}${undeterminedWords(fate)}`;
    case 'vanished':
      return fate.namespace === '' ? 'went nowhere' : `was last seen on ${fate.namespace}`;
  }
}

function undeterminedWords({ by, reason }: Extract<Fate, { kind: 'undetermined' }>): string {
  return by.type === 'verdict' ? `, at ${deciderWords(by)}: ${reason}` : `: ${reason}`;
}

/** What the sender saw: `the sender was answered`. */
export function outcomeWords(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'answered':
      return 'the sender was answered';
    case 'silence':
      return 'the sender heard nothing';
    case 'error':
      return `the sender was told "${outcome.text}"${outcome.from === undefined ? '' : ` by ${outcome.from}`}`;
  }
}

/** `it was dropped on ...`. */
export function legWords(subject: Subject, leg: Leg): string {
  return `${SUBJECTS[subject]} ${fateWords(leg.fate)}`;
}
