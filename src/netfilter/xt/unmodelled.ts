/** Matches and targets that the engine does not model: printed as they were written, and never answered. */
import type { ExtensionTarget, Match } from '../rule.js';
import type { Word } from '../text/word.js';
import { unmodelledTracks } from './registry.js';

function verbatim(words: readonly Word[]): string[] {
  return words.map(
    ({ text, raw }) => raw ?? (/^[^\s"'\\]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`),
  );
}

export function unmodelledMatch(name: string, words: readonly Word[]): Match {
  const text = [`-m ${name}`, ...verbatim(words)].join(' ');
  return {
    extension: name,
    text,
    listing: text,
    test: () => 'unknown',
    explain: () => `\`${text}\` is not modelled`,
    tracks: unmodelledTracks(name),
  };
}

export function unmodelledTarget(name: string, words: readonly Word[]): ExtensionTarget {
  const text = verbatim(words).join(' ');
  const reason = `\`-j ${[name, ...(text ? [text] : [])].join(' ')}\` is not modelled`;
  return {
    kind: 'extension',
    name,
    text,
    listing: text,
    act: () => ({ verdict: 'UNDETERMINED', reason }),
    tracks: unmodelledTracks(name),
  };
}
