import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { expect } from 'chai';

const FAILING = ['ip route get 10.0.1.1', 'ip route del 10.9.9.9'];
const SAYS = 'RTNETLINK answers: No such process';

/** Steps after the topology, by the name of their scenario; a step of several lines has these as its doc string. */
const SCENARIOS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'expected at once': [['When ann runs:', ...FAILING], [`Then it fails with "${SAYS}"`], ['When ann pings router']],
  'expected after what it prints': [
    ['When ann runs:', ...FAILING],
    ['Then it prints:', '10.0.1.1 dev eth0 src 10.0.1.2 uid 0', '...'],
    [`And it fails with "${SAYS}"`],
  ],
  'expected in Chinese': [['* ann 执行：', 'true'], ['When ann 执行：', ...FAILING], [`Then 失败并提示 "${SAYS}"`]],
  'not expected': [['When ann runs:', ...FAILING]],
  'not expected, and printed': [
    ['When ann runs:', ...FAILING],
    ['Then it prints:', '...'],
  ],
  'not expected, and more sent': [['When ann runs:', ...FAILING], ['And ann pings router'], ['Then it is answered']],
  'not expected, and claimed': [
    ['When ann pings router'],
    ['And ann runs:', ...FAILING],
    ['Then it is answered'],
    [`And it fails with "${SAYS}"`],
  ],
  'with other words': [['When ann runs:', ...FAILING], ['Then it fails with "Network is unreachable"']],
  'no failure': [['When ann runs:', 'echo hello'], ['Then it fails with "hello"']],
  'of the last command only': [
    ['When ann runs:', ...FAILING, 'echo hello'],
    ['Then it prints:', '...', 'hello'],
  ],
  'prints nothing': [['When ann runs:', 'true'], ['Then it prints nothing']],
  'prints something': [['When ann runs:', 'echo hello'], ['Then it prints nothing']],
  'nothing was run': [['When ann pings router'], ['Then it prints nothing']],
  'given, and nothing more': [['Given ann runs:', ...FAILING]],
  'given at first': [['Given ann runs:', ...FAILING], ['When ann pings router']],
  'given later': [['When ann pings router'], ['Given ann runs:', ...FAILING], [`Then it fails with "${SAYS}"`]],
  'a name that is not there': [['When anne runs:', 'true']],
};

function feature(): string {
  const lines = Object.entries(SCENARIOS).flatMap(([name, steps]) => [
    `  Scenario: ${name}`,
    '    Given the topology "one-router"',
    ...steps.flatMap(([step, ...text]) => [
      `    ${step}`,
      ...(text.length === 0 ? [] : ['"""', ...text, '"""']).map((line) => `      ${line}`),
    ]),
  ]);
  return ['Feature: Commands that fail', ...lines].join('\n');
}

interface Scenario {
  readonly name: string;
  readonly steps: readonly { readonly result: { readonly error_message?: string } }[];
}

/** What each scenario complains of, and at which of its steps; the hook at the end is a step, too. */
type Complaint = { readonly at: number; readonly says: string } | undefined;

function run(): Map<string, Complaint> {
  const directory = mkdtempSync(join(tmpdir(), 'commands-'));
  try {
    const file = join(directory, 'commands.feature');
    writeFileSync(file, feature());
    const cucumber = 'node_modules/@cucumber/cucumber/bin/cucumber.js';
    const { stdout, stderr } = spawnSync(process.execPath, [cucumber, '--format', 'json', file], {
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
    expect(stdout, stderr).to.not.equal('');
    const [{ elements }] = JSON.parse(stdout) as [{ elements: readonly Scenario[] }];
    return new Map(elements.map(({ name, steps }) => [name, complaintOf(steps)]));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The hook before the scenario and its topology come first: step 0 is the one after. */
function complaintOf(steps: Scenario['steps']): Complaint {
  const at = steps.findIndex(({ result }) => result.error_message !== undefined);
  return at < 0 ? undefined : { at: at - 2, says: steps[at]!.result.error_message! };
}

describe('commands that a scenario runs', () => {
  let complaints: Map<string, Complaint>;
  before(() => {
    complaints = run();
  });

  for (const name of [
    'expected at once',
    'expected after what it prints',
    'expected in Chinese',
    'of the last command only',
    'prints nothing',
  ]) {
    it(`are as they should be: ${name}`, () => {
      expect(complaints.has(name)).to.equal(true);
      expect(complaints.get(name)).to.equal(undefined);
    });
  }

  for (const [name, at, says] of [
    ['not expected', 1, SAYS],
    ['not expected, and printed', 2, SAYS],
    ['not expected, and more sent', 1, SAYS],
    ['not expected, and claimed', 2, SAYS],
    ['with other words', 1, 'it failed with other words, exit code 2'],
    ['no failure', 1, 'happened  it succeeded'],
    ['prints something', 1, 'it printed:\nhello'],
    ['nothing was run', 1, 'no commands were run yet'],
    ['given, and nothing more', 1, SAYS],
    ['given at first', 1, SAYS],
    ['given later', 1, SAYS],
    ['a name that is not there', 0, 'did you mean `ann`?'],
  ] as const) {
    it(`fail the scenario: ${name}`, () => {
      expect(complaints.get(name)?.says).to.contain(says);
      expect(complaints.get(name)?.at).to.equal(at);
    });
  }
});
