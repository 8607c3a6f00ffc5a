// `node --import ./scripts/typescript.mjs FILE.ts` runs TypeScript as the features do: ts-node with swc, no type check.
import { register } from 'node:module';

process.setSourceMapsEnabled(true);
register('ts-node/esm', import.meta.url);
