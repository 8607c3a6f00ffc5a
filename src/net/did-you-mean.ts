/**
 * What a person meant by a word that nothing is called: the nearest candidate, counted in typing slips
 * (optimal string alignment distance: one letter too many, too few, wrong, or two neighbours swapped).
 */

/** `; did you mean `web1`?`, to end a sentence with; '' where nothing is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const meant = nearest(word, candidates);
  return meant === undefined ? '' : `; did you mean \`${meant}\`?`;
}

/** The candidate with the fewest slips, at most one for each three letters (and one for short words); the first of equals. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const allowed = Math.max(1, Math.floor(word.length / 3));
  let best: string | undefined;
  let fewest = allowed + 1;
  for (const candidate of candidates) {
    if (candidate.length < 2 || Math.abs(candidate.length - word.length) >= fewest) continue;
    const count = candidate.toLowerCase() === word.toLowerCase() ? 0 : slips(word, candidate);
    if (count < fewest) {
      best = candidate;
      fewest = count;
    }
  }
  return best;
}

function slips(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let least = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) least = Math.min(least, beforeLast[column - 2]! + 1);
      current.push(least);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length]!;
}
