/** One namespace of the kernel lab. */
import type { NamespacePath } from './agent.js';
import type { DeviceList } from './devices.js';
import type { LoadedRules } from './loaded-rules.js';

/** A namespace, and what is known of it until the next command changes it. */
export interface Place {
  readonly name: string;
  readonly path: NamespacePath;
  devices: DeviceList;
  /** Undefined where no table is loaded. */
  rules: LoadedRules | undefined;
  traced: boolean;
  /** Devices that have their DEVICE_DEFAULTS. */
  readonly hastened: Set<string>;
  /** Whose `ip netns add` made it; undefined where the blueprint did. */
  readonly parent: Place | undefined;
}
