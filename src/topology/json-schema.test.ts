import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { expect } from 'chai';
import { topologyJsonSchema } from './json-schema.js';

interface Described {
  readonly description?: string;
  readonly properties?: Record<string, Described>;
  readonly anyOf?: readonly Described[];
  readonly additionalProperties?: Described | false;
  readonly items?: Described;
}

/** The dotted names of all keys that have no description. */
function undescribed(schema: Described, path = ''): string[] {
  const keys = Object.entries(schema.properties ?? {}).flatMap(([key, value]) => [
    ...(value.description ? [] : [`${path}${key}`]),
    ...undescribed(value, `${path}${key}.`),
  ]);
  const below = [...(schema.anyOf ?? []), schema.additionalProperties, schema.items].filter((each) => !!each);
  return [...keys, ...below.flatMap((each) => undescribed(each, path))];
}

describe('topologies/topology.schema.json', () => {
  it('is what the schema says; `node scripts/schema.mjs` writes it anew', () => {
    const committed = JSON.parse(readFileSync('topologies/topology.schema.json', 'utf8'));
    expect(committed).to.deep.equal(JSON.parse(JSON.stringify(topologyJsonSchema())));
  });

  it('describes every key, so that editors explain it', () => {
    expect(undescribed(topologyJsonSchema())).to.deep.equal([]);
  });
});
