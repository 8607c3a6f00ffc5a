/**
 * Compares TRACE lines that a person expects with those of a packet: all lines, in order, and of each line the fields
 * that the expectation names. `TRACE: ` in front may be left out, `MARK=0x0` means that there is no mark.
 */

/** Where expectation and packet part; undefined lines are missing. Counted from 0. */
export interface TraceDifference {
  readonly line: number;
  readonly expected: string | undefined;
  readonly actual: string | undefined;
  /** The fields that differ: `MARK=0x4000`; empty where the place or the whole line does. */
  readonly fields: readonly string[];
}

/** The first difference; undefined where there is none. */
export function traceDifference(expected: readonly string[], actual: readonly string[]): TraceDifference | undefined {
  for (let line = 0; line < Math.max(expected.length, actual.length); line++) {
    const wanted = expected[line];
    const seen = actual[line];
    if (wanted === undefined || seen === undefined) return { line, expected: wanted, actual: seen, fields: [] };
    const [place, ...fields] = tokens(wanted);
    const [seenPlace, ...seenFields] = tokens(seen);
    const differing = fields.filter((field) => !has(seenFields, field));
    if (place !== seenPlace || differing.length > 0) return { line, expected: wanted, actual: seen, fields: differing };
  }
  return undefined;
}

/** The lines of a doc string, without blank ones. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** A line with only these fields: `filter:FORWARD:rule:1 IN=a OUT=b`. */
export function shortTrace(line: string, keys: readonly string[]): string {
  const [place = '', ...fields] = tokens(line);
  return [place, ...fields.filter((field) => keys.includes(field.split('=')[0]!))].join(' ');
}

function tokens(line: string): string[] {
  return line
    .replace(/^TRACE: /, '')
    .replace(/[[\]]/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
}

function has(fields: readonly string[], wanted: string): boolean {
  if (wanted === 'MARK=0x0') return !fields.some((field) => field.startsWith('MARK='));
  return fields.includes(wanted);
}
