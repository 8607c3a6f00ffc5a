/** The one error of this floor: what a person wrote and iptables, ipset or the kernel would refuse. */

/** Where the offending word stands in a text. Line and column count from 1. */
export interface Place {
  /** File name, where the text came from a file. */
  readonly source: string | undefined;
  readonly line: number;
  readonly column: number;
}

/** Kinds of mistakes, for programs; people read the message. */
export type MistakeCode =
  | 'bad-argument' // a word is not what its option takes, or stands where none is expected
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
  | 'wrong-protocol'
  | 'chain-exists'
  | 'chain-in-use'
  | 'chain-not-empty'
  | 'builtin-chain'
  | 'loop'
  | 'no-such-rule'
  | 'unfinished'
  | 'unknown-set'
  | 'set-exists'
  | 'set-in-use'
  | 'set-type'
  | 'set-full'
  | 'element-exists'
  | 'no-such-element';

export const IPTABLES = 'iptables v1.8.9 (legacy)';
export const IPTABLES_RESTORE = 'iptables-restore v1.8.9 (legacy)';
export const IPSET = 'ipset v7.17';
/** How iptables signs what the kernel refused. */
export const KERNEL = 'iptables';

export interface MistakeDetails {
  readonly at?: Place | undefined;
  /** What was probably meant: `--dport`. */
  readonly suggestion?: string | undefined;
  /** What the real tool leaves unsaid: `SNAT works in INPUT and POSTROUTING of the nat table only`. */
  readonly because?: string | undefined;
  /** Exit code of the real tool: 2 (the default) for what iptables refuses itself, 1 for what the kernel or ipset refuses. */
  readonly exitCode?: 1 | 2 | 3;
  /** Who speaks in the real world: `iptables v1.8.9 (legacy)` by default; `''` where the tool does not sign. */
  readonly speaker?: string;
}

export class NetfilterMistake extends Error {
  override readonly name = 'NetfilterMistake';
  readonly at: Place | undefined;
  readonly suggestion: string | undefined;
  readonly because: string | undefined;
  readonly exitCode: 1 | 2 | 3;
  /** The first line that the real tool prints on stderr. */
  readonly stderr: string;

  /** `says` is what the real tool prints after its own name: `unknown option "--dprt"`. */
  constructor(
    readonly code: MistakeCode,
    readonly says: string,
    { at, suggestion, because, exitCode = 2, speaker = IPTABLES }: MistakeDetails = {},
  ) {
    const stderr = speaker === '' ? says : `${speaker}: ${says}`;
    const where =
      at === undefined ? '' : `${at.source === undefined ? 'line ' : `${at.source}:`}${at.line}:${at.column}: `;
    const reason = because === undefined ? '' : ` (${because})`;
    const meant = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
    super(`${where}${stderr.replaceAll('\n', '')}${reason}${meant}`);
    this.at = at;
    this.suggestion = suggestion;
    this.because = because;
    this.exitCode = exitCode;
    this.stderr = stderr;
  }
}
