/**
 * A journey in a few lines that must be the same on every lab. Left out is what no two runs share: identifications,
 * ephemeral ports, sequence numbers, times; and what nobody caused: retransmissions, which only a patient clock sees.
 */

import type { Fate, Hop, Journey, Leg } from '../../journey/journey.js';
import type { Outcome } from '../../journey/probe.js';
import { formatIpv4 } from '../../net/ipv4.js';
import { type Packet, TCP_FLAGS } from '../../net/packet.js';
import type { TracePoint, Translated } from '../../netfilter/events.js';

/** net.ipv4.ip_local_port_range begins here. */
const EPHEMERAL = 32_768;

export function told({ outcome, legs }: Journey): string[] {
  return [outcomeWords(outcome), ...causedByFirst(legs).flatMap(legLines)];
}

function outcomeWords(outcome: Outcome): string {
  if (outcome.kind !== 'error') return outcome.kind;
  return `error: ${outcome.text}${outcome.from === undefined ? '' : ` (from ${outcome.from})`}`;
}

/**
 * The first request and everything that came of it. What is sent a second time for the same reason is a retransmission;
 * a redirect that no table and no device saw is known to its sender alone.
 */
function causedByFirst(legs: readonly Leg[]): Leg[] {
  const told = new Map<string, Leg>();
  const serials = new Set<number | undefined>();
  for (const leg of legs) {
    const { serial, cause, role, packet } = leg;
    const key = `${role} ${cause} ${packetWords(packet)}`;
    const isFirst = told.size === 0 || serials.has(cause);
    if (!isFirst || told.has(key) || (role === 'redirect' && !leg.hops.some(isShown))) continue;
    told.set(key, leg);
    serials.add(serial);
  }
  const [first, ...others] = told.values();
  // What vanished inside its sender, and nobody complained of.
  return first && others.length === 0 && !first.hops.some(isShown) ? [] : [...told.values()];
}

/** Can anybody outside the kernel see the datagram here? */
function isShown({ steps }: Hop): boolean {
  return steps.some(({ type }) => type === 'trace' || type === 'transmitted' || type === 'received');
}

function legLines(leg: Leg): string[] {
  const { role, packet, fate } = leg;
  return [`${role} ${packetWords(packet)}`, ...leg.hops.flatMap(hopLines), `  ${fateWords(fate)}`];
}

function hopLines({ namespace, in: device, out, steps }: Hop): string[] {
  // A translation shows in what is seen of the packet afterwards, if anything is.
  const last = steps.findLastIndex(({ type }) => type === 'trace' || type === 'transmitted');
  const lines = steps.flatMap((step, index) => {
    if (step.type === 'trace') return [`    ${traceWords(step)}`];
    return step.type === 'translated' && index < last ? [`    ${translationWords(step)}`] : [];
  });
  return [`  ${namespace} ${device ?? '.'} > ${out.join(',') || '.'}`, ...lines];
}

function traceWords({ table, chain, kind, number, pass, packet, mark }: TracePoint): string {
  const words = [`${table}:${chain}:${kind}:${number} IN=${pass.in} OUT=${pass.out}`];
  if (pass.physIn !== '') words.push(`PHYSIN=${pass.physIn}`);
  if (pass.physOut !== '') words.push(`PHYSOUT=${pass.physOut}`);
  words.push(`${packetWords(packet)} ttl ${packet.ttl}`);
  if (mark !== 0) words.push(`mark 0x${mark.toString(16)}`);
  return words.join(' ');
}

function translationWords({ side, nat, target, before, packet }: Translated): string {
  const by = target === undefined ? '' : ` by ${target}`;
  return `${nat} ${side}${by}: ${packetWords(before)} => ${packetWords(packet)}`;
}

/** Of a quoted TCP segment the flags are not among the eight octets that an error must quote. */
function packetWords({ src, dst, payload, protocol }: Packet, quoted = false): string {
  const ends = (sport: string, dport: string) => `${formatIpv4(src)}${sport} > ${formatIpv4(dst)}${dport}`;
  switch (payload.kind) {
    case 'icmp':
      return `${ends('', '')} icmp ${payload.type}/${payload.code}${payload.quoted ? ` [${packetWords(payload.quoted, true)}]` : ''}`;
    case 'tcp':
      return `${ends(`:${port(payload.sport)}`, `:${port(payload.dport)}`)} tcp${quoted ? '' : ` ${flagWords(payload.flags)}`}`;
    case 'udp':
      return `${ends(`:${port(payload.sport)}`, `:${port(payload.dport)}`)} udp`;
    default:
      return `${ends('', '')} protocol ${protocol}`;
  }
}

function port(number: number): string {
  return number >= EPHEMERAL ? '*' : String(number);
}

function flagWords(flags: number): string {
  return Object.entries(TCP_FLAGS)
    .filter(([, bit]) => (flags & bit) !== 0)
    .map(([name]) => name)
    .join('/');
}

function fateWords(fate: Fate): string {
  switch (fate.kind) {
    case 'delivered':
      return `delivered on ${fate.namespace} to ${fate.to.replace(/\d{5}$/, '*')}`;
    case 'vanished':
      return `vanished on ${fate.namespace}`;
    case 'undetermined':
      return `undetermined on ${fate.namespace}`;
    default:
      return `${fate.kind} on ${fate.namespace} by ${deciderWords(fate.by)}`;
  }
}

function deciderWords(by: Extract<Fate, { by: unknown }>['by']): string {
  if (by.type === 'verdict') {
    const rejected = by.rejectWith === undefined ? '' : ` with ${by.rejectWith}`;
    return `${by.table} ${by.chain} ${by.number ?? 'policy'}${rejected}`;
  }
  return by.type === 'dropped' ? by.reason : by.type;
}
