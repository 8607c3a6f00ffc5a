/** A claim: one thing that a Then can say of a journey, in words, and how to find out whether it holds. */
import type { Journey, Leg } from '../journey.js';
import type { ChainName } from '../questions/chains.js';
import type { Moment, Subject } from '../questions/moments.js';
import type { Kinds } from './kinds.js';

/** What a claim about the sender is given. */
export interface Sight {
  readonly journey: Journey;
  /** What people call the owner of an address. */
  readonly ownerOf: (address: number) => string | undefined;
}

/** What a claim about a datagram is given. */
export interface Scope extends Sight {
  readonly subject: Subject;
  /** The datagram that the subject stands for. */
  readonly leg: Leg;
}

/** What was found, whether it was hoped for or not. */
export interface Finding {
  readonly holds: boolean;
  /** What happened, as a sentence that is true either way: `it was masqueraded on master as 172.16.91.225`. */
  readonly happened: string;
  /** Where it happened: a failure tells the walk up to here. The whole walk where undefined. */
  readonly at?: Moment | undefined;
  /** A chain or a rule of it that was expected: a failure says what kept the packet from it. */
  readonly missed?: Missed | undefined;
}

export interface Missed {
  readonly chain: ChainName;
  /** Undefined where the chain as a whole was expected. */
  readonly rule: number | undefined;
  readonly node: string | undefined;
}

/** The arguments of a pattern: `{node}` is there, `[ on {node}]` may be. */
export type Arguments<P extends string> = {
  readonly [K in Parameter<Compulsory<P>>]: Kinds[K];
} & {
  readonly [K in Exclude<Parameter<P>, Parameter<Compulsory<P>>>]?: Kinds[K];
};

type Parameter<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Extract<Name, keyof Kinds> | Parameter<Rest>
  : never;
type Compulsory<P extends string> = P extends `${infer Head}[${string}]${infer Tail}`
  ? Compulsory<`${Head}${Tail}`>
  : P;

/** What every claim has. `{x}` is a parameter (see kinds.ts), `[...]` a part that may be left out. */
interface Words<P extends string> {
  readonly id: string;
  readonly says: P;
  /** The opposite; left out where it would claim nothing. */
  readonly denies?: string;
  /** The same in Chinese, with the same parameters. */
  readonly zh: string;
  readonly zhDenies?: string;
  /** One or two sentences for the step reference. */
  readonly about: string;
  /** As it stands in a feature, subject included. */
  readonly example: string;
  /**
   * Does the claim say that something did not happen (`is lost`)? No such claim can be made of a walk whose end is not
   * known. The opposite of any other claim is one.
   */
  readonly absence?: boolean;
}

/** About what the sender saw; it can be judged where nothing was ever sent. */
export interface OutcomeClaim<P extends string = string> extends Words<P> {
  readonly of: 'outcome';
  check(sight: Sight, args: Arguments<P>): Finding;
}

/** About the way of one datagram. */
export interface WalkClaim<P extends string = string> extends Words<P> {
  readonly of: 'walk';
  check(scope: Scope, args: Arguments<P>): Finding;
  /** Where the opposite is more than `check` failing. */
  checkDenied?(scope: Scope, args: Arguments<P>): Finding;
}

export type Claim = OutcomeClaim | WalkClaim;

/** Types a claim's arguments by its pattern. A claim is only ever given what its own pattern read. */
export function walk<const P extends string>(definition: Omit<WalkClaim<P>, 'of'>): Claim {
  return { ...definition, of: 'walk' } as unknown as Claim;
}

export function outcome<const P extends string>(definition: Omit<OutcomeClaim<P>, 'of'>): Claim {
  return { ...definition, of: 'outcome' } as unknown as Claim;
}
