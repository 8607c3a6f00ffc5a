// Writes the tables of keys in docs/topologies.md from the schema: whatever stands between `<!-- keys: NAME ... -->` and `<!-- /keys -->`.
// `--check` writes nothing: it fails where the committed file is not what would be written.
import './typescript.mjs';
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'docs/topologies.md';
const TABLE = /<!-- keys: (.*?) -->\n[\s\S]*?<!-- \/keys -->/g;
const { topologyJsonSchema } = await import('../src/topology/json-schema.ts');

const { properties } = topologyJsonSchema();
const committed = readFileSync(FILE, 'utf8').replaceAll('\r\n', '\n');
const shown = new Set();
const text = committed.replace(
  TABLE,
  (_, names) => `<!-- keys: ${names} -->\n${table(names.split(' '))}\n<!-- /keys -->`,
);
const missing = Object.keys(properties).filter((key) => !shown.has(key));
if (missing.length > 0) throw new Error(`${FILE} has no table for: ${missing.join(', ')}`);

if (!process.argv.includes('--check')) writeFileSync(FILE, text);
else if (text !== committed) {
  console.error(`${FILE} is not what the schema says now: \`npm run docs:topologies\` writes it`);
  process.exitCode = 1;
}

function table(names) {
  const rows = names.flatMap((name) => {
    shown.add(name);
    return rowsOf(properties[name], name);
  });
  return ['', '| key | meaning |', '| --- | --- |', ...new Set(rows), ''].join('\n');
}

/** A row for the key and for all keys within it. Short and long forms of one key stand under the same name. */
function rowsOf(schema, path) {
  const { description = '', properties: keys = {}, additionalProperties, items, anyOf = [] } = schema;
  const values = schema.enum ? ` One of ${schema.enum.map((value) => `\`${value}\``).join(', ')}.` : '';
  const row = `| \`${path}\` | ${`${description}${values}`.replaceAll('|', '\\|')} |`;
  const inner = [
    ...Object.entries(keys).flatMap(([key, value]) => rowsOf(value, `${path}.${key}`)),
    ...(hasKeys(additionalProperties) ? rowsOf(additionalProperties, `${path}.NAME`).slice(1) : []),
    ...(hasKeys(items) ? rowsOf(items, `${path}[]`).slice(1) : []),
    ...anyOf.filter(hasKeys).flatMap((form) => rowsOf(form, path).slice(1)),
  ];
  return [row, ...inner];
}

/** Is there anything to name within it? Forms of a single value are told by their description. */
function hasKeys(schema) {
  if (typeof schema !== 'object') return false;
  const { properties: keys, additionalProperties, items, anyOf = [] } = schema;
  return keys !== undefined || [additionalProperties, items, ...anyOf].some(hasKeys);
}
