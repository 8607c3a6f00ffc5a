/** The ip sets of one namespace: what rules ask of them, and what the ipset command does with them. */
import type { HookPass } from '../hooks.js';
import type { Skb } from '../skb.js';
import type { Word } from '../text/word.js';
import { applyIpsetCommand, restoreSets } from './command.js';
import { netPart } from './element.js';
import { IpSet } from './ip-set.js';
import { listSets, saveSets } from './print.js';
import { SetTable } from './set-table.js';
import type { Directions, SetHit, SetLookup, SetStore } from './store.js';

const HOST = 32;

export class IpSets extends SetTable implements SetStore {
  find(name: string, directions: Directions, skb: Skb, pass: HookPass, lookup: SetLookup = {}): SetHit | undefined {
    const set = this.get(name);
    if (set === undefined) return undefined;
    if (!(set instanceof IpSet)) {
      for (const member of set.members) {
        const hit = this.find(member.name, directions, skb, pass, lookup);
        if (hit) return hit;
      }
      return undefined;
    }
    const entry = set.match(directions, skb, pass);
    if (entry === undefined) return undefined;
    // mtype_data_match(): an exception counts what it covers, too.
    if (set.options.counters && lookup.count) {
      entry.packets += 1;
      entry.bytes += skb.packet.length;
    }
    // ip_set_test(): only types that can have exceptions give them back.
    const returnsNomatch = lookup.returnNomatch === true && set.type.dimensions.includes('net');
    if (entry.nomatch !== returnsNomatch) return undefined;
    if (!set.options.counters) return { packets: undefined, bytes: undefined };
    return { packets: entry.packets, bytes: entry.bytes };
  }

  learn(
    name: string,
    directions: Directions,
    skb: Skb,
    pass: HookPass,
    timeout: number | undefined,
    exist: boolean,
  ): void {
    const set = this.get(name);
    if (!(set instanceof IpSet)) return;
    const element = elementOf(set, directions, skb, pass);
    if (element === undefined || !set.inRange(element) || (set.get(element) && !exist)) return;
    if (!set.get(element) && set.isFull) return;
    // IP_SET_INIT_KEXT(): the packet that brings an element in is the first one that it counts.
    set.add(this.entry(set, element, { timeout, packets: 1, bytes: skb.packet.length }), undefined);
    this.changed();
  }

  forget(name: string, directions: Directions, skb: Skb, pass: HookPass): void {
    const set = this.get(name);
    const element = set instanceof IpSet ? elementOf(set, directions, skb, pass) : undefined;
    if (element && (set as IpSet).delete(element)) this.changed();
  }

  counts(name: string): boolean {
    const set = this.get(name);
    return set instanceof IpSet
      ? set.options.counters
      : (set?.members.some((member) => this.counts(member.name)) ?? false);
  }

  /**
   * Runs one command of ipset, `['add', 's', '10.0.0.1']`, and gives what it prints on stdout.
   * Throws a NetfilterMistake with ipset's own sentence.
   */
  run(words: readonly (string | Word)[]): string {
    return applyIpsetCommand(this, words);
  }

  restore(text: string, source?: string): void {
    restoreSets(this, text, source);
  }

  save(name?: string): string {
    return saveSets(this, name);
  }

  list(name?: string): string {
    return listSets(this, name);
  }
}

/** The element that a packet makes: where the set holds blocks, a block of the longest length in use (INIT_CIDR). */
function elementOf(set: IpSet, directions: Directions, skb: Skb, pass: HookPass) {
  const parts = set.partsOf(directions, skb, pass);
  return parts?.map((part, index) =>
    set.type.dimensions[index] === 'net' ? netPart(part as number, set.longest(index) ?? HOST) : part,
  );
}
