// Writes docs/commands.md, what the simulated shell understands, from the command table.
import './typescript.mjs';
import { writeFileSync } from 'node:fs';

const { COMMANDS } = await import('../src/shell/commands.ts');
const { describeCommands } = await import('../src/shell/document.ts');
writeFileSync('docs/commands.md', describeCommands(new Set(COMMANDS.values())));
