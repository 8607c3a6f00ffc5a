/** Splits the words of a rule into options and their arguments, as getopt_long() does for iptables. */
import { nearest } from '../../net/did-you-mean.js';
import { refusal, type Word } from '../text/word.js';
import type { OptionSpec } from '../xt/extension.js';

/** An option of iptables itself. */
export interface BaseOption {
  readonly kind:
    | 'source'
    | 'destination'
    | 'in'
    | 'out'
    | 'protocol'
    | 'fragment'
    | 'match'
    | 'jump'
    | 'goto'
    | 'counters'
    | 'table'
    | 'command'
    | 'ignored'
    | 'display'
    | 'ipv6';
  readonly letter: string;
  readonly long: readonly string[];
  readonly argument: 'none' | 'required' | 'optional';
}

function base(
  kind: BaseOption['kind'],
  letter: string,
  argument: BaseOption['argument'],
  ...long: string[]
): BaseOption {
  return { kind, letter, long, argument };
}

const BASE: readonly BaseOption[] = [
  base('command', 'A', 'required', 'append'),
  base('command', 'D', 'required', 'delete'),
  base('command', 'C', 'required', 'check'),
  base('command', 'I', 'required', 'insert'),
  base('command', 'R', 'required', 'replace'),
  base('command', 'L', 'optional', 'list'),
  base('command', 'S', 'optional', 'list-rules'),
  base('command', 'F', 'optional', 'flush'),
  base('command', 'Z', 'optional', 'zero'),
  base('command', 'N', 'required', 'new-chain'),
  base('command', 'X', 'optional', 'delete-chain'),
  base('command', 'E', 'required', 'rename-chain'),
  base('command', 'P', 'required', 'policy'),
  base('source', 's', 'required', 'source', 'src'),
  base('destination', 'd', 'required', 'destination', 'dst'),
  base('protocol', 'p', 'required', 'protocol'),
  base('in', 'i', 'required', 'in-interface'),
  base('out', 'o', 'required', 'out-interface'),
  base('jump', 'j', 'required', 'jump'),
  base('goto', 'g', 'required', 'goto'),
  base('match', 'm', 'required', 'match'),
  base('table', 't', 'required', 'table'),
  base('fragment', 'f', 'none', 'fragments'),
  base('counters', 'c', 'required', 'set-counters'),
  base('display', 'n', 'none', 'numeric'),
  base('display', 'x', 'none', 'exact'),
  base('display', '0', 'none', 'line-numbers'),
  base('ignored', 'v', 'none', 'verbose'),
  base('ignored', 'w', 'optional', 'wait'),
  base('ignored', 'W', 'optional', 'wait-interval'),
  base('ignored', '4', 'none', 'ipv4'),
  base('ipv6', '6', 'none', 'ipv6'),
];

const BY_LETTER: ReadonlyMap<string, BaseOption> = new Map(BASE.map((option) => [option.letter, option]));
const BY_NAME: ReadonlyMap<string, BaseOption> = new Map(
  BASE.flatMap((option) => option.long.map((name) => [name, option] as const)),
);
/** Letters whose argument iptables takes from the word itself and not from getopt, so that `-ptcp` means protocol `-ptcp`. */
const WHOLE_WORD = new Set(['s', 'd', 'i', 'o', 'p']);

/** Somebody who brought options of his own: a match or the target. */
export interface Owner {
  readonly specs: readonly OptionSpec[];
}

export type Scanned<O extends Owner> =
  | { readonly kind: 'base'; readonly option: BaseOption; readonly word: Word; readonly argument: Word | undefined }
  | {
      readonly kind: 'extension';
      readonly owner: O;
      readonly spec: OptionSpec;
      /** As the tool names it in complaints. */
      readonly name: string;
      readonly word: Word;
      readonly values: readonly Word[];
    }
  | { readonly kind: 'unknown'; readonly word: Word };

export class OptionScan<O extends Owner> {
  #at = 0;

  constructor(readonly words: readonly Word[]) {}

  get done(): boolean {
    return this.#at >= this.words.length;
  }

