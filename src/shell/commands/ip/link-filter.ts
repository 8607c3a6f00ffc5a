/** Which devices `ip link show` and `ip address show` list. */
import type { Device } from '../../../stack/device.js';
import { NotSimulated } from '../../failures.js';
import { type Arguments, complaint, garbage, invalid } from './arguments.js';
import type { IpCall } from './ip-call.js';

export interface LinkFilter {
  readonly device: string | undefined;
  readonly up: boolean;
  readonly type: string | undefined;
  readonly master: string | undefined;
  readonly nomaster: boolean;
}

const NOT_SIMULATED = [
  'group',
  'vrf',
  'label',
  'dynamic',
  'permanent',
  'temporary',
  'deprecated',
  'tentative',
  'vf',
  'novf',
];

/** `more` takes the keywords that only one of the two has. */
export function readLinkFilter(ip: IpCall, args: Arguments, more: (word: string) => boolean = () => false): LinkFilter {
  const filter = { device: undefined as string | undefined, up: false, nomaster: false };
  const chosen: { type: string | undefined; master: string | undefined } = { type: undefined, master: undefined };
  for (let word = args.take(); word !== undefined; word = args.take()) {
    if (word === 'up') filter.up = true;
    else if (word === 'nomaster') filter.nomaster = true;
    else if (word === 'type') chosen.type = args.need();
    else if (word === 'master') chosen.master = readMaster(ip, args.need());
    else if (NOT_SIMULATED.includes(word)) throw new NotSimulated(`listing by \`${word}\` is not simulated`);
    else if (!more(word)) {
      const name = word === 'dev' ? args.need() : word;
      if (filter.device !== undefined) throw garbage('dev', name);
      filter.device = name;
    }
  }
  if (filter.device !== undefined && !ip.ns.devices.has(filter.device)) {
    throw complaint(`Device "${filter.device}" does not exist.`);
  }
  return { ...filter, ...chosen };
}

function readMaster({ ns }: IpCall, name: string): string {
  if (!ns.devices.has(name)) throw invalid('Device does not exist\n', name);
  return name;
}

export function shows({ device, up, type, master, nomaster }: LinkFilter, one: Device): boolean {
  return (
    (device === undefined || one.name === device) &&
    (!up || one.up) &&
    (type === undefined || one.kind === type || (type === 'bridge_slave' && one.master !== undefined)) &&
    (master === undefined || one.master?.name === master) &&
    !(nomaster && one.master)
  );
}
