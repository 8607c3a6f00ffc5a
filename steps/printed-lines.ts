/**
 * Compares what a command printed with what a scenario expects: every line, blanks included, but for blanks at the ends of
 * lines and empty lines at the end. `...` stands for anything: as a line of its own for any lines, within a line for any
 * text.
 */

const ANYTHING = '...';

/** What is wrong first; undefined where nothing is. */
export function printedDifference(expected: string, printed: string): string | undefined {
  const actual = linesOf(printed);
  const blocks = blocksOf(linesOf(expected));
  let from = 0;
  for (const [number, block] of blocks.entries()) {
    const last = number === blocks.length - 1;
    // The first block stands at the beginning, the last at the end; the others wherever they come first.
    if (number === 0) {
      const wrong = differenceAt(0, block, actual, last);
      if (wrong !== undefined) return wrong;
      from = block.length;
      continue;
    }
    const found = last ? atEnd(block, actual, from) : firstPlace(block, actual, from);
    if (found === undefined) return notFound(block, actual, from, last);
    from = found + block.length;
  }
  return undefined;
}

function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The lines before, between and after the lines `...`. */
function blocksOf(lines: readonly string[]): string[][] {
  const blocks: string[][] = [[]];
  for (const line of lines) {
    if (line.trim() === ANYTHING) blocks.push([]);
    else blocks.at(-1)!.push(line);
  }
  return blocks;
}

function differenceAt(from: number, block: readonly string[], actual: readonly string[], whole: boolean) {
  const length = whole ? Math.max(block.length, actual.length) : block.length;
  for (let at = 0; at < length; at++) {
    const line = actual[from + at];
    const wanted = block[at];
    if (line !== undefined && wanted !== undefined && isLike(wanted, line)) continue;
    return [
      `  line ${from + at + 1} expected  ${wanted ?? 'nothing more'}`,
      `  line ${from + at + 1} happened  ${line ?? 'nothing more'}`,
      ...all(actual),
    ].join('\n');
  }
  return undefined;
}

function firstPlace(block: readonly string[], actual: readonly string[], from: number): number | undefined {
  for (let at = from; at + block.length <= actual.length; at++) {
    if (block.every((line, offset) => isLike(line, actual[at + offset]!))) return at;
  }
  return undefined;
}

function atEnd(block: readonly string[], actual: readonly string[], from: number): number | undefined {
  const at = actual.length - block.length;
  return at >= from && block.every((line, offset) => isLike(line, actual[at + offset]!)) ? at : undefined;
}

function notFound(block: readonly string[], actual: readonly string[], from: number, last: boolean): string {
  const where = last ? 'at the end' : 'one after the other';
  const after = from === 0 ? '' : ` after line ${from}`;
  return [
    ...block.map((line) => `  expected  ${line}`),
    `  happened  they are not there ${where}${after}`,
    ...all(actual),
  ].join('\n');
}

function all(actual: readonly string[]): string[] {
  return actual.length === 0 ? ['it printed nothing'] : ['it printed:', ...actual.map((line) => `  ${line}`)];
}

function isLike(pattern: string, line: string): boolean {
  const [first = '', ...rest] = pattern.split(ANYTHING);
  const last = rest.pop();
  if (last === undefined) return first === line;
  if (!line.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const found = line.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return line.length - last.length >= from && line.endsWith(last);
}
