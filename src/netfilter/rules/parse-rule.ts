/** One rule as a person types it, in any spelling that iptables 1.8.9 takes. */
import { nearest } from '../../net/did-you-mean.js';
import type { TableName } from '../hooks.js';
import type { Match, Rule, Target } from '../rule.js';
import { refusal, type Word, wordsOf } from '../text/word.js';
import {
  checkOptions,
  giveOption,
  type MatchExtension,
  Options,
  type RuleHead,
  type TargetExtension,
} from '../xt/extension.js';
import { MATCHES, TARGETS, UNMODELLED_MATCHES, UNMODELLED_TARGETS } from '../xt/registry.js';
import { unmodelledMatch, unmodelledTarget } from '../xt/unmodelled.js';
import { type BaseOption, OptionScan, suggestOption } from './option-scan.js';
import { ruleText } from './print.js';
import { SelectorReader } from './selector-reader.js';

/** XT_EXTENSION_MAXNAMELEN without its final zero. */
const LONGEST_NAME = 28;
const VERDICTS = ['ACCEPT', 'DROP', 'RETURN', 'QUEUE'] as const;

/** What is known of the place where the rule will stand. */
export interface RuleContext {
  readonly table: TableName;
  readonly chain: string;
  /** Names of the chains that can be jumped to. Undefined: any name that is no target is taken for a chain. */
  readonly chains?: { has(name: string): boolean; keys(): Iterable<string> };
  /** Is there an ip set of this name? Undefined: not asked. */
  readonly hasSet?: (name: string) => boolean;
  /** Letter of the command that the rule is for, to tell which other commands cannot be there. */
  readonly command?: string;
}

/**
 * The rules that the words stand for: one, or several where `-s` or `-d` names several addresses. Counters are those of
 * `-c`, else 0. Throws a NetfilterMistake with the real tool's sentence.
 */
export function parseRules(args: readonly string[] | readonly Word[], context: RuleContext): Rule[] {
  const words = args.map((arg) => (typeof arg === 'string' ? undefined : arg));
  return new RuleParser(words.includes(undefined) ? wordsOf(args as string[]) : (args as Word[]), context).parse();
}

/** The one rule that the words stand for: the first where there are several. */
export function parseRule(args: readonly string[] | readonly Word[], table: TableName, chain: string): Rule {
  return parseRules(args, { table, chain })[0]!;
}

interface LoadedMatch {
  readonly kind: 'match';
  readonly extension: MatchExtension;
  readonly specs: MatchExtension['options'];
  readonly options: Options;
}

interface LoadedTarget {
  readonly kind: 'target';
  readonly extension: TargetExtension;
  readonly specs: TargetExtension['options'];
  readonly options: Options;
}

type Loaded = LoadedMatch | LoadedTarget;

class RuleParser {
  readonly #scan: OptionScan<Loaded>;
  /** Extensions whose options are known, the latest first. */
  readonly #owners: Loaded[] = [];
  /** In the order of the rule: to be built, or unmodelled and ready. */
  readonly #matches: (LoadedMatch | Match)[] = [];
  readonly #seen = new Set<string>();
  #negated: Word | undefined;
  readonly #selector = new SelectorReader();
  #target: LoadedTarget | Target = { kind: 'none' };
  #counters = { packets: 0, bytes: 0 };

  constructor(
    words: readonly Word[],
    readonly context: RuleContext,
  ) {
    this.#scan = new OptionScan(words);
  }

