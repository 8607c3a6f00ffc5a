/**
 * The state of one scenario: what was said of the network, the lab that it became, and what was sent through it. A lab is
 * opened by the first step that needs one; until then a scenario only describes.
 */
import { After, Before, BeforeStep, Status, setDefaultTimeout, setWorldConstructor, World } from '@cucumber/cucumber';
import type { Journey } from '../src/journey/journey.js';
import type { Probe } from '../src/journey/probe.js';
import { didYouMean } from '../src/net/did-you-mean.js';
import type { Override } from '../src/topology/overrides.js';
import { type Placement, placeWorkload } from '../src/topology/scenario.js';
import { GATEWAY, type Topology } from '../src/topology/topology.js';
import { asCommands, joined } from './changes.js';
import { type LabName, openLab } from './labs.js';
import { Mistake } from './mistake.js';
import { OpenNetwork } from './network.js';
import { commandFailure, Printed } from './printed.js';
import { blueprintOf, type Feature, findTopology } from './topologies.js';

/** `--world-parameters '{"lab": "kernel"}'`. */
interface Settings {
  readonly lab?: LabName;
  /** Directory of topologies. */
  readonly topologies?: string;
  /** The topology of scenarios that name none. */
  readonly topology?: string;
}

export class NetWorld extends World<Settings> {
  /** Where the scenario stands, for messages about its doc strings. */
  feature: Feature | undefined;
  /** Does the current step describe (Given), rather than act? */
  describing = true;
  readonly printed = new Printed();
  #topology: Topology | undefined;
  readonly #changes: Record<string, Override> = {};
  #network: OpenNetwork | undefined;
  #journey: Journey | undefined;

  /** Describes the network that everything after is about. */
  useTopology(topology: Topology): void {
    if (this.#topology || this.#network) throw new Mistake('a scenario has one topology, and this one has it already');
    this.#topology = topology;
  }

  topologyNamed(name: string): Topology {
    return findTopology(name, this.parameters.topologies);
  }

  /** Starts a container. To say again what the topology says already is no mistake. */
  place(placement: Placement): void {
    if (this.#network)
      throw new Mistake(`\`${placement.name}\` comes too late: workloads are placed before the first When`);
    const topology = this.#theTopology();
    const { name, node, network } = placement;
    const there = topology.workloads.find((each) => each.name === name);
    if (there?.node === node && (network === undefined || there.network === network) && !placement.labels) return;
    this.#topology = placeWorkload(topology, placement);
  }

  /** Changes a namespace now, or when it is built. */
  async change(namespace: string, change: Override): Promise<void> {
    const earlier = this.#changes[namespace];
    this.#checkName(namespace);
    if (this.#network || this.#isMade(namespace)) await this.#run(namespace, asCommands(change));
    // What was typed before must stay before: a lab runs commands last.
    else if (earlier?.commands) this.#changes[namespace] = joined(earlier, { commands: [asCommands(change)] });
    else this.#changes[namespace] = joined(earlier ?? {}, change);
  }

  /** Runs commands now. They may fail if a Then says so; `printed` has what they printed. */
  async act(name: string, script: string): Promise<void> {
    const network = await this.network();
    const namespace = await network.sender(name);
    this.printed.note(namespace, await network.run(namespace, script));
  }

  async probe(probe: Probe): Promise<void> {
    this.#journey = await (await this.network()).probe(probe);
  }

  /** What was sent last. */
  get journey(): Journey {
    this.printed.settle();
    if (this.#journey) return this.#journey;
    throw new Mistake('nothing was sent yet: a Then about `it` needs a When before it, such as `When web1 pings web3`');
  }

  /** The network as it runs. Builds it on first use. Whoever asks for it goes on after commands that should have succeeded. */
  async network(): Promise<OpenNetwork> {
    this.printed.settle();
    if (!this.#network) {
      const blueprint = blueprintOf(this.#theTopology(), this.#changes);
      this.#network = new OpenNetwork(await openLab(this.parameters.lab ?? 'simulated', blueprint), blueprint);
    }
    return this.#network;
  }

  /** A scenario that only prepares says something too: that its topology stands and its commands succeed. */
  async settle(): Promise<void> {
    this.printed.settle();
    if (Object.keys(this.#changes).length > 0) await this.network();
  }

  async close(): Promise<void> {
    await this.#network?.close();
  }

  /** Runs commands that have to succeed. */
  async #run(name: string, script: string): Promise<void> {
    const network = await this.network();
    const namespace = await network.sender(name);
    const result = await network.run(namespace, script);
    if (result.exitCode !== 0) throw new Mistake(commandFailure(namespace, result));
  }

  /** Once the network runs it knows its names itself. */
  #checkName(name: string): void {
    if (this.#network || this.#isMade(name)) return;
    const { nodes, outside, workloads } = this.#theTopology();
    const names = [...nodes, ...outside, ...workloads].map((each) => each.name);
    if (names.includes(name) || name === GATEWAY) return;
    throw new Mistake(`nothing here is called \`${name}\`${didYouMean(name, names)}`);
  }

  /** Is it a namespace that a command before made? Then it is there only when the network runs. */
  #isMade(namespace: string): boolean {
    const typed = Object.values(this.#changes).flatMap(({ commands = [] }) => commands);
    const written = this.#topology?.nodes.map(({ commands }) => commands) ?? [];
    return [...typed, ...written].some((commands) => commands.includes(`netns add ${namespace}`));
  }

  #theTopology(): Topology {
    const { topology } = this.parameters;
    if (!this.#topology && topology !== undefined) this.#topology = this.topologyNamed(topology);
    if (this.#topology) return this.#topology;
    throw new Mistake('no topology yet: start with `Given the topology "calico-docker"`, or another of topologies/');
  }
}

setWorldConstructor(NetWorld);

/** In milliseconds. On the kernel a probe waits in real time, and a table of reachability sends many. */
setDefaultTimeout(120_000);

Before(function (this: NetWorld, { gherkinDocument }) {
  this.feature = gherkinDocument;
});

BeforeStep(function (this: NetWorld, { pickleStep }) {
  this.describing = !['Action', 'Outcome'].includes(String(pickleStep.type));
});

After(async function (this: NetWorld, { result }) {
  try {
    if (result?.status === Status.PASSED) await this.settle();
  } finally {
    await this.close();
  }
});
