/**
 * The choice of a translation that no other connection has: get_unique_tuple() of nf_nat_core.c. Where the kernel draws
 * a random number the namespace's seeded one is drawn.
 *
 * Not modelled: port ranges with a base (NF_NAT_RANGE_PROTO_OFFSET), and the eviction of a TIME_WAIT connection that
 * holds the last free port (nf_nat_used_tuple_harder).
 */
import { ICMP, TCP, UDP } from '../../net/packet.js';
import type { Connection, Tuple } from '../conntrack/connection.js';
import type { Conntrack } from '../conntrack/conntrack.js';
import type { NatRange } from '../conntrack/service.js';
import { inverseOf } from '../conntrack/tuple.js';
import { pickAddress } from './address-range.js';
import type { Side } from './manip.js';

/** NF_NAT_MAX_ATTEMPTS. */
const MAX_ATTEMPTS = 128;

export class UniqueTuple {
  constructor(
    private readonly conntrack: Conntrack,
    private readonly random: () => number,
  ) {}

  /** What the packets of `connection`, that look like `current` so far, shall look like. Not unique where nothing is free. */
  choose(current: Tuple, range: NatRange, connection: Connection, side: Side): Tuple {
    const random = range.random || range.randomFully;
    if (side === 'source' && !random) {
      if (inRange(current, range)) {
        if (!this.#taken(current, connection)) return current;
      } else {
        const mapped = this.#currentMapping(current, range);
        if (mapped !== undefined && !this.#taken(mapped, connection)) return mapped;
      }
    }
    const tuple = pickAddress(current, range, side);
    const suits = range.ports === undefined || portInRange(tuple, range.ports, side);
    if (!random && suits && !this.#taken(tuple, connection)) return tuple;
    return this.#searchPort(tuple, range, connection, side, random);
  }

  /** find_appropriate_src(): a source that is translated already keeps its translation towards everybody. */
  #currentMapping(current: Tuple, range: NatRange): Tuple | undefined {
    for (const other of this.conntrack.table.fromSource(current)) {
      const { src, sport } = inverseOf(other.reply);
      const mapped = { ...current, src, sport };
      if (inRange(mapped, range)) return mapped;
    }
    return undefined;
  }

  /** nf_nat_l4proto_unique_tuple(). */
  #searchPort(tuple: Tuple, range: NatRange, connection: Connection, side: Side, random: boolean): Tuple {
    const key = keyOf(tuple, side);
    const bounds = key && (range.ports ?? usualPorts(tuple, key, side));
    if (key === undefined || bounds === undefined) return tuple;
    const size = bounds.max - bounds.min + 1;
    let offset = random || side === 'source' ? this.#random16() : 0;
    let candidate = tuple;
    for (let attempts = Math.min(size, MAX_ATTEMPTS); ; attempts = attempts >> 1) {
      for (let attempt = 0; attempt < attempts; attempt += 1, offset = (offset + 1) & 0xffff) {
        candidate = { ...tuple, [key]: bounds.min + (offset % size) };
        if (!this.#taken(candidate, connection)) return candidate;
      }
      if (attempts >= size || attempts < 16) return candidate;
      offset = this.#random16();
    }
  }

  #taken(tuple: Tuple, connection: Connection): boolean {
    return this.conntrack.taken(inverseOf(tuple), connection);
  }

  #random16(): number {
    return Math.floor(this.random() * 65536);
  }
}

/** nf_in_range(): does the source lie in the range? */
function inRange(tuple: Tuple, { addresses, ports }: NatRange): boolean {
  if (addresses !== undefined && (tuple.src < addresses.min || tuple.src > addresses.max)) return false;
  return ports === undefined || portInRange(tuple, ports, 'source');
}

/** l4proto_in_range(): protocols without ports are always in range. */
function portInRange(tuple: Tuple, ports: { readonly min: number; readonly max: number }, side: Side): boolean {
  const key = keyOf(tuple, side);
  return key === undefined || (tuple[key] >= ports.min && tuple[key] <= ports.max);
}

/** The part of the tuple that may vary: a port, or the id of an ICMP query, which both ends share. */
function keyOf({ protocol }: Tuple, side: Side): 'sport' | 'dport' | undefined {
  if (protocol === ICMP) return 'sport';
  if (protocol !== TCP && protocol !== UDP) return undefined;
  return side === 'source' ? 'sport' : 'dport';
}

/** Ports where the rule names none: of the kind that the old one was. A destination port never changes by itself. */
function usualPorts(tuple: Tuple, key: 'sport' | 'dport', side: Side): { min: number; max: number } | undefined {
  if (tuple.protocol === ICMP) return { min: 0, max: 65535 };
  if (side === 'destination') return undefined;
  if (tuple[key] < 512) return { min: 1, max: 511 };
  if (tuple[key] < 1024) return { min: 600, max: 1023 };
  return { min: 1024, max: 65535 };
}
