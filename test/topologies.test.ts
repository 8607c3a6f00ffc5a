import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { expect } from 'chai';
import { parse } from 'yaml';
import { buildBlueprint } from '../src/topology/build.js';
import { readTopology } from '../src/topology/read.js';

const FILE = 'docs/topologies.md';
const document = readFileSync(FILE, 'utf8').replaceAll('\r\n', '\n');
const examples = [...document.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text]) => text!);
const keys = [...document.matchAll(/^\| `(\S+)` \|/gm)].map(([, key]) => key!);

/** Keys that are known only to say that they are not modelled. */
const NOT_MODELLED = ['kubernetes', 'manifests', 'workloads.NAME.namespace'];

/** Is there anything at the place `calico.pools[].cidr`? NAME stands for any name. */
function has(value: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  if (typeof value !== 'object' || value === null) return false;
  const within =
    Array.isArray(value) || key === 'NAME' ? Object.values(value) : [(value as Record<string, unknown>)[key]];
  return within.some((each) => each !== undefined && has(each, rest));
}

describe(FILE, () => {
  it('has every key of the schema, with the words of the schema', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/topologies-doc.mjs', '--check'], {
      encoding: 'utf8',
    });
    expect(status, stderr).to.equal(0);
  });

  for (const [index, text] of examples.entries()) {
    it(`has examples that can be built: number ${index + 1}`, () => {
      expect(buildBlueprint(readTopology(text, FILE)).namespaces).to.not.be.empty;
    });
  }

  it('shows every key in an example', () => {
    const written = examples.map((text) => parse(text) as unknown);
    const isShown = (key: string) => written.some((example) => has(example, key.split(/\.|(?=\[\])/)));
    expect(keys).to.include('calico.pools[].cidr');
    expect(keys.filter((key) => !isShown(key))).to.have.members(NOT_MODELLED);
  });
});
