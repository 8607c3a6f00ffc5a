/** The same features on both labs: how many times faster is the simulated one? Only the steps count, not the start. */
import { spawnSync } from 'node:child_process';
import { kernelMissing } from '../src/lab/kernel/requirements.js';

const FEATURES = [
  'features/calico-docker/containers-on-one-node.feature',
  'features/calico-docker/containers-on-two-nodes.feature',
  'features/calico-docker/node-and-own-container.feature',
  'features/calico-docker/node-and-remote-container.feature',
];

export function benchLabs(): string[] {
  const missing = kernelMissing();
  if (missing !== undefined) return [`not measured: ${missing}`];
  const simulated = executing('default');
  const kernel = executing('kernel');
  return [
    `${FEATURES.length} features: ${simulated.toFixed(2)} s simulated, ${kernel.toFixed(2)} s on the kernel`,
    `kernel / simulated: ${(kernel / simulated).toFixed(0)} times`,
  ];
}

/** Seconds that cucumber reports for the execution of steps. */
function executing(profile: string): number {
  const cucumber = 'node_modules/@cucumber/cucumber/bin/cucumber.js';
  const { stdout } = spawnSync(process.execPath, [cucumber, '--profile', profile, ...FEATURES], { encoding: 'utf8' });
  const [, minutes, seconds] = /executing steps: (\d+)m([\d.]+)s/.exec(stdout) ?? [];
  if (seconds === undefined || !/^\d+ scenarios \(\d+ passed\)$/m.test(stdout)) {
    throw new Error(`the features do not pass:\n${stdout}`);
  }
  return Number(minutes) * 60 + Number(seconds);
}
