import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { expect } from 'chai';
import { COMMANDS } from './commands.js';
import { describeCommands } from './document.js';

describe('docs/commands.md', () => {
  it('is what the command table says: `npm run commands` writes it', () => {
    const page = readFileSync(new URL('../../docs/commands.md', import.meta.url), 'utf8');
    expect(page).to.equal(describeCommands(new Set(COMMANDS.values())));
  });
});
