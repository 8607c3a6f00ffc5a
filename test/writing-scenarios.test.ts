import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { expect } from 'chai';

const FILE = 'docs/writing-scenarios.md';
const document = readFileSync(FILE, 'utf8').replaceAll('\r\n', '\n');
const fences = (language: string) =>
  [...document.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text]) => text!);
const features = fences('gherkin').filter((text) => text.startsWith('Feature:'));
const [changed] = fences('gherkin').filter((text) => !text.startsWith('Feature:'));
const [failure] = fences('text');
const mistakes = [...document.matchAll(/^\| `((?:Given|When|Then) .*)` \| (.*) \|$/gm)].map(([, sentence, answer]) => ({
  sentence: sentence!,
  answer: answer!,
}));

/** Each sentence in a scenario of its own, after what the page says comes before. */
const mistaken = [
  'Feature: Mistakes',
  '  Background:',
  '    Given the topology "calico-docker"',
  '    And web1 on master and web3 on slave1',
  '    When web1 pings web3',
  ...mistakes.flatMap(({ sentence }) => [`  Scenario: ${sentence}`, `    ${sentence}`]),
].join('\n');

/** The feature of the page that has the scenario of that name, with the changed one in its place. */
function withChanged(): string {
  const name = changed!.split('\n')[0]!;
  const whole = features.find((text) => text.includes(name))!;
  return whole.slice(0, whole.indexOf(name)) + changed;
}

interface Scenario {
  readonly name: string;
  readonly steps: readonly { readonly result: { readonly error_message?: string } }[];
}

/** What each scenario of a text complains of; undefined where it passes. */
type Complaints = { readonly name: string; readonly complaint: string | undefined }[];

/** Runs all texts at once, in a process of its own, as a person runs features. */
function run(texts: readonly string[]): Complaints[] {
  const directory = mkdtempSync(join(tmpdir(), 'writing-'));
  try {
    const files = texts.map((text, index) => {
      const file = join(directory, `${index}.feature`);
      writeFileSync(file, text);
      return file;
    });
    const cucumber = 'node_modules/@cucumber/cucumber/bin/cucumber.js';
    const { stdout, stderr } = spawnSync(process.execPath, [cucumber, '--format', 'json', ...files], {
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
    expect(stdout, stderr).to.not.equal('');
    return (JSON.parse(stdout) as { elements: readonly Scenario[] }[]).map(({ elements }) => elements.map(complaintOf));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function complaintOf({ name, steps }: Scenario) {
  return { name, complaint: steps.map(({ result }) => result.error_message).find((message) => message !== undefined) };
}

describe(FILE, () => {
  let passing: Complaints[];
  let failing: Complaints;
  let answers: Complaints;
  before(() => {
    [failing, answers, ...passing] = run([withChanged(), mistaken, ...features]) as [Complaints, Complaints];
  });

  it('has only features that pass', () => {
    expect(passing).to.have.lengthOf(features.length).and.not.be.empty;
    for (const { name, complaint } of passing.flat()) expect(complaint, name).to.equal(undefined);
  });

  it('shows a failure as it is printed', () => {
    expect(failing.at(-1)?.complaint?.trim()).to.equal(failure!.trim());
  });

  it('tells of each mistake what is said', () => {
    expect(answers).to.have.lengthOf(mistakes.length).and.not.be.empty;
    for (const [index, { sentence, answer }] of mistakes.entries())
      expect(answers[index]!.complaint, sentence).to.contain(answer);
  });
});
