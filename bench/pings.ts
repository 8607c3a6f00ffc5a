/** Whole pings across two nodes, request and reply, with their full journeys: connections per second of the simulated lab. */
import { SimulatedLab } from '../src/lab/simulated/simulated.js';
import { buildBlueprint } from '../src/topology/build.js';
import { loadTopology } from '../src/topology/load.js';
import { placeWorkload } from '../src/topology/scenario.js';
import { count, measure } from './measure.js';

export function benchPings(): string[] {
  let topology = loadTopology('calico-docker', 'topologies');
  topology = placeWorkload(topology, { name: 'web1', node: 'master' });
  topology = placeWorkload(topology, { name: 'web3', node: 'slave1' });
  const blueprint = buildBlueprint(topology);
  const build = measure(() => void new SimulatedLab(blueprint));
  const lab = new SimulatedLab(blueprint);
  const { address } = blueprint.endpoints.web3!;
  const probe = { kind: 'ping', from: 'web1', to: address } as const;
  const journey = lab.probeNow(probe);
  if (journey.outcome.kind !== 'answered') throw new Error('the benchmark measures an answered ping');
  const steps = journey.legs.flatMap(({ hops }) => hops.flatMap((hop) => hop.steps)).length;
  const cross = measure(() => void lab.probeNow(probe));
  const own = measure(() => void lab.probeNow({ kind: 'ping', from: 'master', to: '127.0.0.1' }));
  return [
    `build the cluster of the story: ${count(build.nanoseconds / 1e3)} µs`,
    `cross-node ping, request and reply (${steps} steps): ${count(1e9 / cross.nanoseconds)} a second`,
    `cross-node ping / ping of 127.0.0.1: ${(cross.nanoseconds / own.nanoseconds).toFixed(1)} times`,
  ];
}
