/**
 * Elements of sets. An element has one part for each dimension of its set's type; a part is a number wherever possible, so
 * that finding an element is one look into a hash.
 */
import { formatIpv4, type Ipv4, netmask, parseIpv4 } from '../../net/ipv4.js';
import { parseMac } from '../../net/mac.js';
import { ICMP, TCP, UDP } from '../../net/packet.js';
import { parseProtocol, protocolName } from '../../net/protocols.js';
import type { Word } from '../text/word.js';
import { icmpName, readIcmpName } from '../xt/icmp-types.js';
import { servicePort } from '../xt/services.js';
import { hex, parseUnsigned } from '../xt/values.js';
import { ipsetRefusal } from './refusal.js';
import type { Dimension } from './set-type.js';

/**
 * ip: the address. net: see `netPart`. port: protocol * 65536 + port, for ICMP type * 256 + code. mark: the mark.
 * iface: the name, `physdev:` in front of a bridge port's. mac: six octets.
 */
export type Part = number | string;

export type Element = readonly Part[];

/** A whole element as the key of a map. */
export function keyOf(element: Element): Part {
  return element.length === 1 ? element[0]! : element.join(',');
}

/** An address block as one number. */
export function netPart(address: Ipv4, length: number): number {
  return ((address & netmask(length)) >>> 0) * 64 + length;
}

export function netLength(part: number): number {
  return part % 64;
}

export function portPart(protocol: number, port: number): number {
  return protocol * 65536 + port;
}

export function formatPart(dimension: Dimension, part: Part): string {
  if (typeof part === 'string') return part;
  switch (dimension) {
    case 'ip':
      return formatIpv4(part);
    case 'net': {
      const address = formatIpv4(Math.floor(part / 64));
      return netLength(part) === 32 ? address : `${address}/${netLength(part)}`;
    }
    case 'port':
      return formatPort(part);
    default:
      return hex(part).padStart(10, '0x0').slice(-10);
  }
}

function formatPort(part: number): string {
  const protocol = Math.floor(part / 65536);
  const port = part % 65536;
  const name = protocolName(protocol) ?? `${protocol}`;
  if (protocol === ICMP) return `${name}:${icmpName(port >>> 8, port & 255) ?? `${port >>> 8}/${port & 255}`}`;
  return `${name}:${port}`;
}

/** All parts that the text of one dimension stands for: one, or many for a range. */
export function readParts(dimension: Dimension, word: Word, text: string, mask: number): Part[] {
  switch (dimension) {
    case 'ip':
      return readAddresses(word, text, mask);
    case 'net':
      return readNets(word, text);
    case 'port':
      return readPorts(word, text);
    case 'iface':
      return [text];
    case 'mac': {
      const mac = parseMac(text);
      if (mac === undefined)
        throw ipsetRefusal(word, 'bad-argument', `Syntax error: cannot parse ${text} as MAC address`);
      return [mac];
    }
    case 'mark': {
      const mark = parseUnsigned(text);
      if (mark === undefined) throw ipsetRefusal(word, 'bad-argument', `Syntax error: '${text}' is invalid as number`);
      return [mark];
    }
  }
}

function readAddress(word: Word, text: string): Ipv4 {
  const address = parseIpv4(text);
  if (address === undefined) {
    throw ipsetRefusal(word, 'bad-argument', `Syntax error: cannot parse ${text}: resolving to IPv4 address failed`);
  }
  return address;
}

function readLength(word: Word, text: string): number {
  const length = parseUnsigned(text);
  if (length === undefined || length > 32) {
    throw ipsetRefusal(word, 'bad-argument', `Syntax error: '${text}' is out of range 0-32`);
  }
  return length;
}

/** First and last address of `10.0.0.1`, `10.0.0.0/24` or `10.0.0.1-10.0.0.9`. */
export function readAddressRange(word: Word, text: string): readonly [Ipv4, Ipv4] {
  const [first, last] = text.split('-');
  if (last !== undefined) {
    const ends = [readAddress(word, first!), readAddress(word, last)] as const;
    return ends[0] <= ends[1] ? ends : [ends[1], ends[0]];
  }
  const [host, length] = text.split('/');
  const address = readAddress(word, host!);
  if (length === undefined) return [address, address];
  const mask = netmask(readLength(word, length));
  return [(address & mask) >>> 0, (address | ~mask) >>> 0];
}

function readAddresses(word: Word, text: string, mask: number): number[] {
  const [first, last] = readAddressRange(word, text);
  const step = (~mask >>> 0) + 1;
  const addresses: number[] = [];
  for (let address = (first & mask) >>> 0; address <= last; address += step) addresses.push(address);
  return addresses;
}

function readNets(word: Word, text: string): number[] {
  if (!text.includes('-')) {
    const [host, length] = text.split('/');
    return [netPart(readAddress(word, host!), length === undefined ? 32 : readLength(word, length))];
  }
  const [first, last] = readAddressRange(word, text);
  const nets: number[] = [];
  for (let address = first; address <= last; ) {
    let length = 32;
    while (length > 0 && fits(address, length - 1, last)) length--;
    nets.push(netPart(address, length));
    address += 2 ** (32 - length);
  }
  return nets;
}

function fits(address: Ipv4, length: number, last: Ipv4): boolean {
  return (address & netmask(length)) >>> 0 === address && address + 2 ** (32 - length) - 1 <= last;
}

function readPorts(word: Word, text: string): number[] {
  const colon = text.indexOf(':');
  const protocolText = colon < 0 ? 'tcp' : text.slice(0, colon);
  const protocol = parseProtocol(protocolText);
  if (protocol === undefined) {
    throw ipsetRefusal(word, 'bad-argument', `Syntax error: cannot parse '${protocolText}' as a protocol`);
  }
  const rest = text.slice(colon + 1);
  if (protocol === ICMP) return [portPart(ICMP, readIcmp(word, rest))];
  const [first, last = first] = rest.split('-');
  const [min, max] = [readPort(word, protocolText, first!), readPort(word, protocolText, last!)];
  const ports: number[] = [];
  for (let port = Math.min(min, max); port <= Math.max(min, max); port++) ports.push(portPart(protocol, port));
  return ports;
}

function readIcmp(word: Word, text: string): number {
  const named = readIcmpName(text);
  if (named) return named.type * 256 + named.code;
  const [type, code] = text.split('/').map((item) => parseUnsigned(item, 255));
  if (type === undefined || code === undefined) {
    throw ipsetRefusal(word, 'bad-argument', `Syntax error: Cannot parse ${text} as an ICMP type/code.`);
  }
  return type * 256 + code;
}

function readPort(word: Word, protocol: string, text: string): number {
  const port = parseUnsigned(text) ?? (protocol === 'tcp' || protocol === 'udp' ? servicePort(text) : undefined);
  if (port === undefined || port > 65535) {
    const reason = port === undefined ? `'${text}' is invalid as number` : `'${text}' is out of range 0-65535`;
    throw ipsetRefusal(word, 'bad-argument', `Syntax error: ${reason}`, {
      because: `cannot parse '${text}' as a ${protocol} port`,
    });
  }
  return port;
}

/** The protocols whose port bitmap:port looks at. */
export function hasBitmapPort(protocol: number): boolean {
  return protocol === TCP || protocol === UDP;
}
