/**
 * The lines that `-j TRACE` makes the kernel log for a packet, as dmesg shows them (nf_log_trace() of
 * net/netfilter/nf_log.c with nf_log_ip_packet() of nf_log_syslog.c). TCP options are not modelled: there is no OPT.
 */
import {
  ICMP_DEST_UNREACH,
  ICMP_ECHO,
  ICMP_ECHO_REPLY,
  ICMP_FRAG_NEEDED,
  ICMP_REDIRECT,
  isIcmpError,
} from '../net/icmp.js';
import { formatIpv4 } from '../net/ipv4.js';
import { ZERO_MAC } from '../net/mac.js';
import { type IcmpMessage, type Packet, TCP_FLAGS, type TcpSegment } from '../net/packet.js';
import type { TracePoint } from '../netfilter/events.js';
import type { TableName } from '../netfilter/hooks.js';
import type { Leg, Step } from './journey.js';
import { hopsOn } from './questions/moments.js';

/** Every line of a leg on a node, in order; only those of `tables` where given. */
export function traceLines(leg: Leg, node?: string, tables?: readonly TableName[]): string[] {
  return hopsOn(leg, node).flatMap((hop) =>
    hop.steps.flatMap((step, index) =>
      step.type === 'trace' && (tables === undefined || tables.includes(step.table))
        ? [traceLine(step, hop.steps.slice(0, index))]
        : [],
    ),
  );
}

/**
 * One line, without the blank that the kernel leaves at its end. `before`: what happened to the datagram on this visit to
 * the namespace until then, which holds its link header.
 */
export function traceLine(point: TracePoint, before: readonly Step[]): string {
  const { pass, packet, mark } = point;
  const words = [`TRACE: ${tracePlace(point)}`, `IN=${pass.in}`, `OUT=${pass.out}`];
  if (pass.physIn !== '') words.push(`PHYSIN=${pass.physIn}`);
  if (pass.physOut !== '') words.push(`PHYSOUT=${pass.physOut}`);
  if (pass.in !== '') words.push(`MAC=${macHeader(before, pass.in)}`);
  words.push(...ipFields(packet, true));
  if (mark !== 0) words.push(`MARK=0x${mark.toString(16)}`);
  return words.join(' ');
}

/** `filter:FORWARD:rule:1`. */
function tracePlace({ table, chain, kind, number }: TracePoint): string {
  return `${table}:${chain}:${kind}:${number}`;
}

/** The link header as it lies before the packet: destination, source, 0800. Empty on devices without one. */
function macHeader(before: readonly Step[], device: string): string {
  for (let index = before.length - 1; index >= 0; index--) {
    const step = before[index]!;
    if (step.type === 'decapsulated') return '';
    if (step.type !== 'received') continue;
    if (step.dstMac !== undefined && step.srcMac !== undefined) return `${step.dstMac}:${step.srcMac}:08:00`;
    break;
  }
  return device === 'lo' ? `${ZERO_MAC}:${ZERO_MAC}:08:00` : '';
}

function ipFields(packet: Packet, outermost: boolean): string[] {
  const words = [
    `SRC=${formatIpv4(packet.src)}`,
    `DST=${formatIpv4(packet.dst)}`,
    `LEN=${packet.length}`,
    `TOS=${octet(packet.tos & 0x1e)}`,
    `PREC=${octet(packet.tos & 0xe0)}`,
    `TTL=${packet.ttl}`,
    `ID=${packet.id}`,
  ];
  if (packet.df) words.push('DF');
  const { payload } = packet;
  switch (payload.kind) {
    case 'icmp':
      return [...words, ...icmpFields(payload, outermost)];
    case 'tcp':
      return [...words, ...tcpFields(payload)];
    case 'udp':
      return [...words, 'PROTO=UDP', `SPT=${payload.sport}`, `DPT=${payload.dport}`, `LEN=${8 + payload.data}`];
    default:
      return [...words, `PROTO=${packet.protocol}`];
  }
}

function icmpFields(message: IcmpMessage, outermost: boolean): string[] {
  const { type, code } = message;
  const words = ['PROTO=ICMP', `TYPE=${type}`, `CODE=${code}`];
  if (type === ICMP_ECHO || type === ICMP_ECHO_REPLY) words.push(`ID=${message.id}`, `SEQ=${message.seq}`);
  if (type === ICMP_REDIRECT) words.push(`GATEWAY=${formatIpv4(message.gateway ?? 0)}`);
  if (isIcmpError(type)) {
    if (outermost && message.quoted) words.push(`[${ipFields(message.quoted, false).join(' ')} ]`);
    if (type === ICMP_DEST_UNREACH && code === ICMP_FRAG_NEEDED) words.push(`MTU=${message.mtu ?? 0}`);
  }
  return words;
}

/** In the kernel's order. */
const FLAGS = ['URG', 'ACK', 'PSH', 'RST', 'SYN', 'FIN'] as const;

function tcpFields(segment: TcpSegment): string[] {
  return [
    'PROTO=TCP',
    `SPT=${segment.sport}`,
    `DPT=${segment.dport}`,
    `SEQ=${segment.seq}`,
    `ACK=${segment.ack}`,
    `WINDOW=${segment.window}`,
    'RES=0x00',
    ...FLAGS.filter((flag) => (segment.flags & TCP_FLAGS[flag]) !== 0),
    'URGP=0',
  ];
}

function octet(value: number): string {
  return `0x${value.toString(16).toUpperCase().padStart(2, '0')}`;
}
