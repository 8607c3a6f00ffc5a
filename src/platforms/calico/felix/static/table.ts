/** The chains that Felix writes once at its start, table by table, whatever workloads there are (felix rules/static.go). */
import type { Hook } from '../../../../netfilter/hooks.js';
import type { FelixChain } from '../rule.js';

export interface StaticTable {
  /** The kernel's chains that Felix takes a place at the top of, and the chain of its own that it jumps to. */
  readonly hooks: Readonly<Partial<Record<Hook, string>>>;
  readonly chains: readonly FelixChain[];
}

export const HOST_ENDPOINT_ACCEPTED = 'Host endpoint policy accepted packet.';
