/** Reads the command line of iptables: which table, which command, what to show, and the words of a rule (iptables.c, do_command4). */
import { IPTABLES, type NetfilterMistake } from '../../../netfilter/mistake.js';
import { refusal, type Word, wordsOf } from '../../../netfilter/text/word.js';
import { MATCHES, TARGETS } from '../../../netfilter/xt/registry.js';

export type CommandLetter = 'A' | 'C' | 'D' | 'E' | 'F' | 'I' | 'L' | 'N' | 'P' | 'R' | 'S' | 'X' | 'Z';

export interface CommandLine {
  readonly table: string;
  readonly command: CommandLetter;
  /** `-L -Z`: lists, then zeroes. */
  readonly zeroesToo: boolean;
  readonly chain: Word | undefined;
  /** The rule's number, the policy or the new name that may follow the chain. */
  readonly operand: Word | undefined;
  readonly numeric: boolean;
  readonly verbose: boolean;
  readonly exact: boolean;
  readonly lineNumbers: boolean;
  /** What is left: the rule. */
  readonly rule: readonly Word[];
}

const COMMANDS: Readonly<Record<string, CommandLetter>> = {
  ...{
    append: 'A',
    check: 'C',
    delete: 'D',
    'rename-chain': 'E',
    flush: 'F',
    insert: 'I',
    list: 'L',
    'new-chain': 'N',
  },
  ...{ policy: 'P', replace: 'R', 'list-rules': 'S', 'delete-chain': 'X', zero: 'Z' },
};

const CHAIN_REQUIRED = 'ACDEINPR';

/** Options that say nothing of a rule, by their long names. */
const OTHERS: Readonly<Record<string, string>> = {
  ...{ table: 't', numeric: 'n', verbose: 'v', exact: 'x', 'line-numbers': '0', wait: 'w', 'wait-interval': 'W' },
  ...{ ipv4: '4', ipv6: '6', version: 'V', help: 'h', modprobe: 'M' },
};

/** Options of a rule, and how many words follow them. */
const RULE_OPTIONS: Readonly<Record<string, number>> = { s: 1, d: 1, p: 1, i: 1, o: 1, j: 1, g: 1, m: 1, f: 0, c: 2 };
const RULE_NAMES: Readonly<Record<string, string>> = {
  ...{ source: 's', src: 's', destination: 'd', dst: 'd', protocol: 'p', proto: 'p', 'in-interface': 'i' },
  ...{ 'out-interface': 'o', jump: 'j', goto: 'g', match: 'm', fragments: 'f', 'set-counters': 'c' },
};

/** Which options make no sense with which command, in the order in which iptables complains (commands_v_options). */
const COMPLAINT_ORDER = 'nsdpjvxio0cf';
const RULE_COMMANDS = 'ACDIR';

/** Asked for instead of a command. */
export type Other = 'version' | 'help' | 'ipv6';

/** @throws NetfilterMistake */
export function readCommandLine(args: readonly string[], err: (text: string) => void): CommandLine | Other {
  return new Reader(args, err).read();
}

class Reader {
  readonly #words: readonly Word[];
  readonly #rule: Word[] = [];
  readonly #flags = new Set<string>();
  #at = 0;
  #table = 'filter';
  #command: CommandLetter | undefined;
  #zeroesToo = false;
  #chain: Word | undefined;
  #operand: Word | undefined;
  #deleteByNumber = false;

  constructor(
    args: readonly string[],
    private readonly err: (text: string) => void,
  ) {
    this.#words = wordsOf(args, { source: undefined, number: 1, speaker: IPTABLES });
  }

