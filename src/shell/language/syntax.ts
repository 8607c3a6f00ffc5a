/** A shell script as data: the part of the POSIX shell language that people use to type networking commands. */

/** Both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** and-or lists, run one after the other. */
export type Script = readonly AndOrList[];

/** `a && b || c`: from left to right, without precedence. */
export interface AndOrList {
  readonly first: Pipeline;
  readonly rest: readonly { readonly operator: '&&' | '||'; readonly pipeline: Pipeline }[];
  /** Does `&` end it? */
  readonly background: boolean;
}

/** `! a | b`. */
export interface Pipeline {
  readonly negated: boolean;
  readonly commands: readonly Command[];
}

export type Command = SimpleCommand | ForLoop | WhileLoop | IfClause;

interface AnyCommand {
  readonly redirections: readonly Redirection[];
  readonly place: Place;
}

export interface SimpleCommand extends AnyCommand {
  readonly kind: 'simple';
  /** `A=1 B=2` in front of the command, or without one. */
  readonly assignments: readonly Assignment[];
  /** The command's name and its arguments; empty for a line of redirections or assignments only. */
  readonly words: readonly Word[];
}

export interface Assignment {
  readonly name: string;
  readonly value: Word;
}

export interface ForLoop extends AnyCommand {
  readonly kind: 'for';
  readonly variable: string;
  readonly words: readonly Word[];
  readonly body: Script;
}

export interface WhileLoop extends AnyCommand {
  readonly kind: 'while';
  /** `until`: as long as the condition fails. */
  readonly until: boolean;
  readonly condition: Script;
  readonly body: Script;
}

export interface IfClause extends AnyCommand {
  readonly kind: 'if';
  /** `if` and each `elif`. */
  readonly branches: readonly { readonly condition: Script; readonly body: Script }[];
  readonly otherwise: Script;
}

/** One word as it was typed, before any expansion. */
export interface Word {
  readonly parts: readonly WordPart[];
  readonly place: Place;
}

/** What is quoted is no operator, no reserved word and no pattern, and what it expands to is not split into fields. */
export type WordPart =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'variable'; readonly name: string; readonly quoted: boolean; readonly place: Place }
  | { readonly kind: 'command'; readonly script: Script; readonly quoted: boolean };

export interface Redirection {
  readonly descriptor: 0 | 1 | 2;
  /** `here`: the target is the text itself. `duplicate`: the target is the number of another descriptor. */
  readonly kind: 'read' | 'write' | 'append' | 'here' | 'duplicate';
  readonly target: Word;
  readonly place: Place;
}

/** The text of a word in which nothing is quoted and nothing expands: what reserved words are made of. */
export function plainText({ parts }: Word): string | undefined {
  const plain = parts.every((part) => part.kind === 'text' && !part.quoted);
  return plain ? parts.map((part) => (part.kind === 'text' ? part.text : '')).join('') : undefined;
}

/** The text of a word in which nothing expands, quotes taken away. */
export function literalText({ parts }: Word): string | undefined {
  return parts.every(({ kind }) => kind === 'text')
    ? parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
    : undefined;
}

/** A text that is no script, or uses a part of the language that is not simulated. Nothing of it runs. */
export class SyntaxMistake extends Error {
  override readonly name = 'SyntaxMistake';

  constructor(
    readonly place: Place,
    readonly says: string,
    /** Might more lines make a script of it? */
    readonly unfinished = false,
  ) {
    super(`line ${place.line}, column ${place.column}: ${says}`);
  }
}
