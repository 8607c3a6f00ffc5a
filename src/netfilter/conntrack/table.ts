/**
 * The connections of a namespace, found by the tuple of either direction (nf_conntrack_hash) and by their source
 * (nf_nat_bysource). An entry whose time is over is forgotten when somebody looks at it; a sweep, run each time the
 * table has doubled, forgets those at which nobody looks. nf_conntrack_max is not modelled: the table is never full.
 */
import type { Connection, Direction, Tuple } from './connection.js';
import { hashTuple, sameTuple } from './tuple.js';

/** One direction of a connection in the table (struct nf_conntrack_tuple_hash). */
export interface TupleEntry {
  readonly tuple: Tuple;
  readonly connection: Connection;
  readonly direction: Direction;
  next: TupleEntry | undefined;
}

const FIRST_SWEEP = 1024;

export class ConnectionTable {
  readonly #byTuple = new Map<number, TupleEntry>();
  readonly #bySource = new Map<number, Connection[]>();
  readonly #connections = new Set<Connection>();
  #sweepAt = FIRST_SWEEP;

  /** @param now virtual time in milliseconds */
  constructor(private readonly now: () => number) {}

  /** The connection one of whose directions looks like this. */
  find(tuple: Tuple): TupleEntry | undefined {
    for (let entry = this.#byTuple.get(hashTuple(tuple)); entry !== undefined; entry = entry.next) {
      if (!sameTuple(entry.tuple, tuple)) continue;
      if (entry.connection.expiresAt > this.now()) return entry;
      this.remove(entry.connection);
      return undefined;
    }
    return undefined;
  }

  /** The connections in which this source talks, the youngest first. */
  *fromSource(tuple: Tuple): Generator<Connection> {
    const connections = this.#bySource.get(sourceHash(tuple)) ?? [];
    for (let index = connections.length - 1; index >= 0; index -= 1) {
      const connection = connections[index]!;
      const { src, sport, protocol } = connection.original;
      if (src !== tuple.src || sport !== tuple.sport || protocol !== tuple.protocol) continue;
      if (connection.expiresAt > this.now()) yield connection;
    }
  }

  insert(connection: Connection): void {
    if (this.#connections.size >= this.#sweepAt) this.#sweep();
    this.#connections.add(connection);
    this.#link({ tuple: connection.original, connection, direction: 'original', next: undefined });
    this.#link({ tuple: connection.reply, connection, direction: 'reply', next: undefined });
    const hash = sourceHash(connection.original);
    const connections = this.#bySource.get(hash);
    if (connections === undefined) this.#bySource.set(hash, [connection]);
    else connections.push(connection);
  }

  remove(connection: Connection): void {
    if (!this.#connections.delete(connection)) return;
    this.#unlink(connection.original, connection);
    this.#unlink(connection.reply, connection);
    const hash = sourceHash(connection.original);
    const others = this.#bySource.get(hash)!.filter((other) => other !== connection);
    if (others.length === 0) this.#bySource.delete(hash);
    else this.#bySource.set(hash, others);
  }

  clear(): void {
    this.#byTuple.clear();
    this.#bySource.clear();
    this.#connections.clear();
  }

  /** How many entries there are, those included whose time is over and which nobody has looked at since. */
  get size(): number {
    return this.#connections.size;
  }

  /** What is alive, the oldest first. The kernel lists in the order of a hash with a secret seed. */
  list(): Connection[] {
    const now = this.now();
    return [...this.#connections].filter((connection) => connection.expiresAt > now);
  }

  #sweep(): void {
    const now = this.now();
    for (const connection of this.#connections) if (connection.expiresAt <= now) this.remove(connection);
    this.#sweepAt = Math.max(FIRST_SWEEP, 2 * this.#connections.size);
  }

  #link(entry: TupleEntry): void {
    const hash = hashTuple(entry.tuple);
    entry.next = this.#byTuple.get(hash);
    this.#byTuple.set(hash, entry);
  }

  #unlink(tuple: Tuple, connection: Connection): void {
    const hash = hashTuple(tuple);
    let before: TupleEntry | undefined;
    for (let entry = this.#byTuple.get(hash); entry !== undefined; before = entry, entry = entry.next) {
      if (entry.connection !== connection || !sameTuple(entry.tuple, tuple)) continue;
      if (before !== undefined) before.next = entry.next;
      else if (entry.next !== undefined) this.#byTuple.set(hash, entry.next);
      else this.#byTuple.delete(hash);
      return;
    }
  }
}

function sourceHash({ src, sport, protocol }: Tuple): number {
  return hashTuple({ src, sport, protocol, dst: 0, dport: 0 });
}
