/**
 * The operations of the iptables command on one table, each done wholly or, with a NetfilterMistake, not at all.
 *
 * A rule keeps its counters for as long as it stands; a replaced one starts at 0. The counters of policies start anew with
 * any edit: libiptc 1.8.9 hands none of them over. Any edit makes the matches of the whole
 * table forget what they have counted (`-m limit`, `-m statistic`), because iptables hands the kernel a new table each time.
 */
import { nearest } from '../../net/did-you-mean.js';
import type { Chain, Rule, Table } from '../rule.js';
import { refusal, type Word, wordsOf } from '../text/word.js';
import { checkTable, type WordOf } from './check-table.js';
import { DROP_IN_NAT, isTarget, parseRules, type RuleContext } from './parse-rule.js';
import { EINVAL, ENOENT, kernelRefusal } from './refusal.js';
import { sortChains, userChain } from './table.js';

/** XT_EXTENSION_MAXNAMELEN: a chain's name must be shorter. */
const NAME_LIMIT = 29;

export interface EditOptions {
  /** Is there an ip set of this name? Undefined: not asked. */
  readonly hasSet?: (name: string) => boolean;
}

/** Words as a shell has split them, or with their places in a text. */
export type Words = readonly (string | Word)[];

function asWord(text: string | Word): Word {
  return typeof text === 'string' ? wordsOf([text])[0]! : text;
}

function asWords(words: Words): Word[] {
  return words.every((word) => typeof word === 'string') ? wordsOf(words) : words.map(asWord);
}

/**
 * Edits a copy of the table and puts it in force when the kernel would take it. Chains that are not touched stay the same
 * objects; rules always do.
 */
function edit(table: Table, change: (draft: Table) => void, wordOf?: WordOf): void {
  const draft: Table = { name: table.name, chains: new Map(table.chains) };
  change(draft);
  checkTable(draft, wordOf);
  table.chains.clear();
  for (const [name, chain] of draft.chains) table.chains.set(name, chain);
  for (const chain of table.chains.values()) forgetCounts(chain);
  zeroPolicies(table);
}

function zeroPolicies(table: Table): void {
  for (const chain of table.chains.values()) Object.assign(chain, { packets: 0, bytes: 0 });
}

function forgetCounts(chain: Chain): void {
  for (const { matches } of chain.rules) for (const match of matches) match.reset?.();
}

/** The chain, or the tool's complaint. */
export function chainOf(table: Table, name: string | Word): Chain {
  const word = asWord(name);
  const chain = table.chains.get(word.text);
  if (chain) return chain;
  throw kernelRefusal(word, 'unknown-chain', ENOENT, {
    because: `the ${table.name} table has no chain ${word.text}`,
    suggestion: nearest(word.text, table.chains.keys()),
  });
}

function readRules(table: Table, chain: Word, words: Words, command: string, options: EditOptions): Rule[] {
  const context: RuleContext = { table: table.name, chain: chain.text, chains: table.chains, command, ...options };
  return parseRules(asWords(words), context);
}

function withRules(table: Table, chain: Chain, rules: readonly Rule[]): void {
  table.chains.set(chain.name, { ...chain, rules });
}

/** `-A CHAIN rule`. */
export function appendRule(table: Table, chain: string | Word, words: Words, options: EditOptions = {}): void {
  const name = asWord(chain);
  const rules = readRules(table, name, words, 'A', options);
  const old = chainOf(table, name);
  edit(table, (draft) => withRules(draft, old, [...old.rules, ...rules]), blame(name, words));
}

/** `-I CHAIN number rule`: several addresses make several rules, each put in front of the one before. */
export function insertRule(
  table: Table,
  chain: string | Word,
  number: number,
  words: Words,
  options: EditOptions = {},
): void {
  const name = asWord(chain);
  const rules = readRules(table, name, words, 'I', options).reverse();
  const old = chainOf(table, name);
  if (number > old.rules.length + 1) {
    throw kernelRefusal(name, 'no-such-rule', 'Index of insertion too big.', { because: hasRules(old) });
  }
  edit(table, (draft) => withRules(draft, old, old.rules.toSpliced(number - 1, 0, ...rules)), blame(name, words));
}

