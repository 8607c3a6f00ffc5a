/**
 * Which block of a pool a node tries first: a number drawn from a generator that the host name seeds, so that hosts rarely
 * want the same one (randomBlockGenerator of libcalico-go lib/client/ipam_block_reader_writer.go).
 */
import { formatIpv4, type Prefix } from '../../../net/ipv4.js';
import { GoRand } from './go-rand.js';

/** Prefix length of a block: 64 addresses. */
export const BLOCK_LENGTH = 26;

/** FNV-1 of 32 bits: multiply, then xor. */
export function fnv1(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = (Math.imul(hash, 0x01000193) ^ byte) >>> 0;
  return hash;
}

/** The pool's blocks in the order in which `host` looks at them: the drawn one, then onwards, and around at the end. */
export function* blocksFor(host: string, pool: Prefix): Generator<Prefix> {
  const blocks = 2 ** (BLOCK_LENGTH - pool.length);
  const first = new GoRand(fnv1(host)).below(blocks);
  for (let step = 0; step < blocks; step++) yield blockAt(pool, (first + step) % blocks);
}

function blockAt(pool: Prefix, index: number): Prefix {
  return { address: pool.address + index * 2 ** (32 - BLOCK_LENGTH), length: BLOCK_LENGTH };
}

/** The key of a block in a map: its address as text. */
export function blockKey(block: Prefix): string {
  return formatIpv4(block.address);
}
