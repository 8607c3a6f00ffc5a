/**
 * The TCP tracker: nf_conntrack_tcp_packet() with nf_conntrack_tcp_loose=1, so that a connection is picked up in the
 * middle.
 *
 * Not modelled: windows and sequence numbers out of them (every segment is taken to be in its window, a RST to be
 * believed), the shorter life after retransmissions and at a zero window, and RFC 5961 challenge ACKs in LAST_ACK.
 */
import { TCP_FLAGS, type TcpSegment } from '../../net/packet.js';
import type { Connection, Direction, TcpMemory, TcpState } from './connection.js';
import { segmentKind, TCP_CONNTRACKS, TCP_TIMEOUT_UNACKNOWLEDGED, TCP_TIMEOUTS, validFlags } from './tcp-states.js';
import { refresh, type TrackerVerdict } from './tracker.js';

export function trackTcp(
  connection: Connection,
  segment: TcpSegment,
  direction: Direction,
  now: number,
): TrackerVerdict {
  if (!validFlags(segment.flags)) return 'invalid';
  if (!connection.confirmed && !begin(connection, segment)) return 'invalid';

  const memory = connection.tcpMemory!;
  const kind = segmentKind(segment.flags);
  let before: TcpState = connection.tcp!;
  let after = TCP_CONNTRACKS[direction][kind][before];
  if (after === 'INVALID') return 'invalid';
  if (after === 'SYN_SENT' && (before === 'TIME_WAIT' || before === 'CLOSE')) {
    if (memory.closing || (memory.lastDirection === direction && memory.lastKind === 'rst')) return 'again';
    after = 'IGNORE';
  }
  if (after === 'IGNORE') {
    if (!answersIgnoredSyn(memory, segment, direction)) {
      noteLast(memory, segment, direction);
      return 'accept';
    }
    // Both ends are in step and we are not: go on from what the ignored SYN said.
    before = 'SYN_SENT';
    after = 'SYN_RECV';
    memory.closing = false;
    resynchronise(memory, direction);
  }
  if (after === 'SYN_SENT2') memory.simultaneousOpen = true;
  if (after === 'SYN_RECV' && direction === 'reply' && kind === 'ack' && memory.simultaneousOpen) after = 'ESTABLISHED';

  noteSequence(memory, segment, direction);
  noteLast(memory, segment, direction);
  connection.tcp = after;
  if (after === 'FIN_WAIT' && before !== 'FIN_WAIT') memory.closing = true;

  let timeout = TCP_TIMEOUTS[after];
  if (memory.original.unacknowledged || memory.reply.unacknowledged) {
    timeout = Math.min(timeout, TCP_TIMEOUT_UNACKNOWLEDGED);
  }
  if (!connection.seenReply) {
    if (kind === 'rst') return 'forget';
    // A repeated SYN does not renew the time, or a client that keeps trying would keep its translation for ever.
    if (kind === 'syn' && before === 'SYN_SENT') return 'accept';
    if (after === 'ESTABLISHED') timeout = Math.min(timeout, TCP_TIMEOUT_UNACKNOWLEDGED);
  } else if (after === 'ESTABLISHED' && (before === 'SYN_RECV' || before === 'ESTABLISHED')) {
    connection.assured = true;
  }
  refresh(connection, now, timeout);
  return 'accept';
}

/** tcp_new(): can this segment begin a connection? */
function begin(connection: Connection, segment: TcpSegment): boolean {
  if (TCP_CONNTRACKS.original[segmentKind(segment.flags)].NONE === 'INVALID') return false;
  connection.tcp = 'NONE';
  connection.tcpMemory = {
    original: { end: endOf(segment), unacknowledged: false },
    reply: { end: undefined, unacknowledged: false },
    lastKind: 'none',
    lastDirection: 'original',
    lastEnd: 0,
    closing: false,
    simultaneousOpen: false,
  };
  return true;
}

function answersIgnoredSyn(memory: TcpMemory, segment: TcpSegment, direction: Direction): boolean {
  return (
    segmentKind(segment.flags) === 'synack' &&
    memory.lastKind === 'syn' &&
    memory.lastDirection !== direction &&
    segment.ack === memory.lastEnd
  );
}

function resynchronise(memory: TcpMemory, direction: Direction): void {
  const opener = direction === 'reply' ? memory.original : memory.reply;
  opener.end = memory.lastEnd;
  opener.unacknowledged = false;
  memory[direction].end = undefined;
  memory[direction].unacknowledged = false;
}

/** The part of tcp_in_window() that needs no window: who has sent how far, and what has been acknowledged. */
function noteSequence(memory: TcpMemory, segment: TcpSegment, direction: Direction): void {
  const sender = memory[direction];
  const receiver = direction === 'original' ? memory.reply : memory.original;
  const end = endOf(segment);
  if (sender.end === undefined) {
    sender.end = end;
  } else if (((end - sender.end) | 0) > 0) {
    sender.end = end;
    sender.unacknowledged = true;
  }
  if (segment.flags & TCP_FLAGS.ACK && segment.ack === receiver.end) receiver.unacknowledged = false;
}

function noteLast(memory: TcpMemory, segment: TcpSegment, direction: Direction): void {
  memory.lastKind = segmentKind(segment.flags);
  memory.lastDirection = direction;
  memory.lastEnd = endOf(segment);
}

/** segment_seq_plus_len(): SYN and FIN take a sequence number each. */
function endOf({ seq, data, flags }: TcpSegment): number {
  return (seq + data + (flags & TCP_FLAGS.SYN ? 1 : 0) + (flags & TCP_FLAGS.FIN ? 1 : 0)) >>> 0;
}
