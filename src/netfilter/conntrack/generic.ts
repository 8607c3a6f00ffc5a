/** The tracker of every protocol without one of its own (nf_conntrack_proto_generic.c). */
import type { Connection } from './connection.js';
import { refresh } from './tracker.js';

/** Seconds. */
const TIMEOUT = 600;

export function trackGeneric(connection: Connection, now: number): void {
  refresh(connection, now, TIMEOUT);
}
