/** One packet through one table at one hook: ipt_do_table() of net/ipv4/netfilter/ip_tables.c. */
import type { NetfilterObserver } from '../events.js';
import type { Evaluation, Table } from '../rule.js';

/** What a table says of a packet. STOLEN: a REJECT answered it, and it is gone. */
export type Verdict = 'ACCEPT' | 'DROP' | 'STOLEN' | 'UNDETERMINED';

/**
 * Walks the built-in chain of the evaluation's hook and everything it jumps to. Counters of rules and policies grow,
 * targets act on the evaluation's packet, and the observer is told of every trace point and of a verdict other than
 * ACCEPT. Throws a RangeError where the table has no chain for the hook.
 */
export type Evaluate = (table: Table, evaluation: Evaluation, observe: NetfilterObserver | undefined) => Verdict;