  read(): CommandLine | Other {
    while (this.#at < this.#words.length) {
      const other = this.#next(this.#words[this.#at++]!);
      if (other) return other;
    }
    const command = this.#command;
    if (command === undefined) throw this.#nothingToDo();
    if (this.#flags.has('W') && !this.#flags.has('w')) {
      throw refusal(this.#end, 'missing-option', '--wait-interval only makes sense with --wait\n');
    }
    this.#refuseIllegalOptions(command);
    if (!RULE_COMMANDS.includes(command) || this.#deleteByNumber) this.#refuseLeftOver();
    const has = (letter: string) => this.#flags.has(letter);
    return {
      ...{ table: this.#table, command, zeroesToo: this.#zeroesToo, chain: this.#chain, operand: this.#operand },
      ...{ numeric: has('n'), verbose: has('v'), exact: has('x'), lineNumbers: has('0'), rule: this.#rule },
    };
  }

  #next(word: Word): Other | undefined {
    const { text } = word;
    if (text.startsWith('--') && text.length > 2) return this.#long(word);
    if (/^-[A-Za-z0-9]/.test(text)) return this.#short(word);
    this.#rule.push(word);
    return undefined;
  }

  #long(word: Word): Other | undefined {
    const [name = '', ...value] = word.text.slice(2).split('=');
    const glued = value.length > 0 ? { ...word, text: value.join('=') } : undefined;
    const command = beginning(name, COMMANDS);
    if (command) return this.#setCommand(command as CommandLetter, word, glued);
    const other = beginning(name, OTHERS);
    if (other && !isExtensionOption(name)) return this.#other(other, word, glued);
    const letter = RULE_NAMES[name];
    this.#keep(word, glued ? 0 : letter === undefined ? extensionTakes(name) : RULE_OPTIONS[letter]!);
    if (letter !== undefined) this.#flags.add(letter);
    return undefined;
  }

  /** Letters without an argument can stand together: `-nvL`. */
  #short(word: Word): Other | undefined {
    const letter = word.text[1]!;
    const rest = word.text.slice(2);
    const glued = rest === '' ? undefined : { ...word, text: rest, column: word.column + 2 };
    if (Object.values(COMMANDS).includes(letter as CommandLetter))
      return this.#setCommand(letter as CommandLetter, word, glued);
    if (letter in RULE_OPTIONS) {
      this.#flags.add(letter);
      this.#keep(word, glued && letter !== 'c' ? 0 : RULE_OPTIONS[letter]!);
      return undefined;
    }
    if ('twWM'.includes(letter)) return this.#other(letter, word, glued);
    if (!'nvx46Vh'.includes(letter)) {
      this.#rule.push(word);
      return undefined;
    }
    const asked = this.#other(letter, word, undefined);
    return asked ?? (glued && this.#short({ ...glued, text: `-${rest}` }));
  }

  #other(letter: string, word: Word, glued: Word | undefined): Other | undefined {
    switch (letter) {
      case 't':
        this.#table = (glued ?? this.#required(word)).text;
        return undefined;
      case 'w':
      case 'W':
        if (letter === 'W') this.err('Ignoring deprecated --wait-interval option.\n');
        if (!glued && (letter === 'W' || /^[0-9]+$/.test(this.#peek() ?? ''))) this.#required(word);
        this.#flags.add(letter);
        return undefined;
      case 'V':
        return 'version';
      case 'h':
        return 'help';
      case '6':
        return 'ipv6';
      case 'M':
        if (!glued) this.#required(word);
        return undefined;
      default:
        this.#flags.add(letter);
        return undefined;
    }
  }

  #setCommand(letter: CommandLetter, word: Word, glued: Word | undefined): undefined {
    const before = this.#command;
    const listing = (one: string | undefined) => one === 'L' || one === 'S';
    if (before !== undefined && !(listing(before) && letter === 'Z') && !(before === 'Z' && listing(letter))) {
      throw refusal(word, 'conflicting-options', `Cannot use -${letter} with -${before}\n`.trimEnd());
    }
    this.#zeroesToo = before !== undefined;
    if (!(listing(before) && letter === 'Z')) this.#command = letter;
    const chain = glued ?? (CHAIN_REQUIRED.includes(letter) ? this.#required(word) : this.#optional());
    if (chain) this.#chain = chain;
    if (!chain) return undefined;
    if ('LSZDRI'.includes(letter)) this.#operand = this.#ruleNumber(letter, chain);
    else if (letter === 'E' || letter === 'P') this.#operand = this.#secondWord(letter, chain);
    return undefined;
  }

  #ruleNumber(letter: CommandLetter, chain: Word): Word | undefined {
    const number = this.#optional();
    if (!number && letter === 'R') throw refusal(chain, 'missing-argument', '-R requires a rule number');
    if (number && !/^0*[1-9][0-9]{0,9}$/.test(number.text)) {
      throw refusal(number, 'bad-argument', `Invalid rule number \`${number.text}'`);
    }
    this.#deleteByNumber = letter === 'D' && number !== undefined;
    return number;
  }

  #secondWord(letter: 'E' | 'P', chain: Word): Word {
    const word = this.#optional();
    if (word) return word;
    const says = letter === 'E' ? '-E requires old-chain-name and new-chain-name' : '-P requires a chain and a policy';
    throw refusal(chain, 'missing-argument', says);
  }

  /** Keeps a word for the rule, and those that belong to it whatever they look like. */
  #keep(word: Word, takes: number): void {
    this.#rule.push(word);
    for (let count = 0; count < takes && this.#at < this.#words.length; count += 1)
      this.#rule.push(this.#words[this.#at++]!);
  }

  #peek(): string | undefined {
    return this.#words[this.#at]?.text;
  }

  /** xs_has_arg(): the next word, unless it begins another option. */
  #optional(): Word | undefined {
    const next = this.#peek();
    return next === undefined || /^[-!]/.test(next) ? undefined : this.#words[this.#at++];
  }

