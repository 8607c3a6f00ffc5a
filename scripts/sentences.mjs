// Writes docs/sentences.md, the reference of every sentence, from the steps, the table of claims and the features.
// `--check` writes nothing: it fails where the committed file is not what would be written.
import './typescript.mjs';
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'docs/sentences.md';
const { CLAIMS } = await import('../src/journey/claims/table.ts');
const { describeClaims } = await import('./sentences/claims.mjs');
const { describeSteps } = await import('./sentences/definitions.mjs');
const { page } = await import('./sentences/page.mjs');
const { STEPS } = await import('./sentences/steps.mjs');
const { stepUsage } = await import('./sentences/usage.mjs');

const usage = await stepUsage();
const steps = describeSteps(STEPS, usage);
const claims = describeClaims(CLAIMS, usage);
const unused = [...steps.filter(({ section }) => section !== 'slips'), ...claims].flatMap(({ wordings }) =>
  wordings.filter(({ example }) => !example).map(({ says }) => says),
);
const text = page({ steps, claims, unused });

if (!process.argv.includes('--check')) {
  writeFileSync(FILE, text);
  console.log(`${FILE} is written; no feature uses: ${unused.join('; ') || 'nothing less than all of it'}`);
} else if (readFileSync(FILE, 'utf8').replaceAll('\r\n', '\n') !== text) {
  console.error(
    `${FILE} is not what the steps, the claims and the features say now: \`npm run docs:sentences\` writes it`,
  );
  process.exitCode = 1;
}
