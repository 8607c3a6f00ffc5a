/** The lab on the real Linux kernel: a blueprint in throw-away network namespaces, real packets, the journeys that they made. */
import type { Blueprint } from '../../blueprint/blueprint.js';
import { JourneyRecorder } from '../../journey/fold.js';
import type { Journey } from '../../journey/journey.js';
import type { Probe } from '../../journey/probe.js';
import type { CommandResult, Lab, OpenLab } from '../lab.js';
import { Aftermath, countersOf } from './aftermath.js';
import type { Sight } from './agent.js';
import { letPass } from './clock.js';
import { legsOf } from './legs.js';
import { narrate } from './narrate.js';
import { outcomeOf } from './outcome.js';
import { kernelMissing } from './requirements.js';
import { send } from './send.js';
import { sortSights } from './sightings.js';
import { World } from './world.js';

/** Rejects with one sentence where the machine cannot do it, or the kernel refuses a part of the blueprint. */
export const openKernelLab: OpenLab = async (blueprint) => {
  const missing = kernelMissing();
  if (missing !== undefined) throw new Error(missing);
  return new KernelLab(blueprint, await World.build(blueprint));
};

class KernelLab implements Lab {
  readonly name = 'kernel';
  readonly #switches: ReadonlySet<string>;

  constructor(
    { namespaces }: Blueprint,
    private readonly world: World,
  ) {
    this.#switches = new Set(namespaces.filter(({ kind }) => kind === 'switch').map(({ name }) => name));
  }

  async probe(probe: Probe): Promise<Journey> {
    const { world } = this;
    await world.refresh();
    const before = await countersOf(world);
    const sights: Sight[] = [];
    await world.watch((sight) => sights.push(sight));
    const said = await send(world, probe, () => sights.length);
    await world.watch(undefined);
    const sightings = sortSights(sights, world);
    const legs = legsOf(sightings, probe, (namespace, device) => world.place(namespace).devices.masters.get(device));
    const outcome = outcomeOf(said, legs);
    const after = await countersOf(world);
    const aftermath = new Aftermath(world, sightings.arps, before, after, outcome.kind === 'silence');
    const recorder = new JourneyRecorder(probe, this.#switches);
    for (const step of await narrate(legs, aftermath)) recorder.record(step);
    return recorder.finish(outcome);
  }

  async pass(milliseconds: number): Promise<void> {
    await letPass(this.world, milliseconds);
  }

  async run(namespace: string, script: string): Promise<CommandResult> {
    return this.world.run(this.world.place(namespace), script);
  }

  async close(): Promise<void> {
    await this.world.close();
  }
}
