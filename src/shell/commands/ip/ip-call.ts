/** What the objects of `ip` share: the call, the global options, and how to read a device's name. */
import type { Device } from '../../../stack/device.js';
import type { Call } from '../../command.js';
import type { Arguments } from './arguments.js';
import { noDevice } from './arguments.js';

export interface IpCall extends Call {
  /** `-4`: only what is of IPv4. */
  readonly inet: boolean;
  readonly brief: boolean;
  readonly oneline: boolean;
}

/** `address`, `link`, `route` ...: what `ip` acts on. */
export interface IpObject {
  /** In full; any beginning of it will do. */
  readonly names: readonly [string, ...string[]];
  readonly usage: readonly string[];
  run(ip: IpCall, args: Arguments): number;
}

/** @throws CommandFailure where there is no such device */
export function deviceOf({ ns }: IpCall, name: string): Device {
  const device = ns.devices.get(name);
  if (!device) throw noDevice(name);
  return device;
}

/** Lists devices by ifindex, as the kernel does. */
export function devicesByIndex({ ns }: IpCall): Device[] {
  return [...ns.devices.values()].sort((a, b) => a.index - b.index);
}
