/** The labs by name. One is loaded only when a scenario needs it: the kernel's wants root, and Linux. */
import type { Blueprint } from '../src/blueprint/blueprint.js';
import type { Lab, OpenLab } from '../src/lab/lab.js';
import { didYouMean } from '../src/net/did-you-mean.js';
import { Mistake } from './mistake.js';

export type LabName = 'simulated' | 'kernel';

const LABS: Readonly<Record<LabName, () => Promise<OpenLab>>> = {
  simulated: async () => (await import('../src/lab/simulated/simulated.js')).openSimulatedLab,
  kernel: async () => (await import('../src/lab/kernel/kernel.js')).openKernelLab,
};

export async function openLab(name: LabName, blueprint: Blueprint): Promise<Lab> {
  if (!(name in LABS)) throw new Mistake(`no lab \`${name}\`${didYouMean(name, Object.keys(LABS))}`);
  const open = await LABS[name]();
  return open(blueprint);
}
