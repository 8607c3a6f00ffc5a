/** What the kernel checks before it takes a table: translate_table(), mark_source_chains(), xt_check_match and _target. */
import { nearest } from '../../net/did-you-mean.js';
import type { Hook } from '../hooks.js';
import type { Chain, Placement, Rule, Table } from '../rule.js';
import type { Word } from '../text/word.js';
import { EINVAL, ENOENT, kernelRefusal } from './refusal.js';
import { formatProtocol, isUnconditional } from './selector.js';

/** The word to blame in a rule that came from a text: the one that says `text`, else one that tells the rule. */
export type WordOf = (rule: Rule, text: string) => Word | undefined;

/**
 * Throws a NetfilterMistake where a rule jumps to a chain that is not there or is built in, where chains that a packet can
 * reach call each other in a circle, or where an extension stands in a table or under a hook, or without a protocol, that
 * it does not work with.
 */
export function checkTable(table: Table, wordOf: WordOf = () => undefined): void {
  for (const chain of table.chains.values()) {
    for (const rule of chain.rules) {
      checkJump(table, rule, wordOf);
      for (const { name, placement } of placed(rule)) checkTableAndProtocol(table, rule, name, placement, wordOf);
    }
  }
  for (const chain of table.chains.values()) {
    if (chain.policy !== undefined) new Reach(table, chain.name as Hook, wordOf).follow(chain);
  }
}

function checkJump(table: Table, rule: Rule, wordOf: WordOf): void {
  const { target } = rule;
  if (target.kind !== 'jump' && target.kind !== 'goto') return;
  const chain = table.chains.get(target.chain);
  if (chain === undefined) {
    throw kernelRefusal(wordOf(rule, target.chain), 'unknown-chain', ENOENT, {
      because: `the ${table.name} table has no chain ${target.chain}`,
      suggestion: nearest(target.chain, table.chains.keys()),
    });
  }
  if (chain.policy !== undefined) {
    const because = `${target.chain} is a built-in chain and cannot be jumped to`;
    throw kernelRefusal(wordOf(rule, target.chain), 'builtin-chain', EINVAL, { because });
  }
}

interface Placed {
  readonly name: string;
  readonly placement: Placement;
}

function placed({ matches, target }: Rule): Placed[] {
  const found: Placed[] = [];
  for (const { extension, placement } of matches) if (placement) found.push({ name: extension, placement });
  if (target.kind === 'extension' && target.placement) {
    found.push({ name: target.name, placement: target.placement });
  }
  return found;
}

function checkTableAndProtocol(table: Table, rule: Rule, name: string, placement: Placement, wordOf: WordOf): void {
  const { tables, protocols, synOnly } = placement;
  if (tables && !tables.includes(table.name)) {
    const because = `${name} works in the ${tables.join(' and ')} table only`;
    throw kernelRefusal(wordOf(rule, name), 'wrong-table', EINVAL, { because });
  }
  const { protocol } = rule.selector;
  if (protocols && (!protocol || protocol.negated || !protocols.includes(protocol.value))) {
    const because = `${name} needs ${protocols.map((number) => `-p ${formatProtocol(number)}`).join(' or ')}`;
    throw kernelRefusal(wordOf(rule, name), 'wrong-protocol', EINVAL, { because });
  }
  if (
    synOnly &&
    !rule.matches.some(({ text }) => / --tcp-flags \S+ \S*SYN/.test(text) && !text.includes('! --tcp-flags'))
  ) {
    throw kernelRefusal(wordOf(rule, name), 'wrong-protocol', EINVAL, { because: `${name} needs --syn` });
  }
}

/** Everything that packets of one hook can reach (mark_source_chains). */
class Reach {
  readonly #done = new Set<Chain>();
  readonly #path: Chain[] = [];

  constructor(
    readonly table: Table,
    readonly hook: Hook,
    readonly wordOf: WordOf,
  ) {}

  follow(chain: Chain, by?: Rule): void {
    if (this.#path.includes(chain)) {
      const circle = [...this.#path.slice(this.#path.indexOf(chain)), chain].map(({ name }) => name);
      throw kernelRefusal(by && this.wordOf(by, chain.name), 'loop', 'Too many levels of symbolic links.', {
        because: `${circle.join(' → ')} is a loop`,
      });
    }
    if (this.#done.has(chain)) return;
    this.#path.push(chain);
    for (const rule of chain.rules) {
      this.#checkHook(rule);
      const { target } = rule;
      if (target.kind === 'jump' || target.kind === 'goto') this.follow(this.table.chains.get(target.chain)!, rule);
      // Nothing behind a verdict for every packet can be reached, and the kernel does not look there.
      if (target.kind === 'verdict' && rule.matches.length === 0 && isUnconditional(rule.selector)) break;
    }
    this.#path.pop();
    this.#done.add(chain);
  }

  #checkHook(rule: Rule): void {
    for (const { name, placement } of placed(rule)) {
      if (!placement.hooks || placement.hooks.includes(this.hook)) continue;
      const via = this.#path.length > 1 ? `, and ${this.#path.at(-1)!.name} can be reached from ${this.hook}` : '';
      throw kernelRefusal(this.wordOf(rule, name), 'wrong-chain', EINVAL, {
        because: `${name} works in ${placement.hooks.join(', ')} only${via}`,
      });
    }
  }
}
