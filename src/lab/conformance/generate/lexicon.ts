/** The names and numbers of one network: rules that speak of nothing else often match. */
import type { ConformanceCase } from '../case.js';

export type Network = Pick<ConformanceCase, 'cables' | 'words'>;

export interface Lexicon {
  /** Every own address of every namespace, without its length. */
  readonly addresses: readonly string[];
  /** Addresses that nobody has: on a link, behind a route of its own, and as the target of a translation. */
  readonly nobody: readonly string[];
  readonly prefixes: readonly string[];
  /** Of devices that are no port: a bridge takes one of its ports' for its own, and which one a lab may choose. */
  readonly macs: readonly string[];
}

/** Where nobody is. 10.0.77.0/24 is where special routes lead. */
const NOBODY = ['10.0.1.77', '10.0.2.99', '10.0.77.5'];

export function lexiconOf({ cables, words }: Network): Lexicon {
  const ends = [...cables, ...Object.values(words).flatMap(({ bridges }) => bridges ?? [])];
  const tokens = ends.flatMap((text) => text.split(/ +/));
  const own = tokens.filter((word) => word.includes('/'));
  const stations = cables.flatMap((cable) => cable.split(' = ')).filter((end) => !end.includes(' in '));
  return {
    addresses: unique(own.map((word) => word.split('/')[0]!)),
    nobody: NOBODY,
    prefixes: unique([...own.map(networkOf), '10.0.0.0/8', '172.16.0.0/12', '0.0.0.0/0', '10.0.77.0/24']),
    macs: unique(stations.flatMap((end) => / mac (\S+)/.exec(end)?.[1] ?? [])),
  };
}

/** Devices of a namespace, without lo, in the order of registration. */
export function devicesOf(namespace: string, { cables, words }: Network): string[] {
  const bridges = (words[namespace]?.bridges ?? []).map((text) => text.split(' ')[0]!);
  const ends = cables.flatMap((cable) => cable.split(' = ')).map((end) => end.trim().split(/ +/));
  return [...bridges, ...ends.filter(([name]) => name === namespace).map(([, device]) => device!)];
}

/** Own addresses of a namespace, in the order in which they are given. */
export function addressesOf(namespace: string, { cables, words }: Network): string[] {
  const ends = cables.flatMap((cable) => cable.split(' = ')).map((end) => end.trim().split(/ +/));
  const own = [
    ...(words[namespace]?.bridges ?? []).flatMap((text) => text.split(' ').slice(1)),
    ...ends.filter(([name]) => name === namespace).flatMap((words) => words.filter((word) => word.includes('/'))),
  ];
  return own.map((word) => word.split('/')[0]!);
}

export function namespacesOf({ cables, words }: Network): string[] {
  const named = cables.flatMap((cable) => cable.split(' = ')).map((end) => end.trim().split(/ +/)[0]!);
  return unique([...named, ...Object.keys(words)]);
}

function networkOf(word: string): string {
  const [address, length] = word.split('/') as [string, string];
  const octets = address.split('.');
  const kept = Number(length) >> 3;
  return `${octets.map((octet, place) => (place < kept ? octet : '0')).join('.')}/${kept * 8}`;
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
