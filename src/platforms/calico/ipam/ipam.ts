/**
 * Calico's address management: hosts own blocks of 64 addresses, and a workload's address comes from its host's blocks
 * where they have one left (libcalico-go v1.7 lib/client/ipam.go).
 */
import { contains, formatIpv4, type Ipv4, ipv4, type Prefix, prefix, prefixOf } from '../../../net/ipv4.js';
import { BLOCK_LENGTH, blockKey, blocksFor } from './first-block.js';

/** A block that a host has claimed (its affinity). */
export interface Block {
  readonly cidr: Prefix;
  readonly host: string;
  /** Free addresses, the next one first; a fresh block hands them out in order. */
  readonly free: Ipv4[];
}

export class Ipam {
  readonly #pools: readonly Prefix[];
  readonly #blocks = new Map<string, Block>();
  readonly #reserved: ReadonlySet<Ipv4>;

  /**
   * `pools` are prefixes of /26 or shorter. `reserved` are the addresses that people gave to workloads, started or not:
   * nobody else gets them.
   */
  constructor(pools: readonly string[], reserved: Iterable<string>) {
    this.#pools = pools.map(prefix);
    this.#reserved = new Set([...reserved].map(ipv4));
  }

  /** Blocks by address. */
  get blocks(): readonly Block[] {
    return [...this.#blocks.values()].sort((a, b) => a.cidr.address - b.cidr.address);
  }

  isInPool(address: string): boolean {
    return this.#pools.some((pool) => contains(pool, ipv4(address)));
  }

  /**
   * An address that a person chose, for a workload on `host` (AssignIP). A block that nobody owns becomes the host's;
   * out of another host's block the address is borrowed.
   */
  assign(host: string, address: string): void {
    const cidr = prefixOf(ipv4(address), BLOCK_LENGTH);
    if (!this.#blocks.has(blockKey(cidr))) this.#claim(host, cidr);
  }

  /** The next address for a workload on `host` (AutoAssign); undefined where all pools are used up. */
  autoAssign(host: string): string | undefined {
    const block = this.#ownBlock(host) ?? this.#newBlock(host) ?? this.#foreignBlock(host);
    const address = block?.free.shift();
    return address === undefined ? undefined : formatIpv4(address);
  }

  #ownBlock(host: string): Block | undefined {
    return this.blocks.find((block) => block.host === host && block.free.length > 0);
  }

  #newBlock(host: string): Block | undefined {
    for (const pool of this.#pools) {
      for (const cidr of blocksFor(host, pool)) {
        if (this.#blocks.has(blockKey(cidr))) continue;
        const block = this.#claim(host, cidr);
        if (block.free.length > 0) return block;
      }
    }
    return undefined;
  }

  /** Without StrictAffinity a host borrows from others before it gives up. */
  #foreignBlock(host: string): Block | undefined {
    for (const pool of this.#pools) {
      for (const cidr of blocksFor(host, pool)) {
        const block = this.#blocks.get(blockKey(cidr));
        if (block && block.free.length > 0) return block;
      }
    }
    return undefined;
  }

  #claim(host: string, cidr: Prefix): Block {
    const addresses = Array.from({ length: 2 ** (32 - BLOCK_LENGTH) }, (_, ordinal) => cidr.address + ordinal);
    const block = { cidr, host, free: addresses.filter((address) => !this.#reserved.has(address)) };
    this.#blocks.set(blockKey(cidr), block);
    return block;
  }
}
