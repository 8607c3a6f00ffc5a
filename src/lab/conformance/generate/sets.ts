/** Ip sets of the types that Linux without further modules has: as `ipset save` prints them. */
import type { Dice } from './dice.js';
import type { Lexicon } from './lexicon.js';
import { PORTS } from './matches.js';
import type { MadeSet } from './site.js';

interface SetKind {
  readonly type: string;
  readonly options?: string;
  /** Of net sets: may an element say nomatch? */
  readonly nomatch?: boolean;
  readonly learns: boolean;
}

const KINDS: readonly SetKind[] = [
  { type: 'hash:ip', learns: true },
  { type: 'hash:net', nomatch: true, learns: true },
  { type: 'hash:ip,port', learns: true },
  { type: 'hash:net,port', nomatch: true, learns: true },
  { type: 'hash:ip,port,ip', learns: true },
  { type: 'hash:ip,port,net', nomatch: true, learns: false },
  { type: 'hash:net,iface', nomatch: true, learns: false },
  { type: 'bitmap:ip', options: 'range 10.0.0.0-10.0.9.255', learns: true },
  { type: 'bitmap:port', options: 'range 0-1023', learns: true },
];

export interface MadeSets {
  readonly lines: readonly string[];
  readonly sets: readonly MadeSet[];
}

export function makeSets(lexicon: Lexicon, devices: readonly string[], dice: Dice): MadeSets {
  const made = dice.times(
    dice.weighted([
      [3, 1],
      [2, 2],
      [1, 3],
    ]),
    (index) => makeSet(`s${index + 1}`, lexicon, devices, dice),
  );
  if (dice.chance(0.2))
    made.push(
      makeList(
        made.map(({ set }) => set),
        dice,
      ),
    );
  return { lines: made.flatMap(({ lines }) => lines), sets: made.map(({ set }) => set) };
}

function makeSet(name: string, lexicon: Lexicon, devices: readonly string[], dice: Dice) {
  const { type, options, nomatch, learns } = dice.pick(KINDS);
  const dimensions = type.split(':')[1]!.split(',');
  const counters = dice.chance(0.3) ? ' counters' : '';
  const most = nomatch ? 6 : 3;
  const elements = dice.times(dice.between(0, most), () =>
    dimensions.map((part) => element(part, lexicon, devices, dice)).join(),
  );
  const family = type.startsWith('hash:') ? ' family inet' : '';
  return {
    lines: [
      `create ${name} ${type}${family}${options ? ` ${options}` : ''}${counters}`,
      ...[...new Set(elements)]
        .filter((text) => type !== 'bitmap:ip' || text.startsWith('10.0.'))
        .filter((text) => type !== 'bitmap:port' || !text.endsWith('8080'))
        .map((text) => `add ${name} ${text}${nomatch && dice.chance(0.4) ? ' nomatch' : ''} -exist`),
    ],
    set: { name, dimensions, learns, counts: counters !== '' },
  };
}

/** A list has the directions of its longest member. */
function makeList(members: readonly MadeSet[], dice: Dice) {
  const chosen = dice.some(members, 0.7);
  const longest = chosen.reduce((most, { dimensions }) => Math.max(most, dimensions.length), 1);
  return {
    lines: ['create all list:set size 8', ...chosen.map(({ name }) => `add all ${name}`)],
    set: { name: 'all', dimensions: Array<string>(longest).fill('ip'), learns: false, counts: false },
  };
}

export function element(
  part: string,
  { addresses, prefixes }: Lexicon,
  devices: readonly string[],
  dice: Dice,
): string {
  switch (part) {
    case 'net':
      // Blocks within blocks: the longest decides.
      return dice.chance(0.5)
        ? `${dice.pick(addresses)}/${dice.pick([8, 16, 24, 28, 30, 32])}`
        : dice.pick([...prefixes.filter((prefix) => prefix !== '0.0.0.0/0'), ...addresses]);
    case 'port': {
      return `${dice.pick(['tcp:', 'udp:', ''])}${dice.pick(PORTS)}`.replace(/^(\d)/, '$1');
    }
    case 'iface':
      return dice.pick(devices);
    default:
      return dice.pick(addresses);
  }
}
