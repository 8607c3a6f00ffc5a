/** The ip sets of one namespace (net/netfilter/ipset/ip_set_core.c). */
import type { Packet } from '../../net/packet.js';
import type { HookPass } from '../hooks.js';

/** Which end of the packet fills each dimension of an element: `src,dst` of `--match-set`. */
export type Directions = readonly ('src' | 'dst')[];

export interface SetStore {
  /** Grows with every change of any set, so that whoever remembers an answer knows when to forget it. */
  readonly generation: number;
  has(name: string): boolean;
  /** Is the packet in the set? False where there is no such set. */
  contains(name: string, directions: Directions, packet: Packet, pass: HookPass): boolean;
  /** Reads what `ipset restore` takes: all of it or, with a NetfilterMistake, nothing. */
  restore(text: string, source?: string): void;
  /** What `ipset save` prints. */
  save(name?: string): string;
}
