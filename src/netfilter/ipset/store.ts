/** What the rules of a namespace ask of its ip sets (net/netfilter/ipset/ip_set_core.c). */
import type { HookPass } from '../hooks.js';
import type { Skb } from '../skb.js';

/** Which end of the packet fills each dimension of an element: `src,dst` of `--match-set`. */
export type Directions = readonly ('src' | 'dst')[];

export interface SetLookup {
  /** `--return-nomatch`: true only for what an exception of the set covers. */
  readonly returnNomatch?: boolean;
  /** Adds the packet to the counters of the element that it is in, where the set counts. */
  readonly count?: boolean;
}

/** What the set knows of the element that a packet is in. */
export interface SetHit {
  /** Undefined where the set does not count. */
  readonly packets: number | undefined;
  readonly bytes: number | undefined;
}

export interface SetStore {
  /** Grows with every change of any set, so that whoever remembers an answer knows when to forget it. */
  readonly generation: number;
  has(name: string): boolean;
  /** Is the packet in the set? Undefined where it is not, or where there is no such set. */
  find(name: string, directions: Directions, skb: Skb, pass: HookPass, lookup?: SetLookup): SetHit | undefined;
  /** `-j SET --add-set`, `--del-set`: puts the packet's element in, or takes it out. */
  learn(
    name: string,
    directions: Directions,
    skb: Skb,
    pass: HookPass,
    timeout: number | undefined,
    exist: boolean,
  ): void;
  forget(name: string, directions: Directions, skb: Skb, pass: HookPass): void;
  /** Does the set keep counters? */
  counts(name: string): boolean;
  /** Runs one command of ipset and gives what it prints on stdout. Throws a NetfilterMistake with ipset's own sentence. */
  run(words: readonly string[]): string;
  /** Reads what `ipset restore` takes: all of it or, with a NetfilterMistake, nothing. */
  restore(text: string, source?: string): void;
  /** What `ipset save` prints. */
  save(name?: string): string;
}
