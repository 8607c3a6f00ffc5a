// Runs every unit test (src/**/*.test.ts, steps/**/*.test.ts, test/**/*.test.ts) in one process: the TypeScript loader starts once.
// `node scripts/unit.mjs netfilter` runs those whose path contains the word.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const wanted = process.argv.slice(2);
const files = ['src', 'steps', 'test']
  .flatMap((top) => {
    try {
      return readdirSync(top, { recursive: true }).map((file) => join(top, file));
    } catch {
      return [];
    }
  })
  .filter((file) => file.endsWith('.test.ts') && (wanted.length === 0 || wanted.some((word) => file.includes(word))))
  .sort();
if (files.length === 0) {
  console.error(`no unit test matches: ${wanted.join(' ')}`);
  process.exit(1);
}
const imports = files.map((file) => `await import(${JSON.stringify(`./${file}`)});`).join('\n');
const { status } = spawnSync(
  process.execPath,
  [
    '--import',
    './scripts/typescript.mjs',
    '--test-reporter',
    './scripts/count-reporter.mjs',
    '--input-type=module',
    '--eval',
    imports,
  ],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
