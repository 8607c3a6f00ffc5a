/** Compares what commands print with what a scenario expects of it, line by line. */

/** The lines of a text without blanks at their ends, blank lines and comments. */
export function plainLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** All lines, in order: what is wrong first; undefined where nothing is. */
export function firstDifference(expected: readonly string[], actual: readonly string[]): string | undefined {
  for (let at = 0; at < Math.max(expected.length, actual.length); at++) {
    if (expected[at] === actual[at]) continue;
    const place = `line ${at + 1}`;
    const context = actual.slice(Math.max(0, at - 2), at).map((line) => `    ${line}`);
    return [
      `they differ at ${place}${context.length === 0 ? '' : ', after'}`,
      ...context,
      `  expected  ${expected[at] ?? 'nothing more'}`,
      `  happened  ${actual[at] ?? 'nothing more'}`,
    ].join('\n');
  }
  return undefined;
}

/** These lines in this order, perhaps with others between: what is missing first. */
export function firstMissing(expected: readonly string[], actual: readonly string[]): string | undefined {
  let from = 0;
  for (const line of expected) {
    const found = actual.indexOf(line, from);
    if (found >= 0) {
      from = found + 1;
      continue;
    }
    const earlier = actual.indexOf(line);
    const where = earlier >= 0 ? 'it is there, but before the one above it' : 'it is not there';
    return [`  expected  ${line}`, `  happened  ${where}`, '', 'there is:', ...actual.map((each) => `  ${each}`)].join(
      '\n',
    );
  }
  return undefined;
}

/** `iptables -S`, `iptables-save` or only rules: the lines of it as `iptables -S` prints them. */
export function ruleLines(text: string): string[] {
  return plainLines(text).flatMap((line) => {
    if (line.startsWith('*') || line === 'COMMIT') return [];
    const [, chain, policy] = /^:(\S+) (\S+)/.exec(line) ?? [];
    if (chain === undefined) return [line.replace(/^\[\d+:\d+\] /, '')];
    return [policy === '-' ? `-N ${chain}` : `-P ${chain} ${policy}`];
  });
}

/** Only rules, where the expectation says nothing of chains. */
export function sameKinds(expected: readonly string[], actual: readonly string[]): string[] {
  const rulesOnly = expected.every((line) => line.startsWith('-A '));
  return actual.filter((line) => !rulesOnly || line.startsWith('-A '));
}
