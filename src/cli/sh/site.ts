/** Which network the commands see, and which of its nodes they run on. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Blueprint } from '../../blueprint/blueprint.js';
import { emptyNamespace } from '../../blueprint/empty-namespace.js';
import { didYouMean } from '../../net/did-you-mean.js';
import { buildBlueprint } from '../../topology/build.js';
import { loadTopology, topologyNames } from '../../topology/load.js';
import { TopologyError } from '../../topology/mistake.js';
import { readTopology } from '../../topology/read.js';
import type { Topology } from '../../topology/topology.js';
import { UsageMistake } from '../verb.js';

export interface Site {
  readonly blueprint: Blueprint;
  /** The namespace that the commands run in. */
  readonly node: string;
}

/** Those that come with the program, where the person's own directory has none of the name. */
const OWN_DIRECTORY = 'topologies';
const SHIPPED_DIRECTORY = fileURLToPath(new URL('../../../topologies', import.meta.url));

/** A host that stands alone has no name: every name is free for what its commands make with `ip netns add`. */
export const FRESH_NODE = '';

/** A host after its start: lo is up, and nothing else is there. */
const FRESH: Site = {
  blueprint: { namespaces: [emptyNamespace(FRESH_NODE, 'node', [])], endpoints: {} },
  node: FRESH_NODE,
};

/** @throws UsageMistake */
export function chooseSite(topology: string | undefined, node: string | undefined): Site {
  if (topology === undefined) {
    if (node !== undefined)
      throw new UsageMistake('sh: `--on` names a node of a topology: say which with `--topology`');
    return FRESH;
  }
  try {
    const blueprint = buildBlueprint(findTopology(topology));
    return { blueprint, node: chooseNode(blueprint, node, topology) };
  } catch (error) {
    if (!(error instanceof TopologyError)) throw error;
    throw new UsageMistake(error.message);
  }
}

function findTopology(name: string): Topology {
  if (/[/\\]|\.ya?ml$/.test(name)) return readTopology(readFile(name), name);
  const own = topologyNames(OWN_DIRECTORY).includes(name);
  return loadTopology(name, own ? OWN_DIRECTORY : SHIPPED_DIRECTORY);
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageMistake(
      `sh: cannot read the topology \`${file}\`; one of those in ${OWN_DIRECTORY}/ goes by its name`,
    );
  }
}

function chooseNode({ namespaces }: Blueprint, node: string | undefined, topology: string): string {
  const names = namespaces.filter(({ kind }) => kind !== 'switch').map(({ name }) => name);
  const there = `there are ${names.join(', ')}`;
  if (node === undefined && names.length === 1) return names[0]!;
  if (node === undefined)
    throw new UsageMistake(`sh: say with \`--on\` which node of ${basename(topology)} the commands run on; ${there}`);
  if (!names.includes(node))
    throw new UsageMistake(
      `sh: ${basename(topology)} has no node \`${node}\`${didYouMean(node, names) || `; ${there}`}`,
    );
  return node;
}