  parse(): Rule[] {
    while (!this.#scan.done) this.#next();
    if (this.#negated) throw refusal(this.#negated, 'bad-argument', 'nothing appropriate following !');
    const { table, chain, hasSet } = this.context;
    const head: Omit<RuleHead, 'at'> = { table, chain, protocol: this.#selector.protocol, hasSet };
    const matches = this.#matches.map((match) => {
      if (!('kind' in match)) return match;
      checkOptions(match.options, match.specs);
      return match.extension.build(match.options, { ...head, at: match.options.at });
    });
    const target = this.#buildTarget(head);
    return this.#selector.selectors().map((selector) => ({
      selector,
      matches,
      target,
      text: ruleText(selector, matches, target),
      ...this.#counters,
    }));
  }

  #next(): void {
    const word = this.#scan.peek();
    if (word.text === '!') {
      if (this.#negated) throw refusal(word, 'bad-argument', 'multiple consecutive ! not allowed');
      this.#negated = this.#scan.take();
      return;
    }
    if (word.text === '--') {
      throw refusal(word, 'bad-argument', 'unknown arguments found on commandline');
    }
    const scanned = this.#scan.option(this.#owners);
    const negated = this.#negated !== undefined;
    switch (scanned.kind) {
      case 'unknown':
        return this.#unknownOption(scanned.word);
      case 'extension':
        this.#negated = undefined;
        return giveOption(scanned.owner.options, scanned.spec, {
          name: scanned.name,
          option: scanned.word,
          negated,
          values: scanned.values,
        });
      case 'base':
        this.#negated = undefined;
        return this.#base(scanned.option, scanned.word, scanned.argument, negated);
    }
  }

  /** `-p tcp --dport 80`: the protocol's own match is loaded for it. */
  #unknownOption(word: Word): void {
    const name = this.#selector.protocolMatch;
    const loaded = this.#owners.some(({ extension }) => extension.name === name);
    if (word.text.startsWith('--') && !loaded && MATCHES.has(name)) {
      this.#load(MATCHES.get(name)!, word);
      this.#scan.back();
      return;
    }
    if (word.text.startsWith('--') && UNMODELLED_MATCHES.has(name) && !this.#seen.has(`-m ${name}`)) {
      this.#scan.back();
      return this.#unmodelled(name);
    }
    const protocol = MATCHES.get(name);
    const owners = protocol && !loaded ? [...this.#owners, { specs: protocol.options }] : this.#owners;
    throw refusal(word, 'unknown-option', `unknown option "${word.text}"`, { suggestion: suggestOption(word, owners) });
  }

  #base(option: BaseOption, word: Word, argument: Word | undefined, negated: boolean): void {
    const { kind, letter } = option;
    const { command = 'A' } = this.context;
    switch (kind) {
      case 'ignored':
        return;
      case 'command':
        throw refusal(word, 'conflicting-options', `Cannot use -${letter} with -${command}`);
      case 'display':
        throw refusal(word, 'conflicting-options', `Illegal option \`${word.text}' with this command`);
      case 'table':
        throw refusal(word, 'conflicting-options', 'The -t option cannot be used in iptables-restore.\n');
      case 'ipv6':
        throw refusal(word, 'bad-argument', 'IPv6 rules are not modelled', { speaker: 'netherkin' });
      case 'match':
        if (negated) throw refusal(word, 'not-negatable', 'unexpected ! flag before --match');
        return this.#match(argument!);
      default:
        this.#once(option, word, negated);
    }
    switch (kind) {
      case 'source':
        this.#selector.source(argument!, negated);
        return;
      case 'destination':
        this.#selector.destination(argument!, negated);
        return;
      case 'in':
        this.#selector.in(argument!, negated);
        return this.#refuseInterface(word, letter, ['OUTPUT', 'POSTROUTING']);
      case 'out':
        this.#selector.out(argument!, negated);
        return this.#refuseInterface(word, letter, ['INPUT', 'PREROUTING']);
      case 'protocol':
        return this.#selector.readProtocol(argument!, negated);
      case 'fragment':
        this.#selector.fragment(negated);
        return;
      case 'counters':
        return this.#readCounters(argument!);
      case 'jump':
        return this.#jump(argument!);
      case 'goto':
        return this.#goto(argument!);
    }
  }

  #once({ kind, letter }: BaseOption, word: Word, negated: boolean): void {
    const shown = kind === 'goto' ? 'j' : letter;
    if (negated && (kind === 'jump' || kind === 'goto' || kind === 'counters')) {
      throw refusal(word, 'not-negatable', `cannot have ! before -${shown}`);
    }
    if (this.#seen.has(shown)) throw refusal(word, 'conflicting-options', `multiple -${shown} flags not allowed`);
    this.#seen.add(shown);
  }

  #refuseInterface(word: Word, letter: string, chains: readonly string[]): void {
    const { chain } = this.context;
    if (chains.includes(chain)) throw refusal(word, 'wrong-chain', `Can't use -${letter} with ${chain}\n`);
  }

  #readCounters(word: Word): void {
    const packets = Number(word.text);
    const bytes = this.#scan.done ? Number.NaN : Number(this.#scan.take().text);
    if (!Number.isSafeInteger(packets) || !Number.isSafeInteger(bytes)) {
      throw refusal(word, 'missing-argument', '-c requires packet and byte counter');
    }
    this.#counters = { packets, bytes };
  }

  #match(name: Word): void {
    const extension = MATCHES.get(name.text);
    if (extension) return this.#load(extension, name);
    const suggestion = UNMODELLED_MATCHES.has(name.text) ? undefined : nearest(name.text, MATCHES.keys());
    if (suggestion !== undefined) {
      const says = `Couldn't load match \`${name.text}':No such file or directory\n`;
      throw refusal(name, 'unknown-option', says, { suggestion });
    }
    this.#unmodelled(name.text);
  }

  #load(extension: MatchExtension, at: Word): void {
    const loaded: LoadedMatch = {
      kind: 'match',
      extension,
      specs: extension.options,
      options: new Options(extension.name, at),
    };
    this.#matches.push(loaded);
    this.#owners.unshift(loaded);
  }

  /** The options of an unknown match cannot be told from others: all that stands before the next -m, -j or -g is its own. */
  #unmodelled(name: string): void {
    this.#seen.add(`-m ${name}`);
    const words = this.#untilNext(/^(-[mjg].*|--(match|jump|goto)(=.*)?)$/);
    this.#matches.push(unmodelledMatch(name, words));
  }

  #untilNext(end: RegExp): Word[] {
    const words: Word[] = [];
    while (!this.#scan.done && !end.test(this.#scan.peek().text)) words.push(this.#scan.take());
    return words;
  }

  #jump(name: Word): void {
    const { text } = name;
    if (text.length > LONGEST_NAME) {
      throw refusal(name, 'unknown-target', `Invalid target name \`${text}' (${LONGEST_NAME} chars max)`);
    }
    const verdict = VERDICTS.find((candidate) => candidate === text);
    if (verdict) {
      this.#refuseDropInNat(name);
      this.#target = { kind: 'verdict', verdict };
      return;
    }
    const extension = TARGETS.get(text);
    if (extension) {
      const loaded: LoadedTarget = {
        kind: 'target',
        extension,
        specs: extension.options,
        options: new Options(text, name),
      };
      this.#target = loaded;
      this.#owners.unshift(loaded);
      return;
    }
    const { chains } = this.context;
    if (chains?.has(text)) this.#target = { kind: 'jump', chain: text };
    else if (UNMODELLED_TARGETS.has(text) || this.#hasForeignOption()) {
      this.#target = unmodelledTarget(text, this.#untilNext(/^(-m.*|--match(=.*)?)$/));
    } else if (chains === undefined) this.#target = { kind: 'jump', chain: text };
    else throw unknownTarget(name, chains.keys());
  }

  /** A chain takes no options: `-j NAME --option` can only be a target. */
  #hasForeignOption(): boolean {
    if (this.#scan.done || !this.#scan.peek().text.startsWith('--')) return false;
    const next = this.#scan.option(this.#owners);
    const foreign = next.kind === 'unknown';
    this.#rewindTo(next.word);
    return foreign;
  }

  #rewindTo(word: Word): void {
    do this.#scan.back();
    while (this.#scan.peek() !== word);
  }

  #refuseDropInNat(name: Word): void {
    if (name.text !== 'DROP' || this.context.table !== 'nat') return;
    throw refusal(name, 'wrong-table', DROP_IN_NAT);
  }

  #goto(name: Word): void {
    const { chains } = this.context;
    if (chains && !chains.has(name.text)) {
      const says = `goto '${name.text}' is not a chain\n`;
      throw refusal(name, 'unknown-chain', says, { suggestion: nearest(name.text, chains.keys()) });
    }
    this.#target = { kind: 'goto', chain: name.text };
  }

  #buildTarget(head: Omit<RuleHead, 'at'>): Target {
    const target = this.#target;
    if (target.kind !== 'target') return target;
    checkOptions(target.options, target.specs);
    return target.extension.build(target.options, { ...head, at: target.options.at });
  }
}

/** Is the name taken by a verdict or a target of iptables, so that no chain can have it? */
export function isTarget(name: string): boolean {
  return VERDICTS.some((verdict) => verdict === name) || TARGETS.has(name) || UNMODELLED_TARGETS.has(name);
}

/** What iptables says of DROP in the nat table. */
export const DROP_IN_NAT =
  '\nThe "nat" table is not intended for filtering, the use of DROP is therefore inhibited.\n\n';

function unknownTarget(name: Word, chains: Iterable<string>) {
  const suggestion = nearest(name.text, [...VERDICTS, ...TARGETS.keys(), ...chains]);
  const says = `Couldn't load target \`${name.text}':No such file or directory\n`;
  return refusal(name, 'unknown-target', says, { suggestion });
}
