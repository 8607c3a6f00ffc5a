/** A YAML text with the place of everything in it, so that a mistake found in the data can point at the text. */
import {
  isCollection,
  isMap,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  Scalar,
  type YAMLError,
} from 'yaml';
import { TopologyError, type TopologyMistake } from './mistake.js';
import type { Path } from './path.js';

/** Where a text stands: its file and, for a doc string within a feature, the place of its first character. */
export interface Origin {
  readonly file: string;
  /** Both count from 1. */
  readonly line?: number;
  /** Of the text's lines, which a doc string indents. */
  readonly column?: number;
}

export class TopologyDocument {
  /** The text as plain data: maps, lists and scalars. */
  readonly data: unknown;
  readonly #root: Node | null;
  readonly #lines = new LineCounter();

  /** @throws TopologyError for text that is not YAML, holds a key twice or holds nothing */
  constructor(
    readonly text: string,
    readonly origin: Origin,
  ) {
    const document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, logLevel: 'error' });
    if (document.errors.length > 0) throw new TopologyError(document.errors.map((error) => this.#syntax(error)));
    this.#root = document.contents;
    if (this.#root === null || (isScalar(this.#root) && this.#root.value === null)) {
      throw new TopologyError([this.#at(0, 'the topology is empty; it needs at least `nodes`')]);
    }
    try {
      this.data = document.toJS();
    } catch (error) {
      throw new TopologyError([this.#at(0, `not usable YAML: ${(error as Error).message}`)]);
    }
  }

  /** A mistake about what stands at `path` (its value, or its key); where it is missing, about what should hold it. */
  mistake(path: Path, sentence: string, about: 'key' | 'value' = 'value'): TopologyMistake {
    return this.#at(this.#offset(path, about), sentence);
  }

  /** Where the first line of the text at `path` stands in the file: a block of lines begins below its key and is indented. */
  placeOf(path: Path): { readonly line: number; readonly column: number } {
    const offset = this.#offset(path, 'value');
    const node = this.#find(path);
    const type = isScalar(node) ? node.type : undefined;
    const isQuoted = type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE;
    if (type !== Scalar.BLOCK_LITERAL && type !== Scalar.BLOCK_FOLDED) return this.#place(offset + (isQuoted ? 1 : 0));
    const below = this.text.slice(offset).split('\n').slice(1);
    const indent = /^ */.exec(below.find((each) => each.trim() !== '') ?? '')![0].length;
    return { line: this.#place(offset).line + 1, column: (this.origin.column ?? 1) + indent };
  }

  /** How the scalar at `path` is spelled in the text: `20.10` for the number 20.1; undefined for anything else. */
  spelling(path: Path): string | undefined {
    const node = this.#find(path);
    return isScalar(node) ? node.source : undefined;
  }

  #find(path: Path): unknown {
    let node: unknown = this.#root;
    for (const key of path) node = isCollection(node) ? node.get(key, true) : undefined;
    return node;
  }

  #offset(path: Path, about: 'key' | 'value'): number {
    let node: unknown = this.#root;
    let offset = this.#root?.range?.[0] ?? 0;
    for (const [depth, key] of path.entries()) {
      const pair = isMap(node)
        ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
        : undefined;
      node = isPair(pair) ? pair.value : isCollection(node) ? node.get(key, true) : undefined;
      const last = depth === path.length - 1;
      const keyAt = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
      const valueAt = (node as Node | null | undefined)?.range?.[0];
      if (keyAt === undefined && valueAt === undefined) break;
      const isEmpty = isScalar(node) && node.value === null;
      const isBlock = isCollection(node) && !node.flow;
      offset = ((last && about === 'key') || isEmpty || isBlock ? keyAt : valueAt) ?? valueAt ?? keyAt ?? offset;
    }
    return offset;
  }

  #syntax(error: YAMLError): TopologyMistake {
    const word = /^["']?([^\s:"',{}]+)/.exec(this.text.slice(error.pos[0]))?.[1];
    const sentence =
      error.code === 'DUPLICATE_KEY' ? `\`${word}\` is there twice` : `not YAML: ${plain(error.message)}`;
    return this.#at(error.pos[0], sentence);
  }

  #at(offset: number, sentence: string): TopologyMistake {
    return { file: this.origin.file, ...this.#place(offset), sentence };
  }

  #place(offset: number): { line: number; column: number } {
    const { line: first = 1, column: indent = 1 } = this.origin;
    const { line, col } = this.#lines.linePos(offset);
    return { line: first + Math.max(line, 1) - 1, column: indent + Math.max(col, 1) - 1 };
  }
}

/** The parser's message without its own position and code frame. */
function plain(message: string): string {
  return message.replace(/ at line \d+, column \d+:?[\s\S]*$/, '').replace(/\n[\s\S]*$/, '');
}
