/** `ipset add`, `del` and `test`. */
import { nearest } from '../../net/did-you-mean.js';
import { NetfilterMistake } from '../mistake.js';
import { placeOf, type Word } from '../text/word.js';
import { parseUnsigned } from '../xt/values.js';
import { type Element, netLength, type Part, readParts } from './element.js';
import { IpSet } from './ip-set.js';
import { ipsetRefusal } from './refusal.js';
import type { EntryDetails, SetList, SetTable } from './set-table.js';

const ALL_BITS = 0xffffffff;
const ORDINALS = ['First', 'Second', 'Third'];

export function addElements(table: SetTable, [name, word, ...rest]: readonly Word[], exist: boolean): string {
  const set = table.need(name!);
  if (set instanceof IpSet) {
    const details = readDetails(set, rest);
    // The kernel adds the elements of a range one by one, and stops at the first that is there already.
    for (const element of readElements(set, word!)) {
      const earlier = set.get(element);
      if (earlier && !exist) {
        throw ipsetRefusal(word, 'element-exists', "Element cannot be added to the set: it's already added");
      }
      // ip_set_init_counter(): what the command does not say stays as it was counted.
      const { packets = earlier?.packets, bytes = earlier?.bytes } = details;
      set.add(table.entry(set, element, { ...details, packets, bytes }), word);
      table.changed();
    }
  } else addMember(table, name!, set, word!, rest, exist);
  return '';
}

export function deleteElements(table: SetTable, [name, word]: readonly Word[], exist: boolean): string {
  const set = table.need(name!);
  const elements = set instanceof IpSet ? readElements(set, word!) : [[needMember(table, word!)]];
  for (const element of elements) {
    const gone = set instanceof IpSet ? set.delete(element) : removeMember(set, word!.text);
    if (!gone && !exist) {
      throw ipsetRefusal(word, 'no-such-element', "Element cannot be deleted from the set: it's not added");
    }
    table.changed();
  }
  return '';
}

/** What is printed where the element is in; the opposite is ipset's exit code 1, which it does not sign. */
export function testElement(table: SetTable, [name, word]: readonly Word[]): string {
  const set = table.need(name!);
  let element = word!.text;
  let isIn: boolean;
  if (set instanceof IpSet) {
    // The address as it was asked for, not as the set masks it; and ipset does not repeat `physdev:`.
    element = set.format(readElements(set, word!, ALL_BITS)[0]!).replace('physdev:', '');
    isIn = isElement(set, readElements(set, word!)[0]!);
  } else isIn = hasMember(set, element);
  if (isIn) return `Warning: ${element} is in set ${name!.text}.\n`;
  throw new NetfilterMistake('no-such-element', `${element} is NOT in set ${name!.text}.`, {
    at: placeOf(word!),
    exitCode: 1,
    speaker: '',
  });
}

/** A host is in a set of blocks if a block covers it; a block only if it is an element itself (mtype_test). */
function isElement(set: IpSet, element: Element): boolean {
  const entry = set.covering(element);
  return entry !== undefined && !entry.nomatch;
}

function readElements(set: IpSet, word: Word, mask = set.mask): Element[] {
  const { type, options } = set;
  if (options.family === 'inet6') return [[word.text]];
  if (type.name === 'bitmap:port') return bitmapPorts(set, word);
  const texts = word.text.split(',');
  if (texts.length < type.dimensions.length) {
    const missing = ORDINALS[texts.length] ?? 'An';
    throw ipsetRefusal(word, 'bad-argument', `Syntax error: ${missing} element is missing from ${word.text}.`);
  }
  if (texts.length > type.dimensions.length) {
    const says = `Syntax error: Elem separator in ${word.text}, but settype ${type.name} supports none.`;
    throw ipsetRefusal(word, 'bad-argument', says);
  }
  let elements: Part[][] = [[]];
  for (const [index, dimension] of type.dimensions.entries()) {
    const parts = readParts(dimension, word, texts[index]!, mask);
    elements = elements.flatMap((element) => parts.map((part) => [...element, part]));
  }
  for (const element of elements) checkElement(set, element, word);
  return elements;
}

function bitmapPorts(set: IpSet, word: Word): Element[] {
  const [first, last = first] = word.text.replace(/^[a-z]+:/, '').split('-');
  const [min, max] = [parseUnsigned(first!, 65535), parseUnsigned(last!, 65535)];
  if (min === undefined || max === undefined) {
    throw ipsetRefusal(word, 'bad-argument', `Syntax error: '${word.text}' is invalid as number`);
  }
  const elements = Array.from({ length: Math.abs(max - min) + 1 }, (_, offset) => [Math.min(min, max) + offset]);
  for (const element of elements) checkElement(set, element, word);
  return elements;
}

