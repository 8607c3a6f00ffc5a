/** Where topologies come from: a directory, or a doc string of a feature. */
import type { ITestCaseHookParameter } from '@cucumber/cucumber';
import type { Blueprint } from '../src/blueprint/blueprint.js';
import { buildBlueprint } from '../src/topology/build.js';
import { loadTopology } from '../src/topology/load.js';
import type { Overrides } from '../src/topology/overrides.js';
import { readTopology } from '../src/topology/read.js';
import type { Topology } from '../src/topology/topology.js';

export type Feature = ITestCaseHookParameter['gherkinDocument'];

const DIRECTORY = 'topologies';

/** Reading one takes longer than running most scenarios, and what was read never changes. */
const read = new Map<string, Topology>();

export function findTopology(name: string, directory = DIRECTORY): Topology {
  const key = `${directory}/${name}`;
  const topology = read.get(key) ?? loadTopology(name, directory);
  read.set(key, topology);
  return topology;
}

/** As many as the scenarios of a few features, in turn, are likely to ask for again. */
const REMEMBERED = 64;
const built = new Map<string, Blueprint>();

/** Scenarios of one feature mostly begin alike, and a blueprint is plain data that nobody changes. */
export function blueprintOf(topology: Topology, overrides: Overrides): Blueprint {
  const key = JSON.stringify([topology, overrides]);
  const blueprint = built.get(key) ?? buildBlueprint(topology, overrides);
  built.delete(key);
  built.set(key, blueprint);
  if (built.size > REMEMBERED) built.delete(built.keys().next().value!);
  return blueprint;
}

/** Reads a doc string; its mistakes are told with their places in the feature. */
export function readDocString(text: string, feature: Feature | undefined, directory = DIRECTORY): Topology {
  return readTopology(text, docStringPlace(text, feature), directory);
}

/** Where the text of a doc string begins. Gherkin takes its indentation away: that of its quotes. */
export function docStringPlace(text: string, feature: Feature | undefined) {
  const found = feature && stepsOf(feature).find(({ docString }) => docString?.content === text);
  const { line = 0, column = 1 } = found?.docString?.location ?? {};
  return { file: feature?.uri ?? 'the scenario', line: line + 1, column };
}

function stepsOf({ feature }: Feature) {
  return (feature?.children ?? []).flatMap(({ background, scenario, rule }) => [
    ...(background?.steps ?? []),
    ...(scenario?.steps ?? []),
    ...(rule?.children ?? []).flatMap((child) => [
      ...(child.background?.steps ?? []),
      ...(child.scenario?.steps ?? []),
    ]),
  ]);
}
