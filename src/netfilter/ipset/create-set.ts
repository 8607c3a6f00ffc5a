/** `ipset create NAME TYPE options`. */
import { nearest } from '../../net/did-you-mean.js';
import type { Word } from '../text/word.js';
import { hex, parseUnsigned } from '../xt/values.js';
import { readAddressRange } from './element.js';
import { IpSet, type SetOptions } from './ip-set.js';
import { ipsetRefusal } from './refusal.js';
import type { AnySet, SetTable } from './set-table.js';
import { type SetType, setType, setTypeNames } from './set-type.js';

/** IPSET_MAXNAMELEN without its final zero. */
const LONGEST_NAME = 31;
/** IP_SET_HASH... and IPSET_DEFAULT_...: what ipset 7.17 chooses. */
const DEFAULTS = { hashsize: 1024, maxelem: 65536, bucketsize: 12, listSize: 8 };
const SMALLEST_HASH = 64;

const FLAGS = ['counters', 'comment', 'skbinfo', 'forceadd'] as const;
const VALUES = [
  'family',
  'hashsize',
  'maxelem',
  'netmask',
  'range',
  'timeout',
  'bucketsize',
  'initval',
  'size',
] as const;

type Given = ReadonlyMap<string, Word>;

export function createSet(table: SetTable, [name, typeWord, ...rest]: readonly Word[], exist: boolean): string {
  if (name!.text.length > LONGEST_NAME) {
    const says = `Syntax error: setname '${name!.text}' is longer than ${LONGEST_NAME} characters`;
    throw ipsetRefusal(name, 'bad-argument', says);
  }
  const type = setType(typeWord!.text);
  if (type === undefined) {
    const suggestion = nearest(typeWord!.text, setTypeNames());
    throw ipsetRefusal(typeWord, 'set-type', `Syntax error: typename '${typeWord!.text}' is unknown`, { suggestion });
  }
  const given = readGiven(rest);
  const set = makeSet(table, type, typeWord!, name!.text, given);
  const existing = table.get(name!.text);
  if (existing === undefined) table.put(name!.text, set);
  else if (!exist || !isAlike(existing, set)) {
    throw ipsetRefusal(name, 'set-exists', 'Set cannot be created: set with the same name already exists');
  }
  return '';
}

function makeSet(table: SetTable, type: SetType, at: Word, name: string, given: Given): AnySet {
  if (type.storage !== 'list') return new IpSet(type, readOptions(type, at, name, given), table.now);
  return { size: number(given, 'size') ?? DEFAULTS.listSize, timeout: number(given, 'timeout'), members: [] };
}

/** Would the kernel take one for the other with `-exist`? The size of the hash does not matter. */
function isAlike(existing: AnySet, wanted: AnySet): boolean {
  if (!(existing instanceof IpSet) || !(wanted instanceof IpSet)) {
    return !(existing instanceof IpSet) && !(wanted instanceof IpSet) && existing.timeout === wanted.timeout;
  }
  if (existing.type !== wanted.type) return false;
  const [has, asks] = [existing, wanted].map(({ options: { hashsize, bucketsize, initval, ...rest } }) => rest);
  return JSON.stringify(has) === JSON.stringify(asks);
}

function readGiven(words: readonly Word[]): Given {
  const given = new Map<string, Word>();
  for (let at = 0; at < words.length; at++) {
    const option = words[at]!;
    const isFlag = FLAGS.some((flag) => flag === option.text);
    if (!isFlag && !VALUES.some((value) => value === option.text)) {
      throw ipsetRefusal(option, 'unknown-option', `Unknown argument: \`${option.text}'`, {
        suggestion: nearest(option.text, [...FLAGS, ...VALUES]),
        exitCode: 2,
      });
    }
    const value = isFlag ? option : words[++at];
    if (value === undefined) {
      throw ipsetRefusal(option, 'missing-argument', `Missing mandatory argument of option \`${option.text}'`, {
        exitCode: 2,
      });
    }
    given.set(option.text, value);
  }
  return given;
}

function number(given: Given, name: string): number | undefined {
  const word = given.get(name);
  if (word === undefined) return undefined;
  const value = parseUnsigned(word.text);
  if (value === undefined)
    throw ipsetRefusal(word, 'bad-argument', `Syntax error: '${word.text}' is invalid as number`);
  return value;
}

function readOptions(type: SetType, at: Word, name: string, given: Given): SetOptions {
  const family = given.get('family')?.text ?? 'inet';
  if (family !== 'inet' && family !== 'inet6') {
    throw ipsetRefusal(given.get('family'), 'bad-argument', `Syntax error: unknown INET family ${family}`);
  }
  const range = given.get('range');
  if (type.storage === 'bitmap' && range === undefined) {
    throw ipsetRefusal(at, 'missing-option', "Mandatory option `range' is missing", { exitCode: 2 });
  }
  return {
    family,
    hashsize: Math.max(SMALLEST_HASH, powerOfTwo(number(given, 'hashsize') ?? DEFAULTS.hashsize)),
    maxelem: number(given, 'maxelem') ?? DEFAULTS.maxelem,
    netmask: number(given, 'netmask') ?? 32,
    range: range && readRange(type, range),
    timeout: number(given, 'timeout'),
    counters: given.has('counters'),
    comment: given.has('comment'),
    skbinfo: given.has('skbinfo'),
    forceadd: given.has('forceadd'),
    bucketsize: number(given, 'bucketsize') ?? DEFAULTS.bucketsize,
    initval: given.get('initval')?.text ?? initvalOf(name),
  };
}

function readRange(type: SetType, word: Word): readonly [number, number] {
  if (type.name === 'bitmap:ip') return readAddressRange(word, word.text);
  const [first, last = first] = word.text.split('-');
  const ends = [parseUnsigned(first!, 65535), parseUnsigned(last!, 65535)] as const;
  if (ends[0] === undefined || ends[1] === undefined) {
    throw ipsetRefusal(word, 'bad-argument', `Syntax error: '${word.text}' is invalid as number`);
  }
  return [Math.min(ends[0], ends[1]), Math.max(ends[0], ends[1])];
}

function powerOfTwo(least: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, least)));
}

/** The kernel seeds each hash with a random number and prints it; this one is made from the name, and stable (FNV-1a). */
function initvalOf(name: string): string {
  let hash = 0x811c9dc5;
  for (const letter of name) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193) >>> 0;
  return `0x${hex(hash).slice(2).padStart(8, '0')}`;
}