  #required(word: Word): Word {
    const next = this.#words[this.#at++];
    if (!next) throw refusal(word, 'missing-argument', `option "${word.text}" requires an argument`);
    return next;
  }

  get #end(): Word {
    return this.#words.at(-1) ?? wordsOf([''])[0]!;
  }

  #nothingToDo(): NetfilterMistake {
    const [stray] = this.#rule;
    if (stray && !stray.text.startsWith('-') && stray.text !== '!') return badArgument(stray);
    if (stray?.text.startsWith('--')) return refusal(stray, 'unknown-option', `unknown option "${stray.text}"`);
    return refusal(this.#end, 'unknown-command', 'no command specified');
  }

  #refuseIllegalOptions(command: CommandLetter): void {
    const allowed = allowedWith(command, this.#deleteByNumber);
    const illegal = [...COMPLAINT_ORDER].find((letter) => this.#flags.has(letter) && !allowed.includes(letter));
    if (illegal === undefined) return;
    throw refusal(this.#end, 'conflicting-options', `Illegal option \`-${illegal}' with this command`);
  }

  #refuseLeftOver(): void {
    const [stray] = this.#rule;
    if (!stray) return;
    if (!stray.text.startsWith('-')) throw badArgument(stray);
    throw refusal(stray, 'unknown-option', `unknown option "${stray.text}"`);
  }
}

function allowedWith(command: CommandLetter, byNumber: boolean): string {
  if (command === 'L') return 'nvx0';
  if (!RULE_COMMANDS.includes(command) || byNumber) return command === 'P' ? 'vc' : 'v';
  return command === 'C' || command === 'D' ? 'sdpjviof' : 'sdpjviocf';
}

function badArgument(word: Word): NetfilterMistake {
  return refusal(word, 'bad-argument', `Bad argument \`${word.text}'`, { speaker: '' });
}

/** The value of the exact name, or of the only names that begin so. */
function beginning(name: string, table: Readonly<Record<string, string>>): string | undefined {
  const exact = table[name];
  if (exact !== undefined) return exact;
  const begun = Object.keys(table).filter((candidate) => candidate.startsWith(name));
  return begun.length === 1 && name.length > 2 ? table[begun[0]!] : undefined;
}

const EXTENSION_OPTIONS: ReadonlyMap<string, number> = new Map(
  [...MATCHES.values(), ...TARGETS.values()].flatMap(({ options }) =>
    options.flatMap(({ name, aliases = [], takes }) => [name, ...aliases].map((one) => [one, takes] as const)),
  ),
);

function isExtensionOption(name: string): boolean {
  return EXTENSION_OPTIONS.has(name);
}

/** How many words an extension's option takes; where no extension has it, the rule's own reader will say so. */
function extensionTakes(name: string): number {
  return EXTENSION_OPTIONS.get(name) ?? 0;
}