/** `-R CHAIN number rule`. */
export function replaceRule(
  table: Table,
  chain: string | Word,
  number: number,
  words: Words,
  options: EditOptions = {},
): void {
  const name = asWord(chain);
  const rules = readRules(table, name, words, 'R', options);
  if (rules.length > 1) {
    throw refusal(name, 'bad-argument', 'Replacement rule does not specify a unique address');
  }
  const old = chainOf(table, name);
  if (number > old.rules.length) {
    throw kernelRefusal(name, 'no-such-rule', 'Index of replacement too big.', { because: hasRules(old) });
  }
  edit(table, (draft) => withRules(draft, old, old.rules.toSpliced(number - 1, 1, ...rules)), blame(name, words));
}

/** `-D CHAIN number`. */
export function deleteRuleNumber(table: Table, chain: string | Word, number: number): void {
  const old = chainOf(table, chain);
  if (number > old.rules.length) {
    throw kernelRefusal(asWord(chain), 'no-such-rule', 'Index of deletion too big.', { because: hasRules(old) });
  }
  edit(table, (draft) => withRules(draft, old, old.rules.toSpliced(number - 1, 1)));
}

/** `-D CHAIN rule`: the first rule that is spelled the same. */
export function deleteRule(table: Table, chain: string | Word, words: Words, options: EditOptions = {}): void {
  const name = asWord(chain);
  const wanted = readRules(table, name, words, 'D', options);
  const old = chainOf(table, name);
  const left = [...old.rules];
  for (const rule of wanted) left.splice(indexOf(left, rule, name), 1);
  edit(table, (draft) => withRules(draft, old, left));
}

/** `-C CHAIN rule`: throws where there is no such rule. */
export function checkRule(table: Table, chain: string | Word, words: Words, options: EditOptions = {}): void {
  const name = asWord(chain);
  const wanted = readRules(table, name, words, 'C', options);
  const { rules } = chainOf(table, name);
  for (const rule of wanted) indexOf(rules, rule, name);
}

function indexOf(rules: readonly Rule[], wanted: Rule, chain: Word): number {
  const index = rules.findIndex(({ text }) => text === wanted.text);
  if (index >= 0) return index;
  // libiptc finds no target of that name in the whole table, or no such rule: iptables has a sentence for each.
  const errno = wanted.target.kind === 'extension' ? ENOENT : 'Bad rule (does a matching rule exist in that chain?).';
  throw kernelRefusal(chain, 'no-such-rule', errno, { because: `${chain.text} has no rule \`${wanted.text}\`` });
}

/** `-N CHAIN`. */
export function newChain(table: Table, chain: string | Word): void {
  const name = asWord(chain);
  checkName(name);
  if (table.chains.has(name.text)) throw kernelRefusal(name, 'chain-exists', 'Chain already exists.');
  edit(table, (draft) => {
    draft.chains.set(name.text, userChain(name.text));
    sortChains(draft);
  });
}

/** What iptables lets nobody call a chain. */
export function checkName(name: Word): void {
  const { text } = name;
  if (text.startsWith('-') || text.startsWith('!')) {
    throw refusal(name, 'bad-argument', `chain name not allowed to start with \`${text[0]}'`);
  }
  if (text.length >= NAME_LIMIT) {
    throw refusal(name, 'bad-argument', `chain name \`${text}' too long (must be under ${NAME_LIMIT} chars)`);
  }
  if (isTarget(text)) throw refusal(name, 'bad-argument', 'chain name may not clash with target name');
}

/** `-X CHAIN`, or `-X` for every user chain. */
export function deleteChain(table: Table, chain?: string | Word): void {
  const doomed = chain === undefined ? [...table.chains.values()].filter(isUser) : [userChainOf(table, chain)];
  const at = chain === undefined ? undefined : asWord(chain);
  for (const one of doomed) {
    const caller = [...table.chains.values()].find(({ rules }) => rules.some((rule) => callee(rule) === one.name));
    if (caller) {
      const because = `a rule of ${caller.name} jumps to ${one.name}`;
      throw kernelRefusal(at, 'chain-in-use', 'Too many links.', { because });
    }
    if (one.rules.length > 0) {
      throw kernelRefusal(at, 'chain-not-empty', 'Directory not empty.', { because: hasRules(one) });
    }
  }
  edit(table, (draft) => {
    for (const { name } of doomed) draft.chains.delete(name);
  });
}

