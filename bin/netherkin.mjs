#!/usr/bin/env node
// `netherkin VERB ...`, from the sources: TypeScript is read as it is, so a fresh clone needs no build.
import { fileURLToPath } from 'node:url';

// ts-node looks for its settings where the person stands, which may be anywhere.
process.env.TS_NODE_PROJECT ??= fileURLToPath(new URL('../tsconfig.json', import.meta.url));
await import('../scripts/typescript.mjs');
const { main } = await import('../src/cli/main.ts');
const { processTerminal } = await import('../src/cli/terminal.ts');
process.exitCode = await main(process.argv.slice(2), processTerminal());
