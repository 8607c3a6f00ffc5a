/** From the text of a topology to the topology, or to everything that is wrong in it. */
import { dirname } from 'node:path';
import { PlatformRefusal } from '../platforms/refusal.js';
import { layOut } from './build.js';
import { type Origin, TopologyDocument } from './document.js';
import { Lans } from './lans.js';
import { TopologyError } from './mistake.js';
import { readNodes } from './nodes.js';
import { readCalico, readDocker, readNetworks, refuseUnmodelled } from './options.js';
import { readOutside } from './outside.js';
import { Reader } from './reader.js';
import { checkShape } from './shape.js';
import type { Topology } from './topology.js';
import { readWorkloads } from './workloads.js';

/**
 * Reads a topology. `origin` is the file's name, or the place of a doc string within a feature; files that the topology
 * names are looked for in `directory`, which is the file's own where left out.
 *
 * @throws TopologyError with all mistakes
 */
export function readTopology(text: string, origin: string | Origin, directory?: string): Topology {
  const place = typeof origin === 'string' ? { file: origin } : origin;
  const document = new TopologyDocument(text, place);
  const shape = checkShape(document);
  const reader = new Reader(document, shape, directory ?? dirname(place.file));
  const topology = resolve(reader);
  if (reader.mistakes.length === 0) tryPlatforms(reader, topology);
  if (reader.mistakes.length > 0) throw new TopologyError(reader.mistakes);
  return topology;
}

function resolve(reader: Reader): Topology {
  const written = reader.shape.sound;
  refuseUnmodelled(reader, written);
  const lans = new Lans(reader, written.lan);
  const nodes = readNodes(reader, lans, written.nodes);
  const names = nodes.map(({ name }) => name);
  const outside = readOutside(reader, lans, written.outside);
  const docker = readDocker(reader, written.docker, names);
  const calico = readCalico(reader, written.calico, names);
  const networks = readNetworks(reader, written);
  const workloads = readWorkloads(reader, written.workloads, { nodes, networks, docker, calico });
  const source = reader.document.origin.file;
  const description = written.description ?? '';
  return { source, description, lans: lans.all, nodes, outside, docker, calico, networks, workloads };
}

/** What only the platforms know (versions, options, which address IPAM gives) shows when they do their work. */
function tryPlatforms(reader: Reader, topology: Topology): void {
  try {
    layOut(topology);
  } catch (error) {
    if (!(error instanceof PlatformRefusal)) throw error;
    reader.say(error.at, error.message);
  }
}
