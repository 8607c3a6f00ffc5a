/** A rule with one condition less, or without its target. */

/** `-A FORWARD` / `-s 10.0.0.0/8` / `! -i eth0` / `-m mark ! --mark 0x1`: each as one part. */
export function partsOf(rule: string): string[] {
  const parts: string[] = [];
  for (const word of rule.match(/"[^"]*"|\S+/g) ?? []) {
    const begins = /^-[a-zA-Z]$/.test(word);
    const negation = begins && parts.at(-1)?.endsWith(' !') ? '! ' : '';
    if (negation) parts.push(parts.pop()!.slice(0, -2));
    if (begins || parts.length === 0) parts.push(`${negation}${word}`);
    else parts.push(`${parts.pop()} ${word}`);
  }
  return parts;
}

export function simplerRules(line: string): string[] {
  if (!line.startsWith('-A ')) return [];
  const [chain, ...parts] = partsOf(line);
  return parts.map((_, gone) => [chain, ...parts.filter((__, place) => place !== gone)].join(' '));
}