  peek(): Word {
    return this.words[this.#at]!;
  }

  /** The next word as it is. */
  take(): Word {
    return this.words[this.#at++]!;
  }

  /** Goes back by one word, to read an option again after an extension was loaded for it. */
  back(): void {
    this.#at--;
  }

  /** The next option. `owners`: whose options are known, the latest first. */
  option(owners: readonly O[]): Scanned<O> {
    const word = this.take();
    if (word.text.startsWith('--') && word.text.length > 2) return this.#long(word, owners);
    if (word.text.startsWith('-') && word.text.length > 1) return this.#short(word);
    throw refusal(word, 'bad-argument', `Bad argument \`${word.text}'`, { speaker: '' });
  }

  #short(word: Word): Scanned<O> {
    const option = BY_LETTER.get(word.text[1]!);
    if (option === undefined || option.letter === '0') return { kind: 'unknown', word };
    if (word.text.length === 2 || option.argument === 'none') {
      return { kind: 'base', option, word, argument: this.#argument(option, word, word.text.slice(0, 2)) };
    }
    const glued = WHOLE_WORD.has(option.letter) ? word : { ...word, text: word.text.slice(2), column: word.column + 2 };
    return { kind: 'base', option, word, argument: glued };
  }

  #long(word: Word, owners: readonly O[]): Scanned<O> {
    const equals = word.text.indexOf('=');
    const written = word.text.slice(2, equals < 0 ? undefined : equals);
    const glued =
      equals < 0 ? undefined : { ...word, text: word.text.slice(equals + 1), column: word.column + equals + 1 };
    const found = resolve(written, owners);
    if (found === undefined) return { kind: 'unknown', word };
    if (found.kind === 'base') {
      return {
        kind: 'base',
        option: found.option,
        word,
        argument: glued ?? this.#argument(found.option, word, word.text),
      };
    }
    const { owner, spec, name } = found;
    const values: Word[] = glued === undefined ? [] : [glued];
    if (spec.takes > 0 && values.length === 0) values.push(this.#required(word, `--${name}`));
    if (spec.takes === 2) {
      if (this.done || /^[-!]/.test(this.peek().text)) {
        throw refusal(word, 'missing-argument', `--${name} requires two args.`);
      }
      values.push(this.take());
    }
    return { kind: 'extension', owner, spec, name, word, values };
  }

  #argument(option: BaseOption, word: Word, shown: string): Word | undefined {
    if (option.argument === 'required') return this.#required(word, shown);
    if (option.argument === 'optional' && !this.done && !/^[-!]/.test(this.peek().text)) return this.take();
    return undefined;
  }

  #required(word: Word, shown: string): Word {
    if (this.done) throw refusal(word, 'missing-argument', `option "${shown}" requires an argument`);
    return this.take();
  }
}

type Resolved<O> =
  | { readonly kind: 'base'; readonly option: BaseOption }
  | { readonly kind: 'extension'; readonly owner: O; readonly spec: OptionSpec; readonly name: string };

/** The exact name, or the only one that begins so. The options of iptables itself come first, then the latest extension's. */
function resolve<O extends Owner>(written: string, owners: readonly O[]): Resolved<O> | undefined {
  const exact = BY_NAME.get(written);
  if (exact) return { kind: 'base', option: exact };
  const begun: Resolved<O>[] = [];
  for (const owner of owners) {
    for (const spec of owner.specs) {
      for (const name of [spec.name, ...(spec.aliases ?? [])]) {
        const found = { kind: 'extension', owner, spec, name: spec.name } as const;
        if (name === written) return found;
        if (name.startsWith(written)) begun.push(found);
      }
    }
  }
  for (const [name, option] of BY_NAME) if (name.startsWith(written)) begun.push({ kind: 'base', option });
  return begun.length === 1 ? begun[0] : undefined;
}

/** What a mistyped `--option` was meant to be. */
export function suggestOption(word: Word, owners: readonly Owner[]): string | undefined {
  if (!word.text.startsWith('--')) return undefined;
  const specs = owners.flatMap((owner) => owner.specs);
  const names = [...specs.flatMap((spec) => [spec.name, ...(spec.aliases ?? [])]), ...BY_NAME.keys()];
  const meant = nearest(word.text.slice(2).split('=')[0]!, names);
  return meant && `--${meant}`;
}
