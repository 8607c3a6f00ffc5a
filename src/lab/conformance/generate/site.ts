/** Where a rule stands, and what it may speak of there. */
import type { Hook, TableName } from '../../../netfilter/hooks.js';
import type { Lexicon } from './lexicon.js';

export interface Site extends Lexicon {
  readonly table: TableName;
  readonly chain: string;
  /** The hooks that the chain may be reached from. A built-in chain has its own. */
  readonly hooks: readonly Hook[];
  readonly builtIn: boolean;
  /** Devices of the namespace, lo among them. */
  readonly devices: readonly string[];
  /** Own addresses of the namespace. */
  readonly own: readonly string[];
  readonly sets: readonly MadeSet[];
}

export interface MadeSet {
  readonly name: string;
  /** `ip`, `net`, `port` ... one for each direction that a rule names. */
  readonly dimensions: readonly string[];
  /** May a rule add to it? */
  readonly learns: boolean;
  readonly counts: boolean;
}

export type Protocol = 'tcp' | 'udp' | 'icmp' | undefined;

/** Only where each hook of the chain is one of these. */
export function only({ hooks }: Site, ...allowed: Hook[]): boolean {
  return hooks.every((hook) => allowed.includes(hook));
}
