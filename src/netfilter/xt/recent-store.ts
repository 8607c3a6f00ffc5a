/** The address lists of `-m recent` in one namespace (net/netfilter/xt_recent.c; /proc/net/xt_recent). */
import type { Ipv4 } from '../../net/ipv4.js';

/** How many time stamps an address keeps, unless a rule asks for more with `--hitcount`. */
const STAMPS = 32;
/** ip_list_tot: how many addresses a list keeps. */
const ADDRESSES = 100;

export interface RecentEntry {
  readonly address: Ipv4;
  ttl: number;
  /** Virtual times in milliseconds, oldest first. */
  readonly stamps: number[];
}

/** One list. Its entries stand in the order in which they were last seen. */
export class RecentList {
  #capacity = STAMPS;
  readonly #entries = new Map<Ipv4, RecentEntry>();

  /** Makes room for a rule's `--hitcount`, in powers of two. */
  keep(hitcount: number): void {
    while (this.#capacity < hitcount) this.#capacity *= 2;
  }

  get(address: Ipv4): RecentEntry | undefined {
    return this.#entries.get(address);
  }

  entries(): Iterable<RecentEntry> {
    return this.#entries.values();
  }

  /** recent_entry_init(): a full list forgets its least recently seen address. */
  add(address: Ipv4, ttl: number, now: number): void {
    if (this.#entries.size >= ADDRESSES) {
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest);
        break;
      }
    }
    this.#entries.set(address, { address, ttl, stamps: [now] });
  }

  /** recent_entry_update(). */
  touch(entry: RecentEntry, ttl: number, now: number): void {
    entry.ttl = ttl;
    entry.stamps.push(now);
    if (entry.stamps.length > this.#capacity) entry.stamps.shift();
    this.#entries.delete(entry.address);
    this.#entries.set(entry.address, entry);
  }

  remove(address: Ipv4): void {
    this.#entries.delete(address);
  }

  /** recent_entry_reap(): forgets the least recently seen address if it was last seen before `since`, and is not `spared`. */
  reap(since: number, spared: RecentEntry | undefined): void {
    for (const entry of this.#entries.values()) {
      if (entry !== spared && entry.stamps.at(-1)! < since) this.#entries.delete(entry.address);
      return;
    }
  }
}

export class RecentStore {
  readonly #lists = new Map<string, RecentList>();

  /** The list of that name, made when a rule first asks for it. */
  list(name: string): RecentList {
    let list = this.#lists.get(name);
    if (!list) {
      list = new RecentList();
      this.#lists.set(name, list);
    }
    return list;
  }
}
