import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { expect } from 'chai';

describe('docs/sentences.md', () => {
  // In a process of its own: cucumber registers the steps of a process once, and other tests need them too.
  it('is what the steps, the claims and the features say now', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/sentences.mjs', '--check'], { encoding: 'utf8' });
    expect(status, stderr).to.equal(0);
  });
});
