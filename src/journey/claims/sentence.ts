/** Reads what a Then says after its subject: claims joined by `and`. */
import { nearest } from '../../net/did-you-mean.js';
import type { Subject } from '../questions/moments.js';
import type { Claim } from './claim.js';
import { ClaimMistake } from './mistake.js';
import { type Pattern, pattern } from './pattern.js';
import { CLAIMS } from './table.js';

/** A claim as it was made: its parameters still in words. */
export interface Statement {
  readonly claim: Claim;
  readonly denied: boolean;
  readonly subject: Subject;
  /** As it was written, without the subject. */
  readonly text: string;
  readonly words: Readonly<Record<string, string>>;
}

export type Language = 'en' | 'zh';

interface Entry {
  readonly claim: Claim;
  readonly denied: boolean;
  readonly pattern: Pattern;
}

const ENTRIES: Readonly<Record<Language, readonly Entry[]>> = {
  en: CLAIMS.flatMap((claim) => entries(claim, claim.says, claim.denies, true)),
  zh: CLAIMS.flatMap((claim) => entries(claim, claim.zh, claim.zhDenies, false)),
};

/** Splits a sentence into its statements. Throws a ClaimMistake that says what was meant. */
export function readSentence(first: Subject, text: string, language: Language = 'en'): Statement[] {
  let subject = first;
  let previous: Statement | undefined;
  return pieces(text, language).map((piece) => {
    const own = SUBJECT_WORDS[language].exec(piece);
    if (own) subject = subjectOf(own[1]!);
    const statement = readStatement(subject, own ? piece.slice(own[0].length) : piece, language, previous);
    previous = statement;
    return statement;
  });
}

/** The subject that a word stands for: `it`, `the reply`, 它, 应答 ... */
export function subjectOf(word: string): Subject {
  if (/reply|应答|回复|回应/u.test(word)) return 'reply';
  return /error|错误/u.test(word) ? 'error' : 'it';
}

const SUBJECT_WORDS: Readonly<Record<Language, RegExp>> = {
  en: /^(it|the reply|the error)\s+/,
  zh: /^(它|应答(?!$)|回复|错误)\s*/u,
};

function readStatement(subject: Subject, text: string, language: Language, previous: Statement | undefined): Statement {
  const matching = ENTRIES[language]
    .map((entry) => ({ entry, match: entry.pattern.regexp.exec(text) }))
    .filter(({ match }) => match !== null);
  // Where two patterns read the same words, the one whose parameters take least of them understands most.
  matching.sort((a, b) => captured(a.match!) - captured(b.match!));
  const [best] = matching;
  if (!best) throw new ClaimMistake(misread(text, language, previous));
  const { claim, denied } = best.entry;
  const words = Object.entries(best.match!.groups ?? {}).filter(([, word]) => word !== undefined);
  return { claim, denied, subject, text, words: Object.fromEntries(words) };
}

function captured(match: RegExpExecArray): number {
  return Object.values(match.groups ?? {}).reduce((sum, word) => sum + (word?.length ?? 0), 0);
}

/** In Chinese a comma joins too, except within a claim: `从 master 的 ens33 发出，下一跳 slave1`. */
const JOINTS: Readonly<Record<Language, RegExp>> = {
  en: /,?\s+(?:and|but)\s+/y,
  zh: /\s*[，,]?\s*(?:并且|而且|但是|且|但)\s*|，(?=\s*\p{Script=Han})(?!下一跳|经(?!过))/uy,
};

/** Cuts at `and` and `but` (且, 而且, 但 ...), but not inside quotes. */
function pieces(text: string, language: Language): string[] {
  const joint = JOINTS[language];
  const found: string[] = [];
  let quoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    joint.lastIndex = at;
    const match = quoted ? null : joint.exec(text);
    if (!match || at === start) continue;
    found.push(text.slice(start, at));
    start = at + match[0].length;
    at = start - 1;
  }
  return [...found, text.slice(start)].map((piece) => piece.trim());
}

function misread(text: string, language: Language, previous: Statement | undefined): string {
  if (previous?.claim.id === 'passes' && /^\S+$/.test(text)) {
    const chains = previous.words['chains'];
    return `\`${text}\` claims nothing; several chains are written with commas: \`passes ${chains}, ${text}\``;
  }
  const openings = ENTRIES[language].map((entry) => entry.pattern.opening).filter((opening) => opening !== '');
  const meant = language === 'en' ? nearestOpening(text, openings) : nearestStart(text, openings);
  if (meant !== undefined) return `\`${text}\` is no claim; did you mean \`${meant}\`?`;
  return `\`${text}\` is no claim; claims: ${[...new Set(openings)].join(', ')}`;
}

/** Compares as many words as each opening has; longer openings first, so that `is dropt by rule 3` means `is dropped by rule`. */
function nearestOpening(text: string, openings: readonly string[]): string | undefined {
  const words = text.split(/\s+/);
  const longest = Math.max(...openings.map((opening) => opening.split(' ').length));
  for (let count = Math.min(longest, words.length); count > 0; count--) {
    const head = words.slice(0, count).join(' ');
    const meant = nearest(
      head,
      openings.filter((opening) => opening.split(' ').length === count),
    );
    if (meant !== undefined) return meant;
  }
  return undefined;
}

/** The same where words are not set apart: the longest opening that the text begins with, after the place where it happens. */
function nearestStart(text: string, openings: readonly string[]): string | undefined {
  const start = text.replace(/^在\s*\S+?\s*上/u, '').replace(/\s+/g, ' ');
  const longest = [...openings].sort((a, b) => b.length - a.length);
  return longest.find((opening) => opening.length > 3 && nearest(start.slice(0, opening.length), [opening]));
}

function entries(claim: Claim, says: string, denies: string | undefined, spaced: boolean): Entry[] {
  const said = { claim, denied: false, pattern: pattern(says, spaced) };
  return denies === undefined ? [said] : [said, { claim, denied: true, pattern: pattern(denies, spaced) }];
}
