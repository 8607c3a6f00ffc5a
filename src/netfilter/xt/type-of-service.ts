/** Names and notations of the TOS octet and of its upper six bits, the DSCP (RFC 1349, RFC 2474; xt_dscp.c, dscp_helper.c). */
import { nearest } from '../../net/did-you-mean.js';
import { refusal, type Word } from '../text/word.js';
import type { Given } from './extension.js';
import { hex2, parseUnsigned, readUnsigned, type ValueMask } from './values.js';

const TOS_NAMES: ReadonlyMap<string, number> = new Map([
  ['minimize-delay', 0x10],
  ['maximize-throughput', 0x08],
  ['maximize-reliability', 0x04],
  ['minimize-cost', 0x02],
  ['normal-service', 0x00],
]);

/** A symbolic name speaks of the lower six bits only. */
export function readTos(word: Word): ValueMask {
  const named = TOS_NAMES.get(word.text.toLowerCase());
  if (named !== undefined) return { value: named, mask: 0x3f };
  const [first, second, ...rest] = word.text.split('/');
  const value = parseUnsigned(first!, 255);
  const mask = second === undefined ? 0xff : parseUnsigned(second, 255);
  if (value === undefined || mask === undefined || rest.length > 0) {
    const suggestion = nearest(word.text.toLowerCase(), TOS_NAMES.keys());
    throw refusal(word, 'bad-argument', `Symbolic name "${word.text}" is unknown`, { suggestion });
  }
  return { value, mask };
}

export function formatTos({ value, mask }: ValueMask): string {
  return `${hex2(value)}/${hex2(mask)}`;
}

/** Classes of RFC 2474, 2597, 3246 and 5865. */
const DSCP_CLASSES: ReadonlyMap<string, number> = new Map([
  ...Array.from({ length: 8 }, (_, precedence) => [`CS${precedence}`, precedence << 3] as const),
  ...[1, 2, 3, 4].flatMap((group) =>
    [1, 2, 3].map((drop) => [`AF${group}${drop}`, (group << 3) | (drop << 1)] as const),
  ),
  ['BE', 0],
  ['EF', 0x2e],
]);

export function readDscp(owner: string, value: Given | undefined, name: Given | undefined): number | undefined {
  if (value) return readUnsigned(owner, value, 0, 63);
  const word = name?.values[0];
  if (word === undefined) return undefined;
  const dscp = DSCP_CLASSES.get(word.text.toUpperCase());
  if (dscp === undefined) throw refusal(word, 'bad-argument', `Invalid DSCP value \`${word.text}'\n`);
  return dscp;
}
