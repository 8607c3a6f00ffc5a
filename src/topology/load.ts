/** Topologies by name: the YAML files of a directory. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { didYouMean } from '../net/did-you-mean.js';
import { TopologyError } from './mistake.js';
import { readTopology } from './read.js';
import type { Topology } from './topology.js';

const SUFFIX = '.yaml';

/**
 * Loads `NAME.yaml` of a directory.
 *
 * @throws TopologyError with all its mistakes, or because there is no such topology
 */
export function loadTopology(name: string, directory: string): Topology {
  const known = topologyNames(directory);
  if (!known.includes(name)) {
    const there = known.length === 0 ? `${directory} holds none` : `there are ${known.join(', ')}`;
    throw new TopologyError(`no topology \`${name}\`${didYouMean(name, known) || `; ${there}`}`);
  }
  const file = join(directory, `${name}${SUFFIX}`);
  return readTopology(readFileSync(file, 'utf8'), file);
}

/** The names of the topologies in a directory, sorted; none where there is no such directory. */
export function topologyNames(directory: string): string[] {
  try {
    const files = readdirSync(directory).filter((file) => file.endsWith(SUFFIX));
    return files.map((file) => file.slice(0, -SUFFIX.length)).sort();
  } catch {
    return [];
  }
}