function checkElement(set: IpSet, element: Element, word: Word): void {
  if (!set.inRange(element)) {
    throw ipsetRefusal(word, 'bad-argument', 'Element is out of the range of the set');
  }
  const isAny = set.type.dimensions.some((kind, at) => kind === 'net' && netLength(element[at] as number) === 0);
  if (isAny && !set.type.dimensions.includes('iface')) {
    throw ipsetRefusal(word, 'bad-argument', 'The value of the CIDR parameter of the IP address is invalid');
  }
}

function readDetails(set: IpSet, words: readonly Word[]): EntryDetails {
  const given = new Map<string, string>();
  let nomatch = false;
  for (let at = 0; at < words.length; at++) {
    const option = words[at]!;
    if (option.text === 'nomatch' && set.type.dimensions.includes('net')) {
      nomatch = true;
      continue;
    }
    checkOption(set, option);
    const value = words[++at];
    if (value === undefined) {
      throw ipsetRefusal(option, 'missing-argument', `Missing mandatory argument of option \`${option.text}'`, {
        exitCode: 2,
      });
    }
    if (option.text !== 'comment' && !option.text.startsWith('skb') && parseUnsigned(value.text) === undefined) {
      throw ipsetRefusal(value, 'bad-argument', `Syntax error: '${value.text}' is invalid as number`);
    }
    given.set(option.text, value.text);
  }
  const number = (name: string) => (given.has(name) ? Number(given.get(name)) : undefined);
  const skbinfo = [...given].filter(([name]) => name.startsWith('skb')).map((pair) => pair.join(' '));
  return {
    nomatch,
    timeout: number('timeout'),
    comment: given.get('comment'),
    packets: number('packets'),
    bytes: number('bytes'),
    skbinfo: skbinfo.join(' '),
  };
}

/** What each option of an element needs the set to have been created with. */
const NEEDS: Readonly<Record<string, { readonly says: string; has(set: IpSet): boolean }>> = {
  timeout: {
    says: 'Timeout cannot be used: set was created without timeout support',
    has: ({ options }) => options.timeout !== undefined,
  },
  packets: {
    says: 'Packet/byte counters cannot be used: set was created without counter support',
    has: ({ options }) => options.counters,
  },
  bytes: {
    says: 'Packet/byte counters cannot be used: set was created without counter support',
    has: ({ options }) => options.counters,
  },
  comment: {
    says: 'Comment cannot be used: set was created without comment support',
    has: ({ options }) => options.comment,
  },
  ...Object.fromEntries(
    ['skbmark', 'skbprio', 'skbqueue'].map((name) => [
      name,
      {
        says: 'Skbinfo mapping cannot be used: set was created without skbinfo support',
        has: ({ options }: IpSet) => options.skbinfo,
      },
    ]),
  ),
};

function checkOption(set: IpSet, option: Word): void {
  const need = NEEDS[option.text];
  if (need === undefined) {
    const suggestion = nearest(option.text, [...Object.keys(NEEDS), 'nomatch']);
    throw ipsetRefusal(option, 'unknown-option', `Unknown argument: \`${option.text}'`, { suggestion, exitCode: 2 });
  }
  if (!need.has(set)) throw ipsetRefusal(option, 'bad-argument', need.says);
}

function needMember(table: SetTable, word: Word): string {
  table.need(word, 'Set to be added/deleted/tested as element does not exist.');
  return word.text;
}

function hasMember({ members }: SetList, name: string): boolean {
  return members.some((member) => member.name === name);
}

function removeMember({ members }: SetList, name: string): boolean {
  const at = members.findIndex((member) => member.name === name);
  if (at < 0) return false;
  members.splice(at, 1);
  return true;
}

/** `ipset add LIST SET [before|after OTHER]`. */
function addMember(
  table: SetTable,
  list: Word,
  set: SetList,
  word: Word,
  [where, other]: readonly Word[],
  exist: boolean,
): void {
  needMember(table, word);
  if (!(table.get(word.text) instanceof IpSet)) {
    throw ipsetRefusal(word, 'set-type', 'Sets with list:set type cannot be added to the set.');
  }
  if (hasMember(set, word.text)) {
    if (exist) return;
    throw ipsetRefusal(word, 'element-exists', "Element cannot be added to the set: it's already added");
  }
  let at = set.members.length;
  if (where && other) {
    const reference = set.members.findIndex((member) => member.name === other.text);
    if (reference < 0) {
      throw ipsetRefusal(other, 'no-such-element', `The set ${other.text} is not in the list ${list.text}`);
    }
    at = where.text === 'before' ? reference : reference + 1;
  }
  const seconds = set.timeout ?? 0;
  set.members.splice(at, 0, { name: word.text, expiresAt: seconds ? table.now() + seconds * 1000 : undefined });
  table.changed();
}
