/** The names of chains and ip sets that carry somebody else's name: hashed or cut where they would be too long. */
import { createHash } from 'node:crypto';

/** What iptables allows (XT_EXTENSION_MAXNAMELEN less the terminator). */
const CHAIN_LIMIT = 28;
/** What ipset allows (IPSET_MAXNAMELEN less the terminator). */
const SET_LIMIT = 31;

/** `cali-pri-` and `net1` give `cali-pri-net1`; where that is too long, a hash stands for the name (felix hashutils). */
export function chainName(prefix: string, name: string): string {
  const plain = prefix + name;
  // A name that begins with the mark of a hash could pose as one; Felix hashes it where the whole is as long as one.
  const posesAsHash = plain.length === CHAIN_LIMIT && name.startsWith('_');
  if (plain.length <= CHAIN_LIMIT && !posesAsHash) return plain;
  const hash = createHash('sha256').update(name).digest('base64url');
  return `${prefix}_${hash.slice(0, CHAIN_LIMIT - 1 - prefix.length)}`;
}

/** `token` is what the version puts after `cali4`. Long ids are simply cut (felix ipsets/ipset_defs.go). */
export function setName(token: string, id: string): string {
  return `cali4${token}${id}`.slice(0, SET_LIMIT);
}

/** The id of the ip set of all endpoints that a selector in canonical text matches: `s:` and 38 characters. */
export function selectorId(selector: string): string {
  return `s:${createHash('sha224').update(`s:${selector}`).digest('base64url')}`;
}

/** Up to Felix 2.6 profiles have tags; a tag's set is that of the selector `has(TAG)`. */
export function tagId(tag: string): string {
  return selectorId(`has(${tag})`);
}
