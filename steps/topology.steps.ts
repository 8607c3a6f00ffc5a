/** What the network is: a topology, and the workloads that a scenario starts in it. */
import { Given } from './dsl.js';
import { Mistake } from './mistake.js';
import type { Placement } from './placements.js';
import { readDocString } from './topologies.js';
import type { NetWorld } from './world.js';

Given('the topology {string}', useNamed);
Given('拓扑 {string}', useNamed);

Given('the topology:', useWritten);
Given('拓扑:/拓扑：', useWritten);

Given('{placements}', place);
Given('{zhPlacements}', place);

Given('the manifest:', (_text: string) => {
  throw new Mistake('manifests are not modelled yet: services and policies cannot be given');
});

function useNamed(this: NetWorld, name: string): void {
  this.useTopology(this.topologyNamed(name));
}

function useWritten(this: NetWorld, text: string): void {
  this.useTopology(readDocString(text, this.feature, this.parameters.topologies));
}

function place(this: NetWorld, placements: readonly Placement[]): void {
  for (const placement of placements) this.place(placement);
}
