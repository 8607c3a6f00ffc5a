/** Reads the names of chains, with or without their table, and with workloads in angle brackets. */
import { didYouMean } from '../../net/did-you-mean.js';
import { BUILTIN_CHAINS, type Hook, TABLES, type TableName } from '../../netfilter/hooks.js';
import type { ChainName } from '../questions/chains.js';
import { ClaimMistake } from './mistake.js';
import type { Scene } from './scene.js';

/** Where a chain is looked for. */
export interface Places {
  readonly scene: Scene;
  /** The node of the same claim, where it names one. */
  readonly node: string | undefined;
  /** Namespaces that the journey went through: where chains are looked for first. */
  readonly visited: readonly string[];
}

/** Puts the interface for the workload in angle brackets: `cali-tw-<web1>`. */
export function withInterfaces(text: string, scene: Scene): string {
  return text.replace(/<([^<>]*)>/g, (_, workload: string) => {
    const device = scene.interfaceOf(workload);
    if (device !== undefined) return device;
    const named = scene.endpoints.filter((name) => scene.interfaceOf(name) !== undefined);
    throw new ClaimMistake(`no workload \`${workload}\`, in \`${text}\`${didYouMean(workload, named)}`);
  });
}

/** Reads `cali-FORWARD` or `filter cali-FORWARD`, whether there is such a chain or not. */
function chainName(text: string, scene: Scene): ChainName {
  const words = withInterfaces(text.trim(), scene).split(/\s+/);
  if (words.length === 1) return { table: undefined, chain: words[0]! };
  const [table, chain] = words as [string, string];
  if (words.length > 2)
    throw new ClaimMistake(`\`${text}\` is not a chain; several are written with commas: \`FORWARD, cali-FORWARD\``);
  if (!TABLES.includes(table as TableName))
    throw new ClaimMistake(`no table \`${table}\`, in \`${text}\`${didYouMean(table, TABLES)}`);
  return { table: table as TableName, chain };
}

/** A chain that is there, on the node or on any. */
export async function existingChain(text: string, { scene, node, visited }: Places): Promise<ChainName> {
  const name = chainName(text, scene);
  if (isHook(name)) return name;
  const known = new Set<string>(Object.values(BUILTIN_CHAINS).flat());
  const places = node === undefined ? [...visited, ...(await scene.namespaces())] : [node];
  for (const place of new Set(places)) {
    for (const [table, { chains }] of await scene.rules(place)) {
      if (name.table !== undefined && name.table !== table) continue;
      if (chains.has(name.chain)) return name;
      for (const chain of chains.keys()) known.add(chain);
    }
  }
  const where = node ?? 'any node';
  const what = name.table === undefined ? `chain \`${name.chain}\`` : `chain \`${name.chain}\` in table ${name.table}`;
  throw new ClaimMistake(`no ${what} on ${where}${didYouMean(name.chain, known)}`);
}

/** Built-in chains may be spoken of where their table is not loaded: then nothing passes them. */
function isHook({ table, chain }: ChainName): boolean {
  const tables = table === undefined ? TABLES : [table];
  return tables.some((one) => BUILTIN_CHAINS[one].includes(chain as Hook));
}
