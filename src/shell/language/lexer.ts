/** Splits a script into words, operators and redirections: quotes, escapes, comments, here-documents (POSIX XCU 2.2, 2.3). */
import { type Place, type Redirection, SyntaxMistake, type Word } from './syntax.js';

export type Operator = '\n' | ';' | '&&' | '||' | '|';

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

/** Parts of the language that a person may well type, and what is said of them. */
const NOT_SIMULATED: readonly (readonly [RegExp, string])[] = [
  [/^\$\(/, 'command substitution `$(...)`'],
  [/^\$[A-Za-z_0-9{?#@*!$-]/, 'expanding a variable with `$`'],
  [/^`/, 'command substitution with backquotes'],
  [/^\$'/, "quoting with `$'...'`"],
];

const OPERATOR = /\n|;|&&|\|\||\||&|\(|\)/y;
const REDIRECTION = /([0-9]?)(<<<|<<-|<<|<&|<|>>|>&|>\||>|)/y;
const PLAIN = /[^\s'"\\;&|<>()$`#]+|#/y;

/** @throws SyntaxMistake */
export function tokenize(script: string): Token[] {
  return new Lexer(script).run();
}

class Lexer {
  readonly #tokens: Token[] = [];
  readonly #pending: PendingDocument[] = [];
  #at = 0;
  #line = 1;
  #lineStart = 0;

  constructor(private readonly text: string) {}

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
    if (found === '&') throw new SyntaxMistake(place, 'running a command in the background with `&` is not simulated');
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
      this.#redirect(1, both === '&>' ? 'write' : 'append', target.text, place);
      this.#redirect(2, 'duplicate', '1', place);
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
      const token = this.#redirect(descriptor, 'here', '', place);
      this.#pending.push({ end: target, stripTabs: operator === '<<-', token });
    } else if (operator === '<<<') this.#redirect(descriptor, 'here', `${target.text}\n`, place);
    else if (operator === '>&' || operator === '<&') {
      if (!/^[012]$/.test(target.text))
        throw new SyntaxMistake(target.place, `\`${target.text}\` is no file descriptor`);
      this.#redirect(descriptor, 'duplicate', target.text, place);
    } else {
      const kind = operator === '<' ? 'read' : operator === '>>' ? 'append' : 'write';
      this.#redirect(descriptor, kind, target.text, place);
    }
    return true;
  }

  #redirect(descriptor: 0 | 1 | 2, kind: Redirection['kind'], target: string, place: Place) {
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
    let text = '';
    let quoted = false;
    for (;;) {
      const character = this.text[this.#at];
      if (character === "'" || character === '"') {
        quoted = true;
        text += character === "'" ? this.#singleQuoted() : this.#doubleQuoted();
      } else if (character === '\\') {
        if (this.text[this.#at + 1] === '\n') {
          this.#at += 1;
          this.#newLine();
          continue;
        }
        quoted = true;
        text += this.text[this.#at + 1] ?? '\\';
        this.#at += 2;
      } else if (character === '$' || character === '`') text += this.#dollar();
      else {
        const plain = this.#take(PLAIN)?.[0];
        if (plain === undefined) break;
        text += plain;
      }
    }
    return this.#at === start ? undefined : { text, quoted, place };
  }

  #singleQuoted(): string {
    const end = this.text.indexOf("'", this.#at + 1);
    if (end < 0) throw new SyntaxMistake(this.#place, "unexpected EOF while looking for matching `''");
    return this.#advance(end + 1).slice(1, -1);
  }

  #doubleQuoted(): string {
    const open = this.#place;
    this.#at += 1;
    let text = '';
    for (;;) {
      const character = this.text[this.#at];
      if (character === undefined) throw new SyntaxMistake(open, 'unexpected EOF while looking for matching `"\'');
      if (character === '"') break;
      const escaped = character === '\\' ? this.text[this.#at + 1] : undefined;
      if (escaped !== undefined && '$`"\\\n'.includes(escaped)) {
        this.#advance(this.#at + 2);
        if (escaped !== '\n') text += escaped;
      } else if (character === '$' || character === '`') text += this.#dollar();
      else text += this.#advance(this.#at + 1);
    }
    this.#at += 1;
    return text;
  }

  /** A dollar sign that begins no expansion stands for itself. */
  #dollar(): string {
    const here = this.text.slice(this.#at, this.#at + 2);
    const expansion = NOT_SIMULATED.find(([pattern]) => pattern.test(here));
    if (expansion) throw new SyntaxMistake(this.#place, `${expansion[1]} is not simulated`);
    this.#at += 1;
    return '$';
  }

  /** The here-documents whose operators stood on the line that has just ended. */
  #readDocuments(): void {
    for (const document of this.#pending.splice(0)) {
      let body = '';
      for (;;) {
        if (this.#at >= this.text.length) throw this.#unfinishedDocument(document);
        const end = this.#endOfLine();
        const line = this.text.slice(this.#at, end);
        this.#at = end;
        if (end < this.text.length) this.#newLine();
        const content = document.stripTabs ? line.replace(/^\t+/, '') : line;
        if (content === document.end.text) break;
        body += `${content}\n`;
      }
      if (!document.end.quoted && /[$`]/.test(body)) {
        throw new SyntaxMistake(
          document.end.place,
          `expansions in a here-document are not simulated: write <<'${document.end.text}' to take it as it is`,
        );
      }
      const target = document.end.quoted ? body : body.replaceAll('\\\n', '').replaceAll('\\\\', '\\');
      document.token.redirection = { ...document.token.redirection, target };
    }
  }

  #unfinishedDocument({ end }: PendingDocument): SyntaxMistake {
    return new SyntaxMistake(end.place, `the here-document has no line \`${end.text}\` that ends it`);
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
