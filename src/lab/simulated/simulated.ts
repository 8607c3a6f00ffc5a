/** The simulated lab: a blueprint as a fabric of namespaces on a virtual clock. Pure TypeScript; any system, no root. */
import type { Blueprint } from '../../blueprint/blueprint.js';
import { checkBlueprint } from '../../blueprint/check.js';
import type { Fabric } from '../../fabric/fabric.js';
import { JourneyRecorder } from '../../journey/fold.js';
import type { Journey } from '../../journey/journey.js';
import { type Outcome, PATIENCE, type Probe } from '../../journey/probe.js';
import { ipv4 } from '../../net/ipv4.js';
import { runScript } from '../../shell/run-script.js';
import type { Namespace } from '../../stack/namespace.js';
import { ping } from '../../stack/ping.js';
import { connect } from '../../stack/tcp.js';
import { sendUdp } from '../../stack/udp.js';
import type { CommandResult, Lab, OpenLab } from '../lab.js';
import { buildFabric } from './build.js';

export class SimulatedLab implements Lab {
  readonly name = 'simulated';
  readonly #fabric: Fabric;
  readonly #switches: ReadonlySet<string>;

  /**
   * `patience`: how long a probe waits for an answer, in milliseconds of virtual time.
   *
   * @throws Error with one sentence a line where the blueprint cannot be built
   */
  constructor(
    blueprint: Blueprint,
    private readonly patience = PATIENCE,
  ) {
    const mistakes = checkBlueprint(blueprint);
    if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
    this.#fabric = buildFabric(blueprint);
    this.#switches = new Set(blueprint.namespaces.filter(({ kind }) => kind === 'switch').map(({ name }) => name));
    for (const { name, commands } of blueprint.namespaces) if (commands !== '') this.#runOrThrow(name, commands);
  }

  /** The same as `probe`, at once: for who counts pings a second. */
  probeNow(probe: Probe): Journey {
    const fabric = this.#fabric;
    const recorder = new JourneyRecorder(probe, this.#switches);
    let outcome: Outcome | undefined;
    fabric.resetBudget();
    fabric.observe(recorder.record);
    const giveUp = start(this.#namespace(probe.from), probe, (seen) => {
      outcome ??= seen;
    });
    const { clock } = fabric;
    clock.run(clock.now + this.patience, () => outcome !== undefined);
    // What is already on its way arrives: the last ACK of a handshake, an error on its way to somebody else.
    clock.settle();
    giveUp();
    fabric.observe(() => {});
    return recorder.finish(outcome ?? { kind: 'silence' });
  }

  async probe(probe: Probe): Promise<Journey> {
    return this.probeNow(probe);
  }

  async pass(milliseconds: number): Promise<void> {
    const { clock } = this.#fabric;
    clock.run(clock.now + milliseconds);
  }

  async run(namespace: string, script: string): Promise<CommandResult> {
    const result = runScript(this.#namespace(namespace), script, { fabric: this.#fabric });
    this.#fabric.clock.settle();
    return result;
  }

  async close(): Promise<void> {}

  #runOrThrow(name: string, script: string): void {
    const { exitCode, stderr } = runScript(this.#namespace(name), script, { fabric: this.#fabric });
    if (exitCode !== 0) throw new Error(`the commands on ${name} failed: ${stderr.trim()}`);
  }

  #namespace(name: string): Namespace {
    const ns = this.#fabric.namespaces.get(name);
    if (!ns) throw new Error(`no namespace ${name} in this network`);
    return ns;
  }
}

export const openSimulatedLab: OpenLab = async (blueprint) => new SimulatedLab(blueprint);

/** Hands the probe to the socket layer. Returns how to give it up. */
function start(ns: Namespace, probe: Probe, done: (outcome: Outcome) => void): () => void {
  const to = ipv4(probe.to);
  if (probe.kind === 'ping') return ping(ns, to, done);
  if (probe.port === undefined) throw new RangeError(`a ${probe.kind} probe needs a port`);
  return probe.kind === 'tcp' ? connect(ns, to, probe.port, done) : sendUdp(ns, to, probe.port, done);
}
