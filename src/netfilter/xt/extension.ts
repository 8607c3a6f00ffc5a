/** What a file in xt/match/ or xt/target/ declares: its options and how a match or a target is made of them. */
import type { TableName } from '../hooks.js';
import type { ExtensionTarget, Match, Negatable } from '../rule.js';
import { refusal, type Word } from '../text/word.js';

/** One `--option` (struct xt_option_entry). */
export interface OptionSpec {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** How many words follow it. */
  readonly takes: 0 | 1 | 2;
  readonly negatable?: true;
  readonly mandatory?: true;
  /** Given twice: is the tool's complaint in the words of an extension that reads its options by hand (libxt_tcp.c)? */
  readonly readByHand?: true;
  /** Options that cannot be given together with it. */
  readonly excludes?: readonly string[];
  /** An option that must be given with it. */
  readonly needs?: string;
}

/** An option as it was given. */
export interface Given {
  /** As it was written, aliases resolved only as the real tool does: `--destination-port`. */
  readonly name: string;
  readonly option: Word;
  readonly negated: boolean;
  readonly values: readonly Word[];
}

/** What else is known of the rule when its extensions are made. */
export interface RuleHead {
  readonly table: TableName;
  readonly chain: string;
  readonly protocol: Negatable<number> | undefined;
  /** Is there an ip set of this name? Undefined: not known, so not asked. */
  readonly hasSet: ((name: string) => boolean) | undefined;
  /** Where a mistake is that no option is to blame for: the extension's name. */
  readonly at: Word;
}

/** The options that were given to one extension. */
export class Options {
  readonly #given = new Map<string, Given>();

  constructor(
    /** The extension's name, with which libxtables begins its complaints. */
    readonly owner: string,
    readonly at: Word,
  ) {}

  add(spec: OptionSpec, given: Given): void {
    this.#given.set(spec.name, given);
  }

  has(name: string): boolean {
    return this.#given.has(name);
  }

  get(name: string): Given | undefined {
    return this.#given.get(name);
  }

  /** The first word of an option. */
  word(name: string): Word | undefined {
    return this.#given.get(name)?.values[0];
  }

  negated(name: string): boolean {
    return this.#given.get(name)?.negated ?? false;
  }

  get size(): number {
    return this.#given.size;
  }
}

export interface MatchExtension {
  readonly name: string;
  readonly options: readonly OptionSpec[];
  build(options: Options, head: RuleHead): Match;
}

export interface TargetExtension {
  readonly name: string;
  readonly options: readonly OptionSpec[];
  build(options: Options, head: RuleHead): ExtensionTarget;
}

/** Reads one option and checks it against those given before (xtables_option_parse). */
export function giveOption(options: Options, spec: OptionSpec, given: Given): void {
  const { owner } = options;
  if (given.negated && !spec.negatable) {
    throw refusal(given.option, 'not-negatable', `${owner}: option "--${given.name}" cannot be inverted.\n`);
  }
  if (options.has(spec.name)) {
    const says = spec.readByHand
      ? `Only one \`--${spec.name}' allowed`
      : `${owner}: option "--${given.name}" can only be used once.\n`;
    throw refusal(given.option, 'conflicting-options', says);
  }
  options.add(spec, given);
}

/** Checks all options together (xtables_options_fcheck). */
export function checkOptions(options: Options, specs: readonly OptionSpec[]): void {
  for (const spec of specs) {
    const given = options.get(spec.name);
    if (given === undefined) {
      if (!spec.mandatory) continue;
      const says = `${options.owner}: option "--${spec.name}" must be specified\n`;
      throw refusal(options.at, 'missing-option', says);
    }
    const clash = spec.excludes?.map((name) => options.get(name)).find((other) => other !== undefined);
    if (clash !== undefined) {
      const says = `${options.owner}: option "--${given.name}" cannot be used together with "--${clash.name}".\n`;
      throw refusal(clash.option, 'conflicting-options', says);
    }
    if (spec.needs !== undefined && !options.has(spec.needs)) {
      const says = `${options.owner}: option "--${given.name}" also requires "--${spec.needs}".\n`;
      throw refusal(given.option, 'missing-option', says);
    }
  }
}
