/**
 * What happened to a probe and to everything that it caused, as plain data. Both labs make journeys; claims, reports and
 * the command line read them and cannot tell which lab it was.
 */

import type { Packet } from '../net/packet.js';
import type { NetfilterEvent } from '../netfilter/events.js';
import type { Origin, StackEvent } from '../stack/events.js';
import type { Outcome, Probe } from './probe.js';

export interface Journey {
  readonly probe: Probe;
  /** One for each datagram, in the order in which they were made. The first is the probe's first packet. */
  readonly legs: readonly Leg[];
  readonly outcome: Outcome;
}

/** The way of one datagram from where it was made to where it ended. */
export interface Leg {
  readonly serial: number;
  /** `request` from the prober's socket; `reply` from the other end; `error`: ICMP errors and resets caused by refusal. */
  readonly role: 'request' | 'reply' | 'error' | 'redirect';
  readonly origin: Origin;
  /** Serial of the datagram that this one answers or is about. */
  readonly cause: number | undefined;
  /** As it was made. */
  readonly packet: Packet;
  /** One for each visit to a namespace. A packet that leaves by lo and comes back is still on the same hop. */
  readonly hops: readonly Hop[];
  readonly fate: Fate;
}

export interface Hop {
  readonly namespace: string;
  /** A switch of the physical network: kept as evidence, and skipped by questions about nodes. */
  readonly transparent: boolean;
  /** Device it came in on; undefined where it was made here. */
  readonly in: string | undefined;
  /** Devices it left by, usually one; empty where it ended here. */
  readonly out: readonly string[];
  readonly steps: readonly Step[];
}

/** What happened at one moment of a hop: an event of netfilter or of the stack. */
export type Step = NetfilterEvent | StackEvent;

/** What became of a datagram. */
export type Fate =
  | { readonly kind: 'delivered'; readonly namespace: string; readonly to: string }
  | { readonly kind: 'dropped'; readonly namespace: string; readonly by: Decider }
  | { readonly kind: 'rejected'; readonly namespace: string; readonly by: Decider; readonly with: string }
  | { readonly kind: 'undetermined'; readonly namespace: string; readonly by: Decider; readonly reason: string }
  /** Still on its way when the probe ended, or gone without a word from anybody. */
  | { readonly kind: 'vanished'; readonly namespace: string };

/** Who decided: the step that holds the evidence. */
export type Decider = Step;
