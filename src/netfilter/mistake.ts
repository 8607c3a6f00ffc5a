/** The one error of this floor: what a person wrote and iptables, ipset or the kernel would refuse. */

/** Where the offending word stands in a text. Both count from 1. */
export interface Place {
  /** File name, where the text came from a file. */
  readonly source: string | undefined;
  readonly line: number;
  readonly column: number;
}

/** Kinds of mistakes, for programs; people read the message. */
export type MistakeCode =
  | 'bad-argument' // a word is not what its option takes
  | 'bad-value' // well formed, and out of range or not allowed here
  | 'unknown-option'
  | 'missing-argument'
  | 'missing-option'
  | 'conflicting-options'
  | 'not-negatable'
  | 'unknown-table'
  | 'unknown-chain'
  | 'unknown-target'
  | 'unknown-command'
  | 'wrong-table'
  | 'wrong-chain'
  | 'chain-exists'
  | 'chain-in-use'
  | 'chain-not-empty'
  | 'loop'
  | 'no-such-rule'
  | 'unfinished'
  | 'unknown-set'
  | 'set-exists'
  | 'set-in-use'
  | 'bad-set'
  | 'element-exists'
  | 'no-such-element';

export class NetfilterMistake extends Error {
  override readonly name = 'NetfilterMistake';

  constructor(
    readonly code: MistakeCode,
    /** What the real tool prints on stderr, without its own name: `unknown option "--dprt"`. */
    readonly says: string,
    readonly at: Place | undefined,
    /** What was probably meant: `--dport`. */
    readonly suggestion?: string,
    /** Exit code of the real tool: 2 for what it refuses itself, 1 for what the kernel refuses. */
    readonly exitCode: 1 | 2 = 2,
    /** Who speaks in the real world: `iptables v1.8.9 (legacy)`, `ipset v7.17`. */
    readonly speaker: string = IPTABLES,
  ) {
    const where = at && `${at.source ?? ''}${at.source ? ':' : 'line '}${at.line}:${at.column}: `;
    super(`${where ?? ''}${speaker}: ${says}${suggestion === undefined ? '' : `; did you mean ${suggestion}?`}`);
  }
}

export const IPTABLES = 'iptables v1.8.9 (legacy)';
export const IPSET = 'ipset v7.17';
