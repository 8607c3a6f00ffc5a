/** One set: its elements and what is in it (ip_set_hash_gen.h, ip_set_bitmap_gen.h). */
import { type Ipv4, netmask } from '../../net/ipv4.js';
import type { HookPass } from '../hooks.js';
import type { Skb } from '../skb.js';
import type { Word } from '../text/word.js';
import { type Element, formatPart, hasBitmapPort, keyOf, netLength, netPart, type Part } from './element.js';
import { packetPart } from './packet-part.js';
import { ipsetRefusal } from './refusal.js';
import type { SetType } from './set-type.js';
import type { Directions } from './store.js';

/** The options of `ipset create`. */
export interface SetOptions {
  readonly family: 'inet' | 'inet6';
  /** Kept for printing. */
  readonly hashsize: number;
  readonly maxelem: number;
  /** Of hash:ip, bitmap:ip ...: 32 where left out. */
  readonly netmask: number;
  /** First and last value that a bitmap can hold. */
  readonly range: readonly [number, number] | undefined;
  /** Seconds; undefined where the set knows no time; 0 for elements that stay unless they say otherwise. */
  readonly timeout: number | undefined;
  readonly counters: boolean;
  readonly comment: boolean;
  readonly skbinfo: boolean;
  readonly forceadd: boolean;
  readonly bucketsize: number;
  readonly initval: string;
}

/** An element with what is known of it. */
export interface Entry {
  readonly element: Element;
  /** An exception: what it covers is not in the set. */
  readonly nomatch: boolean;
  /** Virtual time in milliseconds; undefined for one that stays. */
  readonly expiresAt: number | undefined;
  readonly comment: string | undefined;
  /** `skbmark`, `skbprio` and `skbqueue` as they were written. */
  readonly skbinfo: string;
  packets: number;
  bytes: number;
}

export class IpSet {
  readonly #entries = new Map<Part, Entry>();
  /** How many elements have each prefix length, by dimension of kind `net`. */
  readonly #lengths: Map<number, number>[];
  /** How many elements each block has, where elements have a device, too. */
  readonly #blocks = new Map<string, number>();
  /** The lengths in use, longest first: the order in which the kernel tries them. */
  #tried: number[][];

  constructor(
    readonly type: SetType,
    readonly options: SetOptions,
    private readonly now: () => number,
  ) {
    this.#lengths = type.dimensions.map(() => new Map());
    this.#tried = type.dimensions.map(() => []);
  }

