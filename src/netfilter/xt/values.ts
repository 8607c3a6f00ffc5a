/** Reads and prints the values that options of several extensions share, as libxtables does (xtoptions.c, xtables.c). */
import { nearest } from '../../net/did-you-mean.js';
import { type Ipv4, netmask, parseIpv4 } from '../../net/ipv4.js';
import type { PrefixMask } from '../rule.js';
import { refusal, type Word } from '../text/word.js';
import type { Given } from './extension.js';
import { serviceNames, servicePort } from './services.js';

export interface Range {
  readonly min: number;
  readonly max: number;
}

export interface ValueMask {
  readonly value: number;
  readonly mask: number;
}

/** strtoul(text, NULL, 0): decimal, 0x hexadecimal or 0 octal, at most `max`. */
export function parseUnsigned(text: string, max = 0xffffffff): number | undefined {
  const number = /^0x[0-9a-f]+$/i.test(text)
    ? Number.parseInt(text, 16)
    : /^0[0-7]+$/.test(text)
      ? Number.parseInt(text, 8)
      : /^(0|[1-9][0-9]*)$/.test(text)
        ? Number(text)
        : undefined;
  return number !== undefined && number <= max ? number : undefined;
}

export function hex(number: number): string {
  return `0x${number.toString(16)}`;
}

/** Two hexadecimal digits at least: `0x0a`. */
export function hex2(number: number): string {
  return `0x${number.toString(16).padStart(2, '0')}`;
}

/** XTTYPE_UINT8 to XTTYPE_UINT32 with bounds. */
export function readUnsigned(owner: string, given: Given, min: number, max: number): number {
  const word = given.values[0]!;
  const number = parseUnsigned(word.text);
  if (number === undefined || number < min || number > max) {
    const says = `${owner}: bad value for option "--${given.name}", or out of range (${min}-${max}).\n`;
    throw refusal(word, 'bad-argument', says);
  }
  return number;
}

/** XTTYPE_MARKMASK32: `value` or `value/mask`. */
export function readMark(owner: string, given: Given): ValueMask {
  const word = given.values[0]!;
  const [first, second, ...rest] = word.text.split('/');
  const value = parseUnsigned(first!);
  const mask = second === undefined ? 0xffffffff : parseUnsigned(second);
  if (value === undefined || mask === undefined || rest.length > 0) {
    const says = `${owner}: bad integer value for option "--${given.name}", or out of range.\n`;
    throw refusal(word, 'bad-argument', says);
  }
  return { value, mask };
}

/** `0x1`, or `0x1/0xff` where not all bits count. */
export function formatMark({ value, mask }: ValueMask): string {
  return mask === 0xffffffff ? hex(value) : `${hex(value)}/${hex(mask)}`;
}

/** xtables_parse_port(): a number or a service's name. */
export function readPort(word: Word, text: string): number {
  const port = parseUnsigned(text, 65535) ?? servicePort(text);
  if (port === undefined) {
    const suggestion = /^[0-9]/.test(text) ? undefined : nearest(text, serviceNames());
    throw refusal(word, 'bad-argument', `invalid port/service \`${text}' specified`, { suggestion });
  }
  return port;
}

/** XTTYPE_PORTRC: `80`, `80:90`, `:90`, `80:`. */
export function readPorts(word: Word): Range {
  const [first, second, ...rest] = word.text.split(':');
  if (rest.length > 0) throw refusal(word, 'bad-argument', `invalid port/service \`${word.text}' specified`);
  if (second === undefined) {
    const port = readPort(word, first!);
    return { min: port, max: port };
  }
  const min = first === '' ? 0 : readPort(word, first!);
  const max = second === '' ? 65535 : readPort(word, second);
  if (min > max) throw refusal(word, 'bad-argument', 'invalid portrange (min > max)');
  return { min, max };
}

export function formatRange({ min, max }: Range, separator = ':'): string {
  return min === max ? `${min}` : `${min}${separator}${max}`;
}

export function within({ min, max }: Range, number: number): boolean {
  return number >= min && number <= max;
}

/** inet_aton() without octal or hexadecimal: `10.1` stands for 10.1.0.0, as xtables_ipparse_any() fills it up. */
function parseAddress(text: string): Ipv4 | undefined {
  return /^[0-9]+(\.[0-9]+){0,2}$/.test(text)
    ? parseIpv4(text + '.0'.repeat(4 - text.split('.').length))
    : parseIpv4(text);
}

/**
 * xtables_ipparse_multiple() for one of its items: `10.0.0.1`, `10.0.0.0/8`, `10.0.0.0/255.0.0.0`. Names are not looked
 * up: a simulated host has no resolver.
 */
export function readAddressMask(word: Word, text = word.text): PrefixMask {
  const slash = text.lastIndexOf('/');
  const host = slash < 0 ? text : text.slice(0, slash);
  const maskText = slash < 0 ? undefined : text.slice(slash + 1);
  const mask = maskText === undefined ? 0xffffffff : readMask(word, maskText);
  const address = mask === 0 ? 0 : parseAddress(host);
  if (address === undefined) throw refusal(word, 'bad-argument', `host/network \`${host}' not found`);
  return { address: (address & mask) >>> 0, mask };
}

function readMask(word: Word, text: string): number {
  const dotted = parseIpv4(text);
  if (dotted !== undefined) return dotted;
  const length = parseUnsigned(text, 32);
  if (length === undefined) throw refusal(word, 'bad-argument', `invalid mask \`${text}' specified`);
  return netmask(length);
}

/** The length of a contiguous mask. */
export function maskLength(mask: number): number | undefined {
  const length = Math.clz32(~mask >>> 0);
  return netmask(length) === mask ? length : undefined;
}