function isUser({ policy }: Chain): boolean {
  return policy === undefined;
}

function userChainOf(table: Table, name: string | Word): Chain {
  const chain = chainOf(table, name);
  if (isUser(chain)) return chain;
  throw kernelRefusal(asWord(name), 'builtin-chain', EINVAL, { because: `${chain.name} is a built-in chain` });
}

function callee({ target }: Rule): string | undefined {
  return target.kind === 'jump' || target.kind === 'goto' ? target.chain : undefined;
}

/** `-F CHAIN`, or `-F` for every chain. Policies stay. */
export function flush(table: Table, chain?: string | Word): void {
  const flushed = chain === undefined ? [...table.chains.values()] : [chainOf(table, chain)];
  edit(table, (draft) => {
    for (const one of flushed) withRules(draft, one, []);
  });
}

/** `-Z`, `-Z CHAIN` or `-Z CHAIN number`. */
export function zero(table: Table, chain?: string | Word, number?: number): void {
  const chains = chain === undefined ? [...table.chains.values()] : [chainOf(table, chain)];
  if (number !== undefined && number > chains[0]!.rules.length) {
    throw kernelRefusal(asWord(chain!), 'no-such-rule', 'Index of counter too big.', { because: hasRules(chains[0]!) });
  }
  for (const one of chains) {
    const counted = number === undefined ? [one, ...one.rules] : [one.rules[number - 1]!];
    for (const counter of counted) Object.assign(counter, { packets: 0, bytes: 0 });
    forgetCounts(one);
  }
  zeroPolicies(table);
}

/** `-P CHAIN ACCEPT`. The policy's counters start at 0. */
export function setPolicy(table: Table, chain: string | Word, policy: string | Word): void {
  const name = asWord(chain);
  const word = asWord(policy);
  if (table.name === 'nat' && word.text === 'DROP') throw refusal(word, 'wrong-table', DROP_IN_NAT);
  const old = table.chains.get(name.text);
  if (old?.policy === undefined) {
    throw kernelRefusal(name, 'builtin-chain', 'Bad built-in chain name.', {
      because: 'only a built-in chain has a policy',
      suggestion: old ? undefined : nearest(name.text, table.chains.keys()),
    });
  }
  if (word.text !== 'ACCEPT' && word.text !== 'DROP') {
    throw kernelRefusal(word, 'bad-argument', "Bad policy name. Run `dmesg' for more information.", {
      because: 'a policy is ACCEPT or DROP',
    });
  }
  const value = word.text;
  edit(table, (draft) => draft.chains.set(old.name, { ...old, policy: value, packets: 0, bytes: 0 }));
}

/** `-E OLD NEW`: the rules that jump to it follow. */
export function renameChain(table: Table, from: string | Word, to: string | Word): void {
  const name = asWord(to);
  checkName(name);
  if (table.chains.has(name.text)) throw kernelRefusal(name, 'chain-exists', 'File exists.');
  const old = userChainOf(table, from);
  edit(table, (draft) => {
    draft.chains.delete(old.name);
    draft.chains.set(name.text, { ...old, name: name.text });
    for (const chain of [...draft.chains.values()]) {
      if (!chain.rules.some((rule) => callee(rule) === old.name)) continue;
      withRules(
        draft,
        chain,
        chain.rules.map((rule) => redirect(rule, old.name, name.text)),
      );
    }
    sortChains(draft);
  });
}

function redirect(rule: Rule, from: string, to: string): Rule {
  const { target, text } = rule;
  if (callee(rule) !== from || (target.kind !== 'jump' && target.kind !== 'goto')) return rule;
  return { ...rule, target: { ...target, chain: to }, text: text.slice(0, text.length - from.length) + to };
}

function hasRules({ name, rules }: Chain): string {
  return `${name} has ${rules.length === 1 ? '1 rule' : `${rules.length || 'no'} rules`}`;
}

/** In an edit, whatever the kernel refuses is the doing of the rule at hand. */
function blame(chain: Word, words: Words): WordOf {
  return (_, text) => asWords(words).find((word) => word.text === text) ?? chain;
}
