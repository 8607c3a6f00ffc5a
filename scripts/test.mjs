// `npm test`: types, lint, unit tests, features; where the machine can, the features on the real kernel too.
// Everything runs, whatever fails before it. The last line counts tests.
import { spawn } from 'node:child_process';

const steps = [
  { name: 'types', command: ['npx', 'tsc', '--noEmit'] },
  { name: 'lint', command: ['npm', 'run', '--silent', 'lint'] },
  {
    name: 'unit tests',
    command: ['node', 'scripts/unit.mjs'],
    count: /^unit: (\d+) passed, (\d+) failed, (\d+) skipped$/m,
  },
  { name: 'features', command: ['npm', 'run', '--silent', 'features'], count: scenarios },
  { name: 'features on the kernel', command: ['npm', 'run', '--silent', 'features:kernel'], count: scenarios },
];

const total = { passed: 0, failed: 0, skipped: 0 };
for (const { name, command, count } of steps) {
  console.log(`\n── ${name}`);
  const { status, output } = await run(command);
  const counted = typeof count === 'function' ? count(output) : counts(count?.exec(output));
  // A step that fails without a count of its own (a type error, a crash) is one failure.
  if (status !== 0 && counted.failed === 0) counted.failed = 1;
  for (const key of Object.keys(total)) total[key] += counted[key];
}
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** `12 scenarios (1 failed, 2 skipped, 9 passed)` of cucumber's summary. Whatever is neither passed nor skipped failed. */
function scenarios(output) {
  const [, all = '0', parts = ''] = /^(\d+) scenarios?(?: \((.*)\))?$/m.exec(strip(output)) ?? [];
  const of = (word) => Number(new RegExp(`(\\d+) ${word}`).exec(parts)?.[1] ?? 0);
  const passed = of('passed');
  const skipped = of('skipped');
  return { passed, skipped, failed: Number(all) - passed - skipped };
}

function counts([, passed = 0, failed = 0, skipped = 0] = []) {
  return { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) };
}

function strip(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what a colour is
  return text.replace(/\u001b\[[0-9;]*m/g, '');
}

function run([command, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], shell: process.platform === 'win32' });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.on('error', (error) => resolve({ status: 1, output: String(error) }));
    child.on('close', (status) => resolve({ status, output }));
  });
}
