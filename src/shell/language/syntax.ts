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
}

/** `! a | b`. */
export interface Pipeline {
  readonly negated: boolean;
  readonly commands: readonly SimpleCommand[];
}

export interface SimpleCommand {
  /** After quote removal: the command's name and its arguments; empty for a line of redirections only. */
  readonly words: readonly Word[];
  readonly redirections: readonly Redirection[];
  readonly place: Place;
}

export interface Word {
  readonly text: string;
  /** Was any part of it quoted? Then it is no operator, no reserved word and no pattern. */
  readonly quoted: boolean;
  readonly place: Place;
}

export interface Redirection {
  readonly descriptor: 0 | 1 | 2;
  /** `here`: the target is the text itself. `duplicate`: the target is the number of another descriptor. */
  readonly kind: 'read' | 'write' | 'append' | 'here' | 'duplicate';
  readonly target: string;
  readonly place: Place;
}

/** A text that is no script, or uses a part of the language that is not simulated. Nothing of it runs. */
export class SyntaxMistake extends Error {
  override readonly name = 'SyntaxMistake';

  constructor(
    readonly place: Place,
    readonly says: string,
  ) {
    super(`line ${place.line}, column ${place.column}: ${says}`);
  }
}
