/** Compares lines of `conntrack -L` by the fields that the expected one gives. */

interface Entry {
  /** `src=`, `dport=` ... of the direction in which the connection began. */
  readonly original: readonly string[];
  readonly reply: readonly string[];
  /** Protocol, state, `[UNREPLIED]`, `mark=`. */
  readonly others: readonly string[];
}

const TUPLE = /^(src|dst|sport|dport|type|code|id)=/;

/** The first expected line that no entry answers to; each entry answers to one line. */
export function missingEntry(expected: readonly string[], actual: readonly string[]): string | undefined {
  const entries = actual.map(readEntry);
  return expected.find((line) => {
    const wanted = readEntry(line);
    const found = entries.findIndex((entry) => isLike(wanted, entry));
    if (found >= 0) entries.splice(found, 1);
    return found < 0;
  });
}

/** The second `src=` begins the tuple of the reply. */
function readEntry(line: string): Entry {
  const original: string[] = [];
  const reply: string[] = [];
  const others: string[] = [];
  let seen = 0;
  for (const word of line.trim().split(/\s+/)) {
    if (word.startsWith('src=')) seen++;
    if (TUPLE.test(word)) (seen > 1 ? reply : original).push(word);
    else others.push(word);
  }
  return { original, reply, others };
}

function isLike(wanted: Entry, entry: Entry): boolean {
  return (['original', 'reply', 'others'] as const).every((part) =>
    wanted[part].every((word) => entry[part].includes(word)),
  );
}
