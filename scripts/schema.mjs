// Writes topologies/topology.schema.json, by which editors complete and explain a topology, from src/topology/schema.ts.
import './typescript.mjs';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const FILE = 'topologies/topology.schema.json';
const { topologyJsonSchema } = await import('../src/topology/json-schema.ts');
writeFileSync(FILE, JSON.stringify(topologyJsonSchema()));
process.exit(spawnSync('npx', ['biome', 'format', '--write', FILE], { stdio: 'inherit' }).status ?? 1);
