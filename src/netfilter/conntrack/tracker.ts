/** What a protocol's tracker says of a packet of a connection (nf_conntrack_handle_packet). */
import type { Connection } from './connection.js';

/**
 * `invalid`: the packet belongs to no connection. `forget`: it does, and it ends it at once. `again`: the connection is
 * over and the packet opens a new one (NF_REPEAT).
 */
export type TrackerVerdict = 'accept' | 'invalid' | 'forget' | 'again';

/** nf_ct_refresh_acct(): the connection lives for so many seconds from now. `now` is virtual time in milliseconds. */
export function refresh(connection: Connection, now: number, seconds: number): void {
  connection.expiresAt = now + seconds * 1000;
}
