// `npm run features:kernel`: the features on the real Linux kernel. Where this machine cannot, one line says why and the
// rest goes on; with NETHERKIN_KERNEL=required (as in CI) that is a failure.
import { spawnSync } from 'node:child_process';

import './typescript.mjs';

const { kernelMissing } = await import('../src/lab/kernel/requirements.ts');
const missing = kernelMissing();
if (missing !== undefined) {
  console.log(`the features were not run on the kernel: ${missing}`);
  process.exit(process.env.NETHERKIN_KERNEL === 'required' ? 1 : 0);
}
const cucumber = 'node_modules/@cucumber/cucumber/bin/cucumber.js';
const { status } = spawnSync(process.execPath, [cucumber, '--profile', 'kernel', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
