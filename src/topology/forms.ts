/** The forms of the small texts in a topology: which ones are well formed. */
import { parseInterfaceAddress, parseIpv4, prefixOf } from '../net/ipv4.js';
import { parseVersion } from '../platforms/version.js';

export const isAddress = (text: string): boolean => parseIpv4(text) !== undefined;

/** A prefix with its length and no host bit: `172.16.91.0/24`. */
export function isCidr(text: string): boolean {
  const read = text.includes('/') ? parseInterfaceAddress(text) : undefined;
  return read !== undefined && prefixOf(read.address, read.length).address === read.address;
}

export const isInterfaceAddress = (text: string): boolean =>
  text.includes('/') && parseInterfaceAddress(text) !== undefined;

/** dev_valid_name(): at most IFNAMSIZ - 1 bytes. */
export const isInterfaceName = (text: string): boolean =>
  /^[^\s/:]{1,15}$/.test(text) && Buffer.byteLength(text) <= 15 && text !== '.' && text !== '..';

/** A name that can be that of a network namespace, and a word of a sentence. */
export const isName = (text: string): boolean => /^[A-Za-z][A-Za-z0-9_.-]{0,62}$/.test(text);

export const isVersion = (text: string): boolean => parseVersion(text) !== undefined;

export const isSysctl = (text: string): boolean => /^[a-z0-9_]+([./][A-Za-z0-9_@+-]+)+$/.test(text);

export function isListen(text: string): boolean {
  const read = /^([1-9][0-9]{0,4})\/(tcp|udp)$/.exec(text);
  return read !== null && Number(read[1]) <= 65535;
}

/** Kubernetes' syntax of a label name: an optional DNS prefix, then a name of at most 63. */
export const isLabelName = (text: string): boolean =>
  /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/.test(text);

export const isLabelValue = (text: string): boolean => /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/.test(text);
