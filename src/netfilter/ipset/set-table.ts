/** The sets of one namespace by name, and the operations that the kernel offers on them (ip_set_core.c). */
import { nearest } from '../../net/did-you-mean.js';
import type { Word } from '../text/word.js';
import type { Element } from './element.js';
import { type Entry, IpSet } from './ip-set.js';
import { ipsetRefusal } from './refusal.js';

/** A list:set: its members in order. */
export interface SetList {
  /** Kept for printing. */
  readonly size: number;
  readonly timeout: number | undefined;
  readonly members: ListMember[];
}

export interface ListMember {
  readonly name: string;
  readonly expiresAt: number | undefined;
}

export type AnySet = IpSet | SetList;

export interface EntryDetails {
  /** Seconds; undefined for the set's own. */
  readonly timeout?: number | undefined;
  readonly nomatch?: boolean;
  readonly comment?: string | undefined;
  readonly skbinfo?: string;
  readonly packets?: number | undefined;
  readonly bytes?: number | undefined;
}

export class SetTable {
  readonly #sets = new Map<string, AnySet>();
  #generation = 0;

  constructor(
    /** Virtual time in milliseconds. */
    readonly now: () => number = () => 0,
    /** How many rules use the set of that name: a used set cannot be destroyed. */
    public rulesUsing: (name: string) => number = () => 0,
  ) {}

  get generation(): number {
    return this.#generation;
  }

  changed(): void {
    this.#generation++;
  }

  has(name: string): boolean {
    return this.#sets.has(name);
  }

  get(name: string): AnySet | undefined {
    return this.#sets.get(name);
  }

  names(): string[] {
    return [...this.#sets.keys()];
  }

  /** The set that a word names, or ipset's complaint. */
  need(word: Word, says = 'The set with the given name does not exist'): AnySet {
    const set = this.#sets.get(word.text);
    if (set) return set;
    throw ipsetRefusal(word, 'unknown-set', says, { suggestion: nearest(word.text, this.#sets.keys()) });
  }

  put(name: string, set: AnySet): void {
    this.#sets.set(name, set);
    this.changed();
  }

  entry(set: IpSet, element: Element, details: EntryDetails): Entry {
    const seconds = details.timeout ?? set.options.timeout ?? 0;
    return {
      element,
      nomatch: details.nomatch ?? false,
      expiresAt: seconds === 0 ? undefined : this.now() + seconds * 1000,
      comment: details.comment,
      skbinfo: details.skbinfo ?? '',
      packets: details.packets ?? 0,
      bytes: details.bytes ?? 0,
    };
  }

  /** All sets as they are now, to go back to. */
  copy(): ReadonlyMap<string, AnySet> {
    const copyOf = (set: AnySet) => (set instanceof IpSet ? set.copy() : { ...set, members: [...set.members] });
    return new Map([...this.#sets].map(([name, set]) => [name, copyOf(set)]));
  }

  replaceBy(sets: ReadonlyMap<string, AnySet>): void {
    this.#sets.clear();
    for (const [name, set] of sets) this.#sets.set(name, set);
    this.changed();
  }

  /** Rules and lists that use the set. */
  references(name: string): number {
    let lists = 0;
    for (const set of this.#sets.values()) {
      if (!(set instanceof IpSet)) lists += set.members.filter((member) => member.name === name).length;
    }
    return lists + this.rulesUsing(name);
  }

  destroy(word?: Word): void {
    const names = word ? [word.text] : this.names();
    if (word) this.need(word);
    const used = names.find((name) => this.references(name) > 0);
    if (used !== undefined) {
      const says = 'Set cannot be destroyed: it is in use by a kernel component';
      throw ipsetRefusal(word, 'set-in-use', says, { because: `a rule or a list uses ${used}` });
    }
    for (const name of names) this.#sets.delete(name);
    this.changed();
  }

  flush(word?: Word): void {
    const sets = word ? [this.need(word)] : [...this.#sets.values()];
    for (const set of sets) {
      if (set instanceof IpSet) set.clear();
      else set.members.length = 0;
    }
    this.changed();
  }

  rename(from: Word, to: Word): void {
    const set = this.need(from);
    if (this.references(from.text) > 0) {
      throw ipsetRefusal(from, 'set-in-use', 'Set cannot be renamed: it is in use by another system');
    }
    if (this.has(to.text)) {
      throw ipsetRefusal(to, 'set-exists', 'Set cannot be renamed: a set with the new name already exists');
    }
    this.#sets.delete(from.text);
    this.put(to.text, set);
  }

  /** The contents change places, the names stay: whoever uses one name then sees the other's elements. */
  swap(from: Word, to: Word): void {
    const first = this.need(from);
    const second = this.need(to, 'Sets cannot be swapped: the second set does not exist');
    const isSame = first instanceof IpSet && second instanceof IpSet && first.type === second.type;
    if (!isSame && (first instanceof IpSet || second instanceof IpSet)) {
      throw ipsetRefusal(to, 'set-type', 'The sets cannot be swapped: their type does not match');
    }
    this.#sets.set(from.text, second);
    this.#sets.set(to.text, first);
    this.changed();
  }
}
