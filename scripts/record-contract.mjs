// Asks the real kernel about every case of the contract and writes down what it answers, for machines that have none.
// `node --import ./scripts/typescript.mjs scripts/record-contract.mjs [WORD]`: only the cases whose name contains WORD.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CONTRACT } from '../src/lab/contract/cases/contract-cases.ts';
import { answersOf, RECORDED, recordedAnswers } from '../src/lab/contract/contract.ts';
import { openKernelLab } from '../src/lab/kernel/kernel.ts';

const word = process.argv[2] ?? '';
const known = existsSync(RECORDED) ? recordedAnswers() : {};
const recorded = {};
for (const { cases } of CONTRACT) {
  for (const one of cases) {
    const fresh = one.name.includes(word) || !(one.name in known);
    try {
      recorded[one.name] = fresh ? await answersOf(one, openKernelLab) : known[one.name];
    } catch (failure) {
      console.error(`${one.name}: ${failure.message}`);
      process.exitCode = 1;
    }
  }
}
writeFileSync(RECORDED, `${JSON.stringify(recorded, undefined, 1)}\n`);
spawnSync('npx', ['biome', 'format', '--write', fileURLToPath(RECORDED)], { stdio: 'ignore' });
