/** How rules name a set and the sides of the packet that make an element (libxt_set.h). */
import { nearest } from '../../net/did-you-mean.js';
import { formatIpv4 } from '../../net/ipv4.js';
import { portsOf } from '../../net/packet.js';
import type { HookPass } from '../hooks.js';
import type { Directions } from '../ipset/store.js';
import type { Skb } from '../skb.js';
import { refusal, type Word } from '../text/word.js';
import type { RuleHead } from './extension.js';

/** IPSET_DIM_MAX. */
const MOST = 6;

/** Reads `src,dst`. */
export function readDirections(word: Word): Directions {
  const items = word.text.split(',');
  if (items.length > MOST) {
    throw refusal(word, 'bad-argument', `Can't be more src/dst options than ${MOST}.`);
  }
  return items.map((item) => {
    if (item === 'src' || item === 'dst') return item;
    const says = "You must spefify (the comma separated list of) 'src' or 'dst'.";
    throw refusal(word, 'bad-argument', says, { suggestion: nearest(item, ['src', 'dst']) });
  });
}

export function refuseUnknownSet(word: Word, { hasSet }: RuleHead): void {
  if (hasSet && !hasSet(word.text)) throw refusal(word, 'unknown-set', `Set ${word.text} doesn't exist.\n`);
}

/** For a person: `10.0.0.1 port 80`. */
export function describeDirections(directions: Directions, { packet }: Skb, pass: HookPass): string {
  const side = directions[0] ?? 'src';
  const address = formatIpv4(packet[side]);
  if (directions.length === 1) return address;
  const ports = portsOf(packet.payload);
  const port = ports && (directions[1] === 'src' ? ports.sport : ports.dport);
  const device = directions[1] === 'src' ? pass.in : pass.out;
  const second = port === undefined ? '' : ` port ${port}`;
  const third = directions[2] === undefined ? '' : ` and ${formatIpv4(packet[directions[2]])}`;
  return `${address}${second}${third}${device === '' || port !== undefined ? '' : ` by ${device}`}`;
}
