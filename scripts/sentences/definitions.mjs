// The part of the reference that is about step definitions, from their meanings and the features.
import { exampleLink, exampleOf, stepText } from './example.mjs';

/**
 * Each meaning with its wordings, and the step that shows each. Throws where steps/ and steps.mjs disagree: a sentence
 * without a meaning is not in the language.
 */
export function describeSteps(meanings, { patterns, uses }) {
  const meant = meanings.flatMap((meaning) => meaning.patterns);
  const nameless = patterns.filter((pattern) => !meant.includes(pattern));
  const idle = meant.filter((pattern) => !patterns.includes(pattern));
  if (nameless.length > 0)
    throw new Error(`scripts/sentences/steps.mjs does not say what this means: ${nameless.join('; ')}`);
  if (idle.length > 0)
    throw new Error(`scripts/sentences/steps.mjs tells of sentences that are no step: ${idle.join('; ')}`);
  return meanings.map((meaning) => ({
    ...meaning,
    wordings: meaning.patterns.map((pattern, at) => ({
      says: meaning.says?.[at] ?? readable(pattern),
      example: exampleOf(uses.filter((use) => use.pattern === pattern)),
    })),
  }));
}

export function stepSection(steps, section) {
  return steps
    .filter((step) => step.section === section)
    .map(entry)
    .join('\n');
}

function entry({ title, wordings, about }) {
  const lines = [`### ${title}`, '', ...wordings.map(({ says }) => `* \`${says}\``), '', about, ''];
  for (const { example } of wordings) {
    if (example) lines.push('```gherkin', ...stepText(example), '```', '', exampleLink(example), '');
  }
  if (wordings.every(({ example }) => !example)) lines.push('*No feature uses it yet.*', '');
  return lines.join('\n');
}

/** `{zhSubject}走过的路径:/走过的路径：` as a person reads it: `SUBJECT走过的路径：`. */
function readable(pattern) {
  return pattern
    .replace(/(\S*):\/\S*：$/u, (_, words) => `${words}：`)
    .replace(/\{(?:zh)?(\w+)\}/g, (_, name) => (name === 'string' ? '"TEXT"' : name.toUpperCase()));
}
