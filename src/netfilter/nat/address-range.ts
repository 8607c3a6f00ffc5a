/** The choice of an address from a range: find_best_ips_proto() of nf_nat_core.c with the kernel's hash. */
import type { Ipv4 } from '../../net/ipv4.js';
import type { Tuple } from '../conntrack/connection.js';
import type { NatRange } from '../conntrack/service.js';
import type { Side } from './manip.js';

/** The tuple with an address of the range: the same one for the same two hosts, or with `persistent` for the same source. */
export function pickAddress(tuple: Tuple, range: NatRange, side: Side): Tuple {
  if (range.addresses === undefined) return tuple;
  const { min, max } = range.addresses;
  const address = min === max ? min : min + scale(hash(tuple, range.persistent), max - min + 1);
  return side === 'source' ? { ...tuple, src: address } : { ...tuple, dst: address };
}

/** The kernel hashes addresses as words in memory, which hold them in network order: here on a little-endian machine. */
function hash(tuple: Tuple, persistent: boolean): number {
  return jhash2([swap(tuple.src), 0, 0, 0], persistent ? 0 : swap(tuple.dst));
}

function swap(address: Ipv4): number {
  return ((address >>> 24) | ((address >>> 8) & 0xff00) | ((address << 8) & 0xff0000) | (address << 24)) >>> 0;
}

/** reciprocal_scale(): spreads 32 bits evenly over `count` values. */
function scale(value: number, count: number): number {
  return Number((BigInt(value) * BigInt(count)) >> 32n);
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** Bob Jenkins' lookup3 over four words (linux/jhash.h). */
function jhash2([k0, k1, k2, k3]: readonly [number, number, number, number], initial: number): number {
  let a = (0xdeadbeef + (4 << 2) + initial) | 0;
  let b = a;
  let c = a;
  a = (a + k0) | 0;
  b = (b + k1) | 0;
  c = (c + k2) | 0;
  // __jhash_mix
  a = (a - c) ^ rotate(c, 4);
  c = (c + b) | 0;
  b = (b - a) ^ rotate(a, 6);
  a = (a + c) | 0;
  c = (c - b) ^ rotate(b, 8);
  b = (b + a) | 0;
  a = (a - c) ^ rotate(c, 16);
  c = (c + b) | 0;
  b = (b - a) ^ rotate(a, 19);
  a = (a + c) | 0;
  c = (c - b) ^ rotate(b, 4);
  b = (b + a) | 0;
  a = (a + k3) | 0;
  // __jhash_final
  c = ((c ^ b) - rotate(b, 14)) | 0;
  a = ((a ^ c) - rotate(c, 11)) | 0;
  b = ((b ^ a) - rotate(a, 25)) | 0;
  c = ((c ^ b) - rotate(b, 16)) | 0;
  a = ((a ^ c) - rotate(c, 4)) | 0;
  b = ((b ^ a) - rotate(a, 14)) | 0;
  c = ((c ^ b) - rotate(b, 24)) | 0;
  return c >>> 0;
}
