/** The state machine of nf_conntrack_proto_tcp.c (tcp_conntracks) and its time limits (tcp_timeouts). */
import { TCP_FLAGS } from '../../net/packet.js';
import type { Direction, SegmentKind, TcpState } from './connection.js';

/** INVALID (sIV): the segment belongs to no connection. IGNORE (sIG): it passes, and the entry stays as it is. */
export type NextState = TcpState | 'INVALID' | 'IGNORE';

/** The columns of the table below. */
export const TCP_STATES: readonly TcpState[] = [
  'NONE',
  'SYN_SENT',
  'SYN_RECV',
  'ESTABLISHED',
  'FIN_WAIT',
  'CLOSE_WAIT',
  'LAST_ACK',
  'TIME_WAIT',
  'CLOSE',
  'SYN_SENT2',
];

const ABBREVIATIONS: Readonly<Record<string, NextState>> = {
  SS: 'SYN_SENT',
  SR: 'SYN_RECV',
  ES: 'ESTABLISHED',
  FW: 'FIN_WAIT',
  CW: 'CLOSE_WAIT',
  LA: 'LAST_ACK',
  TW: 'TIME_WAIT',
  CL: 'CLOSE',
  S2: 'SYN_SENT2',
  IV: 'INVALID',
  IG: 'IGNORE',
};

function row(text: string): Readonly<Record<TcpState, NextState>> {
  const next = text.split(' ').map((word) => ABBREVIATIONS[word]!);
  return Object.fromEntries(TCP_STATES.map((state, index) => [state, next[index]!])) as Record<TcpState, NextState>;
}

export const TCP_CONNTRACKS: Readonly<
  Record<Direction, Readonly<Record<SegmentKind, Readonly<Record<TcpState, NextState>>>>>
> = {
  original: {
    //           NO SS SR ES FW CW LA TW CL S2
    syn: row('SS SS IG IG IG IG IG SS SS S2'),
    synack: row('IV IV SR IV IV IV IV IV IV SR'),
    fin: row('IV IV FW FW LA LA LA TW CL IV'),
    ack: row('ES IV ES ES CW CW TW TW CL IV'),
    rst: row('IV CL CL CL CL CL CL CL CL CL'),
    none: row('IV IV IV IV IV IV IV IV IV IV'),
  },
  reply: {
    //           NO SS SR ES FW CW LA TW CL S2
    syn: row('IV S2 IV IV IV IV IV SS IV S2'),
    synack: row('IV SR IG IG IG IG IG IG IG SR'),
    fin: row('IV IV FW FW LA LA LA TW CL IV'),
    ack: row('IV IG SR ES CW CW TW TW CL IG'),
    rst: row('IV CL CL CL CL CL CL CL CL CL'),
    none: row('IV IV IV IV IV IV IV IV IV IV'),
  },
};

/** Seconds. */
export const TCP_TIMEOUTS: Readonly<Record<TcpState, number>> = {
  NONE: 0,
  SYN_SENT: 120,
  SYN_RECV: 60,
  ESTABLISHED: 432_000,
  FIN_WAIT: 120,
  CLOSE_WAIT: 60,
  LAST_ACK: 30,
  TIME_WAIT: 120,
  CLOSE: 10,
  SYN_SENT2: 120,
};

/** Seconds that a connection lives while data waits for its acknowledgement, or while nobody has answered at all. */
export const TCP_TIMEOUT_UNACKNOWLEDGED = 300;

const { FIN, SYN, RST, ACK, PSH, URG } = TCP_FLAGS;

/** Combinations of flags that make sense, PSH apart (tcp_valid_flags). */
const VALID_FLAGS: ReadonlySet<number> = new Set([
  SYN,
  SYN | URG,
  SYN | ACK,
  RST,
  RST | ACK,
  FIN | ACK,
  FIN | ACK | URG,
  ACK,
  ACK | URG,
]);

export function validFlags(flags: number): boolean {
  return VALID_FLAGS.has(flags & ~PSH & 63);
}

/** get_conntrack_index(). */
export function segmentKind(flags: number): SegmentKind {
  if (flags & RST) return 'rst';
  if (flags & SYN) return flags & ACK ? 'synack' : 'syn';
  if (flags & FIN) return 'fin';
  return flags & ACK ? 'ack' : 'none';
}
