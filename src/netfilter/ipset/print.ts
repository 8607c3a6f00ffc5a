/**
 * Sets as `ipset save` and `ipset list` print them. The elements of a bitmap stand in their own order, those of a hash in the
 * order in which they were added: the kernel's is that of a random hash.
 */
import { formatIpv4 } from '../../net/ipv4.js';
import { type Entry, IpSet } from './ip-set.js';
import type { AnySet, SetTable } from './set-table.js';

function typeName(set: AnySet): string {
  return set instanceof IpSet ? set.type.name : 'list:set';
}

/** `family inet hashsize 1024 maxelem 65536 timeout 60`. */
function header(set: AnySet): string {
  if (!(set instanceof IpSet)) return [`size ${set.size}`, ...option('timeout', set.timeout)].join(' ');
  const { type, options } = set;
  const isHash = type.storage === 'hash';
  const hasFamily = isHash && type.name !== 'hash:mac';
  return [
    ...(hasFamily ? [`family ${options.family}`] : []),
    ...(isHash ? [`hashsize ${options.hashsize}`, `maxelem ${options.maxelem}`] : []),
    ...(options.range ? [`range ${formatRange(set, options.range)}`] : []),
    ...(options.netmask === 32 ? [] : [`netmask ${options.netmask}`]),
    ...option('timeout', options.timeout),
    ...(options.counters ? ['counters'] : []),
    ...(options.comment ? ['comment'] : []),
    ...(options.skbinfo ? ['skbinfo'] : []),
    ...(options.forceadd ? ['forceadd'] : []),
    ...(isHash ? [`bucketsize ${options.bucketsize}`, `initval ${options.initval}`] : []),
  ].join(' ');
}

function option(name: string, value: number | undefined): string[] {
  return value === undefined ? [] : [`${name} ${value}`];
}

function formatRange({ type }: IpSet, [first, last]: readonly [number, number]): string {
  return type.name === 'bitmap:ip' ? `${formatIpv4(first)}-${formatIpv4(last)}` : `${first}-${last}`;
}

/** Each member with what is known of it: `10.0.0.0/8 timeout 59 packets 0 bytes 0`. */
function members(table: SetTable, set: AnySet): string[] {
  const left = (expiresAt: number | undefined) =>
    expiresAt === undefined ? 0 : Math.floor((expiresAt - table.now()) / 1000);
  if (set instanceof IpSet) {
    const entries = [...set.entries()];
    if (set.type.storage === 'bitmap') entries.sort((a, b) => Number(a.element[0]) - Number(b.element[0]));
    return entries.map((entry) => member(set, entry, left(entry.expiresAt)));
  }
  return set.members.map(({ name, expiresAt }) =>
    [name, ...(set.timeout === undefined ? [] : [`timeout ${left(expiresAt)}`])].join(' '),
  );
}

function member(set: IpSet, entry: Entry, secondsLeft: number): string {
  const { timeout, counters } = set.options;
  return [
    set.format(entry.element),
    ...(timeout === undefined ? [] : [`timeout ${secondsLeft}`]),
    ...(entry.nomatch ? ['nomatch'] : []),
    ...(counters ? [`packets ${entry.packets} bytes ${entry.bytes}`] : []),
    ...(entry.comment === undefined ? [] : [`comment "${entry.comment}"`]),
    ...(entry.skbinfo === '' ? [] : [entry.skbinfo]),
  ].join(' ');
}

/** Lists come after the sets that they may hold. */
function inOrder(table: SetTable, name: string | undefined): [string, AnySet][] {
  const names = name === undefined ? table.names() : [name];
  const sets = names.flatMap((one): [string, AnySet][] => {
    const set = table.get(one);
    return set ? [[one, set]] : [];
  });
  return [...sets.filter(([, set]) => set instanceof IpSet), ...sets.filter(([, set]) => !(set instanceof IpSet))];
}

export function saveSets(table: SetTable, only?: string): string {
  return inOrder(table, only)
    .flatMap(([name, set]) => [
      `create ${name} ${typeName(set)} ${header(set)}\n`,
      ...members(table, set).map((text) => `add ${name} ${text}\n`),
    ])
    .join('');
}

export function listSets(table: SetTable, only?: string): string {
  return inOrder(table, only)
    .map(([name, set]) => {
      const lines = members(table, set);
      return [
        `Name: ${name}`,
        `Type: ${typeName(set)}`,
        `Revision: ${set instanceof IpSet ? set.type.revision : 3}`,
        `Header: ${header(set)}`,
        `References: ${table.references(name)}`,
        `Number of entries: ${lines.length}`,
        'Members:',
        ...lines,
        '',
      ].join('\n');
    })
    .join('\n');
}
