/** Lays out a walk: the node, what happened, and the details, in columns that are as wide as they need to be. */
import type { Paint } from './paint.js';

/** Nothing is wider than this, but words that cannot be broken. */
export const WIDTH = 110;

export interface Row {
  readonly node: string;
  /** `filter FORWARD`, `route`, `in`. */
  readonly label: string;
  readonly detail: string;
  readonly tone?: 'bad' | 'good' | 'dim' | undefined;
}

/** Where long details may be broken: before `›`, before a condition or the target of a rule. */
const BREAKS = / (?=› |-[a-z] |! -)/;

export function layOut(rows: readonly Row[], paint: Paint): string[] {
  const nodeWidth = Math.max(0, ...rows.map(({ node }) => node.length));
  const labelWidth = Math.max(0, ...rows.map(({ label }) => label.length));
  const indent = nodeWidth + labelWidth + 4;
  let shown: string | undefined;
  return rows.flatMap(({ node, label, detail, tone }) => {
    const name = node === shown ? '' : node;
    shown = node;
    const [first = '', ...rest] = wrap(detail, WIDTH - indent);
    const colour = tone === undefined ? (text: string) => text : paint[tone];
    const head =
      `${paint.strong(name.padEnd(nodeWidth))}  ${colour(label.padEnd(labelWidth))}  ${colour(first)}`.trimEnd();
    return [head, ...rest.map((line) => `${' '.repeat(indent)}  ${colour(line)}`)];
  });
}

/** Breaks a text into lines of at most `width`, where it can be broken. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.split(BREAKS)) {
    if (line !== '' && line.length + 1 + piece.length > width) {
      lines.push(line);
      line = piece;
    } else {
      line = line === '' ? piece : `${line} ${piece}`;
    }
  }
  return [...lines, line];
}
