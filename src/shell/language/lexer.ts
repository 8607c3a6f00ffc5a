/** Splits a script into words, operators and redirections: quotes, escapes, comments, here-documents (POSIX XCU 2.2, 2.3). */
import {
  literalText,
  type Place,
  type Redirection,
  type Script,
  SyntaxMistake,
  type Word,
  type WordPart,
} from './syntax.js';

export type Operator = '\n' | ';' | '&&' | '||' | '|' | '&';

export type Token =
  | { readonly kind: 'word'; readonly word: Word; readonly place: Place }
  | { readonly kind: 'operator'; readonly operator: Operator; readonly place: Place }
  | { readonly kind: 'redirection'; readonly redirection: Redirection; readonly place: Place };

/** What a here-document's text will become part of, once its lines are read. */
interface PendingDocument {
  readonly end: Word;
  readonly stripTabs: boolean;
  readonly token: { kind: 'redirection'; redirection: Redirection; place: Place };
}

/** Expansions that a person may well type, and what is said of them. */
const NOT_SIMULATED: readonly (readonly [RegExp, string])[] = [
  [/^\$\(\(/, 'arithmetic `$((...))`'],
  [/^\$[0-9@*#]/, 'a parameter of the script'],
  [/^\$\$/, 'the process id `$$`'],
  [/^\$-/, '`$-`'],
  [/^\$'/, "quoting with `$'...'`"],
  [/^\$\{(?!\w+\})/, `an expansion \`\${...}\` other than \`\${NAME}\``],
];

const OPERATOR = /\n|;|&&|\|\||\||&|\(|\)/y;
const REDIRECTION = /([0-9]?)(<<<|<<-|<<|<&|<|>>|>&|>\||>|)/y;
const PLAIN = /[^\s'"\\;&|<>()$`#]+|#/y;

/** Reads the script inside `$(...)`, which begins at a place of the whole one. */
export type ReadScript = (text: string, from: Place) => Script;

/** @throws SyntaxMistake */
export function tokenize(script: string, from: Place, readScript: ReadScript): Token[] {
  return new Lexer(script, from, readScript).run();
}

class Lexer {
  readonly #tokens: Token[] = [];
  #pending: readonly PendingDocument[] = [];
  #at = 0;
  #line: number;
  #lineStart: number;

  constructor(
    private readonly text: string,
    from: Place,
    private readonly readScript: ReadScript,
  ) {
    this.#line = from.line;
    this.#lineStart = 1 - from.column;
  }

  run(): Token[] {
    for (;;) {
      this.#skipBlanks();
      if (this.#at >= this.text.length) break;
      this.#redirection() || this.#operator() || this.#word();
    }
    const [unfinished] = this.#pending;
    if (unfinished) throw this.#unfinishedDocument(unfinished);
    return this.#tokens;
  }

  get #place(): Place {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 };
  }

  /** Blanks, comments, and line ends that a backslash takes back. */
  #skipBlanks(): void {
    for (;;) {
      const character = this.text[this.#at];
      if (character === ' ' || character === '\t' || character === '\r') this.#at += 1;
      else if (character === '\\' && this.text[this.#at + 1] === '\n') {
        this.#at += 1;
        this.#newLine();
      } else if (character === '#') this.#at = this.#endOfLine();
      else return;
    }
  }

  #operator(): boolean {
    const place = this.#place;
    const found = this.#take(OPERATOR)?.[0];
    if (found === undefined) return false;
    if (found === '(' || found === ')') throw new SyntaxMistake(place, `a subshell \`${found}\` is not simulated`);
    this.#tokens.push({ kind: 'operator', operator: found as Operator, place });
    if (found === '\n') {
      this.#at -= 1;
      this.#newLine();
      this.#readDocuments();
    }
    return true;
  }

  #redirection(): boolean {
    const place = this.#place;
    const both = this.#take(/&>>?/y)?.[0];
    if (both !== undefined) {
      const target = this.#target(both, place);
      this.#redirect(1, both === '&>' ? 'write' : 'append', target, place);
      this.#redirect(2, 'duplicate', textWord('1', place), place);
      return true;
    }
    REDIRECTION.lastIndex = this.#at;
    const [all = '', digit = '', operator = ''] = REDIRECTION.exec(this.text) ?? [];
    if (operator === '') return false;
    this.#at += all.length;
    const target = this.#target(operator, place);
    const descriptor = digit === '' ? (operator.startsWith('<') ? 0 : 1) : Number(digit);
    if (descriptor !== 0 && descriptor !== 1 && descriptor !== 2) {
      throw new SyntaxMistake(place, `file descriptor ${descriptor} is not simulated: 0, 1 and 2 are`);
    }
    if (operator === '<<' || operator === '<<-') {
      const token = this.#redirect(descriptor, 'here', textWord('', place), place);
      this.#pending = [...this.#pending, { end: target, stripTabs: operator === '<<-', token }];
    } else if (operator === '<<<') {
      const parts = [...target.parts, { kind: 'text', text: '\n', quoted: true } as const];
      this.#redirect(descriptor, 'here', { parts, place: target.place }, place);
    } else if (operator === '>&' || operator === '<&') {
      if (!/^[012]$/.test(literalText(target) ?? ''))
        throw new SyntaxMistake(target.place, `\`${literalText(target) ?? '$'}\` is no file descriptor`);
      this.#redirect(descriptor, 'duplicate', target, place);
    } else {
      const kind = operator === '<' ? 'read' : operator === '>>' ? 'append' : 'write';
      this.#redirect(descriptor, kind, target, place);
    }
    return true;
  }

  #redirect(descriptor: 0 | 1 | 2, kind: Redirection['kind'], target: Word, place: Place) {
    const token = { kind: 'redirection', redirection: { descriptor, kind, target, place }, place } as const;
    this.#tokens.push(token);
    return token as PendingDocument['token'];
  }

  #target(operator: string, place: Place): Word {
    this.#skipBlanks();
    const word = this.#readWord();
    if (!word) throw new SyntaxMistake(place, `a word is missing after \`${operator}\``);
    return word;
  }

  #word(): void {
    const place = this.#place;
    const word = this.#readWord();
    if (!word) throw new SyntaxMistake(place, `\`${this.text[this.#at]}\` is not expected here`);
    this.#tokens.push({ kind: 'word', word, place });
  }

  #readWord(): Word | undefined {
    const place = this.#place;
    const start = this.#at;
    const parts: WordPart[] = [];
    const add = (text: string, quoted: boolean) => void parts.push({ kind: 'text', text, quoted });
    for (;;) {
      const character = this.text[this.#at];
      if (character === "'") add(this.#singleQuoted(), true);
      else if (character === '"') this.#doubleQuoted(parts);
      else if (character === '\\') {
        if (this.text[this.#at + 1] === '\n') {
          this.#at += 1;
          this.#newLine();
          continue;
        }
        if (this.#at + 1 >= this.text.length) throw new SyntaxMistake(this.#place, 'unexpected EOF after `\\`', true);
        add(this.text[this.#at + 1]!, true);
        this.#at += 2;
      } else if (character === '$' || character === '`') parts.push(this.#dollar(false));
      else {
        const plain = this.#take(PLAIN)?.[0];
        if (plain === undefined) break;
        add(plain, false);
      }
    }
    return this.#at === start || parts.length === 0 ? undefined : { parts, place };
  }

  #singleQuoted(): string {
    const end = this.text.indexOf("'", this.#at + 1);
    if (end < 0) throw new SyntaxMistake(this.#place, "unexpected EOF while looking for matching `''", true);
    return this.#advance(end + 1).slice(1, -1);
  }

  #doubleQuoted(parts: WordPart[]): void {
    const open = this.#place;
    this.#at += 1;
    parts.push({ kind: 'text', text: '', quoted: true });
    const found = this.#expandable('"');
    if (!found) throw new SyntaxMistake(open, 'unexpected EOF while looking for matching `"\'', true);
    parts.push(...found);
    this.#at += 1;
  }

  /** What is between double quotes, or a here-document to its end: undefined where the closing character is missing. */
  #expandable(close: '"' | undefined): WordPart[] | undefined {
    const parts: WordPart[] = [];
    let text = '';
    const flush = () => {
      if (text !== '') parts.push({ kind: 'text', text, quoted: true });
      text = '';
    };
    const escapable = close === undefined ? '$`\\\n' : '$`"\\\n';
    for (;;) {
      const character = this.text[this.#at];
      if (character === close) break;
      if (character === undefined) return undefined;
      const escaped = character === '\\' ? this.text[this.#at + 1] : undefined;
      if (escaped !== undefined && escapable.includes(escaped)) {
        this.#advance(this.#at + 2);
        if (escaped !== '\n') text += escaped;
      } else if (character === '$' || character === '`') {
        flush();
        parts.push(this.#dollar(true));
      } else text += this.#advance(this.#at + 1);
    }
    flush();
    return parts;
  }

  /** The whole text as the body of a here-document. */
  document(): WordPart[] {
    return this.#expandable(undefined)!;
  }

  /** A dollar sign that begins no expansion stands for itself. */
  #dollar(quoted: boolean): WordPart {
    const place = this.#place;
    if (this.text[this.#at] === '`') return this.#backquoted(quoted);
    const rest = this.text.slice(this.#at, this.#at + 80);
    const refused = NOT_SIMULATED.find(([pattern]) => pattern.test(rest));
    if (refused && !(quoted && rest[1] === "'")) throw new SyntaxMistake(place, `${refused[1]} is not simulated`);
    if (rest[1] === '(') return this.#substitution(quoted);
    const variable = this.#take(/\$(?:\{(\w+)\}|([A-Za-z_]\w*|[?!]))/y);
    if (variable) return { kind: 'variable', name: (variable[1] ?? variable[2])!, quoted, place };
    this.#at += 1;
    return { kind: 'text', text: '$', quoted };
  }

  #substitution(quoted: boolean): WordPart {
    const open = this.#place;
    this.#at += 2;
    const from = this.#place;
    const source = this.#advance(this.#closingParenthesis(open));
    this.#at += 1;
    return { kind: 'command', script: this.readScript(source, from), quoted };
  }

  /** Where the parenthesis closes that is open here. Quotes hide others. */
  #closingParenthesis(open: Place): number {
    const parts = /'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\\[\s\S]|[()]|[^'"\\()]+/y;
    parts.lastIndex = this.#at;
    for (let depth = 1; ; ) {
      const from = parts.lastIndex;
      const [part] = parts.exec(this.text) ?? [];
      if (part === undefined) throw new SyntaxMistake(open, "unexpected EOF while looking for matching `)'", true);
      if (part === '(') depth += 1;
      if (part === ')') depth -= 1;
      if (depth === 0) return from;
    }
  }

  #backquoted(quoted: boolean): WordPart {
    const open = this.#place;
    this.#at += 1;
    const from = this.#place;
    const [inner] = this.#take(/(?:\\[\s\S]|[^`\\])*(?=`)/y) ?? [];
    if (inner === undefined) throw new SyntaxMistake(open, "unexpected EOF while looking for matching ``'", true);
    this.#at += 1;
    return { kind: 'command', script: this.readScript(inner.replace(/\\([\\`$])/g, '$1'), from), quoted };
  }

  /** The here-documents whose operators stood on the line that has just ended. */
  #readDocuments(): void {
    for (const { end: delimiter, stripTabs, token } of this.#pending) {
      const from = { line: this.#line, column: 1 };
      let body = '';
      for (;;) {
        if (this.#at >= this.text.length) return;
        const end = this.#endOfLine();
        const line = this.text.slice(this.#at, end);
        this.#at = end;
        if (end < this.text.length) this.#newLine();
        const content = stripTabs ? line.replace(/^\t+/, '') : line;
        if (content === literalText(delimiter)) break;
        body += `${content}\n`;
      }
      const quoted = delimiter.parts.some((part) => part.quoted);
      const parts = quoted ? textWord(body, from).parts : new Lexer(body, from, this.readScript).document();
      token.redirection = { ...token.redirection, target: { parts, place: from } };
      this.#pending = this.#pending.slice(1);
    }
  }

  #unfinishedDocument({ end }: PendingDocument): SyntaxMistake {
    const sentence = `the here-document has no line \`${literalText(end)}\` that ends it`;
    return new SyntaxMistake(end.place, sentence, true);
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found) this.#at += found[0].length;
    return found;
  }

  #advance(to: number): string {
    const passed = this.text.slice(this.#at, to);
    for (const [index, character] of [...passed].entries()) {
      if (character !== '\n') continue;
      this.#line += 1;
      this.#lineStart = this.#at + index + 1;
    }
    this.#at = to;
    return passed;
  }

  /** Steps over the line feed at the current position. */
  #newLine(): void {
    this.#at += 1;
    this.#line += 1;
    this.#lineStart = this.#at;
  }

  #endOfLine(): number {
    const end = this.text.indexOf('\n', this.#at);
    return end < 0 ? this.text.length : end;
  }
}

function textWord(text: string, place: Place): Word {
  return { parts: [{ kind: 'text', text, quoted: true }], place };
}
