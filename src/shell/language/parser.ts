/** Puts tokens together to a script (POSIX XCU 2.10), or refuses the whole of it. */
import { type Token, tokenize } from './lexer.js';
import type { AndOrList, Pipeline, Place, Redirection, Script, SimpleCommand, Word } from './syntax.js';
import { SyntaxMistake } from './syntax.js';

/** Words that begin or end a compound command. */
const RESERVED = new Set([
  ...['if', 'then', 'elif', 'else', 'fi', 'for', 'while', 'until', 'do', 'done', 'case', 'esac', 'in', 'select'],
  ...['function', '{', '}', '[[', 'time', 'coproc'],
]);

/** @throws SyntaxMistake */
export function parseScript(text: string): Script {
  return new Parser(tokenize(text)).script();
}

class Parser {
  #at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  script(): Script {
    const lists: AndOrList[] = [];
    this.#skipNewlines();
    while (this.#at < this.tokens.length) {
      lists.push(this.#andOrList());
      const token = this.tokens[this.#at];
      if (token && !this.#takes(';') && !this.#takes('\n')) throw unexpected(token);
      this.#skipNewlines();
    }
    return lists;
  }

  #andOrList(): AndOrList {
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
    for (let token = this.tokens[this.#at]; isBang(token); token = this.tokens[this.#at]) {
      negated = !negated;
      this.#at += 1;
    }
    const commands = [this.#command()];
    while (this.#takes('|')) {
      this.#skipNewlines();
      commands.push(this.#command());
    }
    return { negated, commands };
  }

  #command(): SimpleCommand {
    const words: Word[] = [];
    const redirections: Redirection[] = [];
    const start = this.tokens[this.#at];
    for (let token = start; token && token.kind !== 'operator'; token = this.tokens[this.#at]) {
      if (token.kind === 'word') words.push(token.word);
      else redirections.push(token.redirection);
      this.#at += 1;
    }
    if (!start || start.kind === 'operator') throw start ? unexpected(start) : this.#ended();
    const [name] = words;
    if (name && !name.quoted) refuseWhatIsNoSimpleCommand(name);
    return { words, redirections, place: start.place };
  }

  #takes(operator: string): boolean {
    const token = this.tokens[this.#at];
    if (token?.kind !== 'operator' || token.operator !== operator) return false;
    this.#at += 1;
    return true;
  }

  #skipNewlines(): void {
    while (this.#takes('\n'));
  }

  #ended(): SyntaxMistake {
    const last: Place = this.tokens.at(-1)?.place ?? { line: 1, column: 1 };
    return new SyntaxMistake(last, 'syntax error: unexpected end of file');
  }
}

function isBang(token: Token | undefined): boolean {
  return token?.kind === 'word' && token.word.text === '!' && !token.word.quoted;
}

function unexpected(token: Token): SyntaxMistake {
  const text = token.kind === 'operator' ? token.operator.replace('\n', 'newline') : 'word';
  return new SyntaxMistake(token.place, `syntax error near unexpected token \`${text}'`);
}

function refuseWhatIsNoSimpleCommand({ text, place }: Word): void {
  if (RESERVED.has(text))
    throw new SyntaxMistake(place, `\`${text}\` is not simulated: a script is a list of commands`);
  if (/^[A-Za-z_][A-Za-z0-9_]*=/.test(text)) throw new SyntaxMistake(place, 'setting a variable is not simulated');
}
