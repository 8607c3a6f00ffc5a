/**
 * IPv4 addresses and prefixes (RFC 791, RFC 4632).
 *
 * An address is an unsigned 32-bit number, so that the rule engine compares addresses as the kernel does.
 */

/** An IPv4 address as an unsigned 32-bit number: 10.0.0.1 is 0x0a000001. */
export type Ipv4 = number;

/** An address block in canonical form: no host bit is set in `address`. */
export interface Prefix {
  readonly address: Ipv4;
  /** 0 to 32. */
  readonly length: number;
}

/** An address on an interface: the address keeps its host bits, `10.0.0.5/24`. */
export interface InterfaceAddress {
  readonly address: Ipv4;
  readonly length: number;
}

export const ANY: Prefix = { address: 0, length: 0 };
export const BROADCAST: Ipv4 = 0xffffffff;
export const LOOPBACK: Prefix = { address: 0x7f000000, length: 8 };
export const MULTICAST: Prefix = { address: 0xe0000000, length: 4 };

const DECIMAL_OCTET = /^(0|[1-9][0-9]{0,2})$/;

/**
 * Reads four decimal octets and nothing else. The lenient forms of inet_aton (octal, hexadecimal, missing octets)
 * are refused, because a person who types `010.0.0.1` means 10.0.0.1 and would get 8.0.0.1.
 */
export function parseIpv4(text: string): Ipv4 | undefined {
  const octets = text.split('.');
  if (octets.length !== 4) return undefined;
  let address = 0;
  for (const octet of octets) {
    if (!DECIMAL_OCTET.test(octet) || Number(octet) > 255) return undefined;
    address = address * 256 + Number(octet);
  }
  return address;
}

/** The address in `text`, for text that the program itself wrote. Throws a RangeError on anything else. */
export function ipv4(text: string): Ipv4 {
  const address = parseIpv4(text);
  if (address === undefined) throw new RangeError(`not an IPv4 address: ${text}`);
  return address;
}

export function formatIpv4(address: Ipv4): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/** The netmask of a prefix length: 24 gives 255.255.255.0. */
export function netmask(length: number): Ipv4 {
  return length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0;
}

/** The block of `length` that holds `address`. */
export function prefixOf(address: Ipv4, length: number): Prefix {
  return { address: (address & netmask(length)) >>> 0, length };
}

export function contains(prefix: Prefix, address: Ipv4): boolean {
  return ((prefix.address ^ address) & netmask(prefix.length)) === 0;
}

export function overlaps(a: Prefix, b: Prefix): boolean {
  return a.length <= b.length ? contains(a, b.address) : contains(b, a.address);
}

/** The directed broadcast address, or undefined for /31 and /32, which have none (RFC 3021). */
export function broadcastOf(address: InterfaceAddress): Ipv4 | undefined {
  return address.length > 30 ? undefined : (address.address | ~netmask(address.length)) >>> 0;
}

/** Reads `10.0.0.0/8`; a bare address is a /32. Host bits are kept. */
export function parseInterfaceAddress(text: string): InterfaceAddress | undefined {
  const slash = text.indexOf('/');
  const address = parseIpv4(slash < 0 ? text : text.slice(0, slash));
  const digits = slash < 0 ? '32' : text.slice(slash + 1);
  if (address === undefined || !/^[0-9]{1,2}$/.test(digits) || Number(digits) > 32) return undefined;
  return { address, length: Number(digits) };
}

/** Reads `10.0.0.0/8` and masks host bits away, as iptables does. */
export function parsePrefix(text: string): Prefix | undefined {
  const read = parseInterfaceAddress(text);
  return read && prefixOf(read.address, read.length);
}

/** The prefix in `text`, for text that the program itself wrote. Throws a RangeError on anything else. */
export function prefix(text: string): Prefix {
  const read = parsePrefix(text);
  if (read === undefined) throw new RangeError(`not an IPv4 prefix: ${text}`);
  return read;
}

export function formatPrefix(prefix: Prefix | InterfaceAddress): string {
  return `${formatIpv4(prefix.address)}/${prefix.length}`;
}
