/** Puts tokens together to a script (POSIX XCU 2.10), or refuses the whole of it. */
import { type Operator, type Token, tokenize } from './lexer.js';
import type {
  AndOrList,
  Assignment,
  Command,
  ForLoop,
  IfClause,
  Pipeline,
  Place,
  Redirection,
  Script,
  SimpleCommand,
  WhileLoop,
  Word,
} from './syntax.js';
import { plainText, SyntaxMistake } from './syntax.js';

/** Words that end a part of a compound command: no command begins with them. */
const CLOSING = ['then', 'elif', 'else', 'fi', 'do', 'done', 'in', '}', 'esac'];

/** Words that begin what is not simulated. */
const REFUSED = ['case', 'select', 'function', '{', '[[', 'time', 'coproc'];

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const START: Place = { line: 1, column: 1 };

/**
 * `from`: where the text begins within a larger one.
 *
 * @throws SyntaxMistake
 */
export function parseScript(text: string, from: Place = START): Script {
  return new Parser(tokenize(text, from, parseScript)).whole();
}

class Parser {
  #at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Script {
    const script = this.#script();
    const token = this.tokens[this.#at];
    if (token) throw unexpected(token);
    return script;
  }

  /** Up to the end, or to a word that closes the part of a compound command that this is. */
  #script(): Script {
    const lists: AndOrList[] = [];
    this.#skipNewlines();
    while (this.#at < this.tokens.length && !this.#isOneOf(CLOSING)) {
      const list = this.#andOrList();
      const background = this.#takes('&');
      lists.push({ ...list, background });
      const token = this.tokens[this.#at];
      if (token && !background && !this.#takes(';') && !this.#takes('\n')) throw unexpected(token);
      this.#skipNewlines();
    }
    return lists;
  }

  /** A part that may not be empty. */
  #part(): Script {
    const script = this.#script();
    if (script.length > 0) return script;
    const token = this.tokens[this.#at];
    throw token ? unexpected(token) : this.#ended();
  }

  #andOrList(): Omit<AndOrList, 'background'> {
    const first = this.#pipeline();
    const rest: { operator: '&&' | '||'; pipeline: Pipeline }[] = [];
    for (;;) {
      const operator = this.#takes('&&') ? '&&' : this.#takes('||') ? '||' : undefined;
      if (operator === undefined) return { first, rest };
      this.#skipNewlines();
      rest.push({ operator, pipeline: this.#pipeline() });
    }
  }

  #pipeline(): Pipeline {
    let negated = false;
    while (this.#takesWord('!')) negated = !negated;
    const commands = [this.#command()];
    while (this.#takes('|')) {
      this.#skipNewlines();
      commands.push(this.#command());
    }
    return { negated, commands };
  }

  #command(): Command {
    const token = this.tokens[this.#at];
    if (!token) throw this.#ended();
    if (token.kind === 'operator' || this.#isOneOf(CLOSING)) throw unexpected(token);
    const { place } = token;
    if (this.#takesWord('for')) return this.#for(place);
    if (this.#takesWord('if')) return this.#if(place);
    if (this.#takesWord('while')) return this.#while(place, false);
    if (this.#takesWord('until')) return this.#while(place, true);
    return this.#simple(place);
  }

  #for(place: Place): ForLoop {
    const token = this.tokens[this.#at];
    const variable = token?.kind === 'word' ? plainText(token.word) : undefined;
    if (variable === undefined || !NAME.test(variable))
      throw new SyntaxMistake(token?.place ?? place, '`for` needs the name of a variable', token === undefined);
    this.#at += 1;
    this.#skipNewlines();
    if (!this.#takesWord('in'))
      throw new SyntaxMistake(place, '`for` without `in` goes through the parameters of the script: not simulated');
    const words: Word[] = [];
    for (let next = this.tokens[this.#at]; next?.kind === 'word'; next = this.tokens[this.#at]) {
      words.push(next.word);
      this.#at += 1;
    }
    if (!this.#takes(';') && !this.#takes('\n')) {
      const next = this.tokens[this.#at];
      throw next ? unexpected(next) : this.#ended();
    }
    this.#skipNewlines();
    const body = this.#loopBody();
    return { kind: 'for', variable, words, body, place, redirections: this.#redirections() };
  }

  #while(place: Place, until: boolean): WhileLoop {
    const condition = this.#part();
    const body = this.#loopBody();
    return { kind: 'while', until, condition, body, place, redirections: this.#redirections() };
  }

  #loopBody(): Script {
    this.#needWord('do');
    const body = this.#part();
    this.#needWord('done');
    return body;
  }

  #if(place: Place): IfClause {
    const branches: IfClause['branches'][number][] = [];
    do {
      const condition = this.#part();
      this.#needWord('then');
      branches.push({ condition, body: this.#part() });
    } while (this.#takesWord('elif'));
    const otherwise = this.#takesWord('else') ? this.#part() : [];
    this.#needWord('fi');
    return { kind: 'if', branches, otherwise, place, redirections: this.#redirections() };
  }

  #simple(place: Place): SimpleCommand {
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirections: Redirection[] = [];
    for (let token = this.tokens[this.#at]; token && token.kind !== 'operator'; token = this.tokens[this.#at]) {
      this.#at += 1;
      if (token.kind === 'redirection') {
        redirections.push(token.redirection);
        continue;
      }
      const assignment = words.length === 0 ? assignmentOf(token.word) : undefined;
      if (assignment) assignments.push(assignment);
      else words.push(token.word);
    }
    const [name] = words;
    const text = name && plainText(name);
    if (name && text !== undefined && REFUSED.includes(text))
      throw new SyntaxMistake(name.place, `\`${text}\` is not simulated`);
    if (name && assignments.length > 0)
      throw new SyntaxMistake(place, 'setting a variable for one command only is not simulated');
    return { kind: 'simple', assignments, words, redirections, place };
  }

  #redirections(): Redirection[] {
    const redirections: Redirection[] = [];
    for (let token = this.tokens[this.#at]; token?.kind === 'redirection'; token = this.tokens[this.#at]) {
      redirections.push(token.redirection);
      this.#at += 1;
    }
    return redirections;
  }

  #takes(operator: Operator): boolean {
    const token = this.tokens[this.#at];
    if (token?.kind !== 'operator' || token.operator !== operator) return false;
    this.#at += 1;
    return true;
  }

  #isOneOf(words: readonly string[]): boolean {
    const token = this.tokens[this.#at];
    const text = token?.kind === 'word' ? plainText(token.word) : undefined;
    return text !== undefined && words.includes(text);
  }

  #takesWord(text: string): boolean {
    if (!this.#isOneOf([text])) return false;
    this.#at += 1;
    return true;
  }

  #needWord(text: string): void {
    if (this.#takesWord(text)) return;
    const token = this.tokens[this.#at];
    throw token ? unexpected(token) : this.#ended();
  }

  #skipNewlines(): void {
    while (this.#takes('\n'));
  }

  #ended(): SyntaxMistake {
    const last: Place = this.tokens.at(-1)?.place ?? START;
    return new SyntaxMistake(last, 'syntax error: unexpected end of file', true);
  }
}

/** `NAME=VALUE`, whatever is quoted in the value. */
function assignmentOf({ parts, place }: Word): Assignment | undefined {
  const [first, ...rest] = parts;
  if (first?.kind !== 'text' || first.quoted) return undefined;
  const [, name, text] = /^([A-Za-z_][A-Za-z0-9_]*)=([\s\S]*)$/.exec(first.text) ?? [];
  if (name === undefined || text === undefined) return undefined;
  return { name, value: { parts: [{ ...first, text }, ...rest], place } };
}

function unexpected(token: Token): SyntaxMistake {
  const text =
    token.kind === 'operator'
      ? token.operator.replace('\n', 'newline')
      : token.kind === 'word'
        ? (plainText(token.word) ?? 'word')
        : 'word';
  return new SyntaxMistake(token.place, `syntax error near unexpected token \`${text}'`);
}
