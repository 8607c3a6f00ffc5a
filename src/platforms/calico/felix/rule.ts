/**
 * Felix's model of a rule: comments, match fragments in the order in which Felix's builder adds them, and an action, each in
 * Felix's own spelling (felix iptables/match_builder.go, actions.go). The spelling is part of the hash that Felix writes
 * into a rule's comment, so it stays as it is until iptables reads it.
 */
export interface FelixRule {
  readonly comments?: readonly string[];
  readonly match: readonly string[];
  readonly action: string;
}

export interface FelixChain {
  readonly name: string;
  readonly rules: readonly FelixRule[];
}

/** A rule without comments: its match fragments, then its action. */
export function rule(...fragments: readonly [...match: string[], action: string]): FelixRule {
  return { match: fragments.slice(0, -1), action: fragments.at(-1)! };
}

/** The same with a comment for people, which follows the hash. */
export function commented(comment: string, ...fragments: readonly [...match: string[], action: string]): FelixRule {
  return { comments: [comment], ...rule(...fragments) };
}

/** The rule after `-A CHAIN `, with `position` where the hash comment belongs. */
export function spell({ comments = [], match, action }: FelixRule, position: string): string {
  return [position, ...comments.map((text) => comment(text)), ...match, action].join(' ');
}

export function comment(text: string): string {
  return `-m comment --comment "${text}"`;
}
