/** The UDP tracker (nf_conntrack_proto_udp.c): an exchange that is answered and still alive after two seconds is a stream. */
import type { Connection } from './connection.js';
import { refresh } from './tracker.js';

/** Seconds. */
const UNREPLIED = 30;
const REPLIED = 120;
const STREAM_AFTER = 2000;

export function trackUdp(connection: Connection, now: number): void {
  if (!connection.confirmed) connection.streamFrom = now + STREAM_AFTER;
  const stream = connection.seenReply && now > connection.streamFrom!;
  if (stream) connection.assured = true;
  refresh(connection, now, stream ? REPLIED : UNREPLIED);
}
