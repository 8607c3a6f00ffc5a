// The part of the reference that is about claims: from their table, which also reads them, and the features.
import { readable } from '../../src/journey/claims/pattern.ts';
import { readSentence, subjectOf } from '../../src/journey/claims/sentence.ts';
import { exampleLink } from './example.mjs';

const LANGUAGES = { '{subject} {claims}': 'en', '{zhSubject}{zhClaims}': 'zh' };

/** Each claim with its four wordings (some have fewer), and a step of the features for each. */
export function describeClaims(claims, { uses }) {
  const made = uses.flatMap((use) => {
    const language = LANGUAGES[use.pattern];
    if (language === undefined || use.outlined) return [];
    const [subject, text] = use.words;
    const statements = readSentence(subjectOf(subject), text.trim(), language);
    return statements.map((statement) => ({ ...statement, language, joined: statements.length - 1, use }));
  });
  return claims.map((claim) => {
    const wording = (language, denied, says) => {
      if (says === undefined) return [];
      const fitting = made.filter((one) => one.claim === claim && one.language === language && one.denied === denied);
      return [{ language, denied, says: readable(says), example: clearest(fitting)?.use }];
    };
    const wordings = [
      ...wording('en', false, claim.says),
      ...wording('en', true, claim.denies),
      ...wording('zh', false, claim.zh),
      ...wording('zh', true, claim.zhDenies),
    ];
    return { ...claim, wordings };
  });
}

export function claimSection(claims) {
  return claims.map(entry).join('\n');
}

function entry({ id, about, wordings }) {
  const rows = wordings.map(({ says, example }) => {
    const shown = example ? `${code(example.step.text)}<br>${exampleLink(example)}` : '*no feature uses it yet*';
    return `| ${code(says)} | ${shown} |`;
  });
  return [`### ${id}`, '', about, '', '| wording | in a feature |', '| --- | --- |', ...rows, ''].join('\n');
}

/** The claim on its own, with as many of its parameters as any feature gives it, in few words. */
function clearest(statements) {
  const cost = ({ joined, words, use }) => joined * 1000 - Object.keys(words).length * 100 + use.step.text.length;
  return statements.reduce((best, one) => (best === undefined || cost(one) < cost(best) ? one : best), undefined);
}

function code(text) {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