  /** The elements whose time is not up, in the order in which they were added. */
  *entries(): Generator<Entry> {
    for (const entry of this.#entries.values()) if (this.#isAlive(entry)) yield entry;
  }

  get size(): number {
    let size = 0;
    for (const _ of this.entries()) size++;
    return size;
  }

  get isFull(): boolean {
    const { maxelem } = this.options;
    return this.type.storage === 'hash' && this.#entries.size >= maxelem && this.size >= maxelem;
  }

  /** A bitmap has a first and a last element. */
  inRange([first]: Element): boolean {
    const { range } = this.options;
    return range === undefined || ((first as number) >= range[0] && (first as number) <= range[1]);
  }

  /** The longest prefix length in use in a dimension of kind `net`; undefined where the set is empty. */
  longest(dimension: number): number | undefined {
    return this.#tried[dimension]?.[0];
  }

  get mask(): Ipv4 {
    return netmask(this.options.netmask);
  }

  format(element: Element): string {
    if (this.options.family === 'inet6') return String(element[0]);
    if (this.type.name === 'bitmap:port') return `${(element[0] as number) % 65536}`;
    return this.type.dimensions.map((dimension, index) => formatPart(dimension, element[index]!)).join();
  }

  get(element: Element): Entry | undefined {
    const entry = this.#entries.get(keyOf(element));
    return entry && this.#isAlive(entry) ? entry : undefined;
  }

  add(entry: Entry, word: Word | undefined): void {
    const key = keyOf(entry.element);
    if (!this.get(entry.element) && this.isFull) {
      throw ipsetRefusal(word, 'set-full', 'Hash is full, cannot add more elements');
    }
    this.delete(entry.element);
    this.#entries.set(key, entry);
    this.#countLengths(entry.element, 1);
  }

  /** Was it there? */
  delete(element: Element): boolean {
    const key = keyOf(element);
    const entry = this.#entries.get(key);
    if (entry === undefined) return false;
    this.#entries.delete(key);
    this.#countLengths(element, -1);
    return this.#isAlive(entry);
  }

  clear(): void {
    this.#entries.clear();
    for (const lengths of this.#lengths) lengths.clear();
    this.#blocks.clear();
    this.#tried = this.#tried.map(() => []);
  }

  /** The element that the packet is in, an exception too. */
  match(directions: Directions, skb: Skb, pass: HookPass): Entry | undefined {
    const parts = this.partsOf(directions, skb, pass);
    return parts && this.#lookup(parts, 0);
  }

  /** The element that a host is covered by, or that a block is. */
  covering(element: Element): Entry | undefined {
    const { dimensions } = this.type;
    const isHost = dimensions.every((kind, at) => kind !== 'net' || netLength(element[at] as number) === 32);
    if (!isHost) return this.get(element);
    return this.#lookup(
      element.map((part, at) => (dimensions[at] === 'net' ? Math.floor((part as number) / 64) : part)),
      0,
    );
  }

  /** A set of its own with the same elements. */
  copy(): IpSet {
    const copy = new IpSet(this.type, this.options, this.now);
    for (const entry of this.#entries.values()) copy.add({ ...entry }, undefined);
    return copy;
  }

  /** What the packet has in each dimension; for `net` its address. Undefined where it lacks one, or too few were asked for. */
  partsOf(directions: Directions, skb: Skb, pass: HookPass): Part[] | undefined {
    const { dimensions } = this.type;
    if (this.options.family === 'inet6' || directions.length < dimensions.length) return undefined;
    const parts: Part[] = [];
    for (const [index, dimension] of dimensions.entries()) {
      const part = packetPart(dimension, directions[index]!, skb, pass, this.mask);
      if (part === undefined) return undefined;
      parts.push(part);
    }
    if (this.type.name !== 'bitmap:port') return parts;
    return hasBitmapPort(skb.packet.protocol) ? [(parts[0] as number) % 65536] : undefined;
  }

  /** Tries the blocks around each address, longest first; the first element found decides (mtype_test_cidrs). */
  #lookup(parts: Part[], from: number): Entry | undefined {
    const index = this.type.dimensions.indexOf('net', from);
    if (index < 0) return this.get(parts);
    const address = parts[index] as number;
    for (const length of this.#tried[index]!) {
      const tried = parts.with(index, netPart(address, length));
      const found = this.#lookup(tried, index + 1);
      // hash:net,iface: a block that is there for another device hides the larger ones (hash_netiface4_data_equal).
      if (found || this.#blocks.has(blockOf(tried))) return found;
    }
    return undefined;
  }

  #countLengths(element: Element, change: 1 | -1): void {
    if (this.options.family === 'inet6') return;
    if (this.type.dimensions.includes('iface')) {
      const count = (this.#blocks.get(blockOf(element)) ?? 0) + change;
      if (count > 0) this.#blocks.set(blockOf(element), count);
      else this.#blocks.delete(blockOf(element));
    }
    for (const [index, dimension] of this.type.dimensions.entries()) {
      if (dimension !== 'net') continue;
      const lengths = this.#lengths[index]!;
      const length = netLength(element[index] as number);
      const count = (lengths.get(length) ?? 0) + change;
      if (count > 0) lengths.set(length, count);
      else lengths.delete(length);
      if (count === 0 || (count === 1 && change === 1)) {
        this.#tried[index] = [...lengths.keys()].sort((a, b) => b - a);
      }
    }
  }

  #isAlive({ expiresAt }: Entry): boolean {
    return expiresAt === undefined || expiresAt > this.now();
  }
}

/** The block of an element of hash:net,iface, and whether its device is a bridge port. */
function blockOf([net, device]: Element): string {
  return `${net} ${String(device).startsWith('physdev:')}`;
}
