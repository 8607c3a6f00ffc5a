// The second half of `npm run format`: gherkin-utils on every feature, in place. It takes files and expands no pattern itself.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const FORMATTER = 'node_modules/@cucumber/gherkin-utils/bin/gherkin-utils';

const files = readdirSync('features', { recursive: true })
  .filter((file) => file.endsWith('.feature'))
  .map((file) => join('features', file))
  .sort();
const { status } = spawnSync(process.execPath, [FORMATTER, 'format', ...files], { stdio: 'inherit' });
process.exit(status ?? 1);
