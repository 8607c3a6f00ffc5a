/** The devices of a namespace, as rtnetlink lists them (RTM_GETLINK). */
import { message, NLM_F_DUMP, readAttributes, readHostU32, readMessages } from './netlink.js';

export interface DeviceList {
  /** Name by interface index. */
  readonly names: ReadonlyMap<number, string>;
  /** The bridge that a device is a port of, by the device's name. */
  readonly masters: ReadonlyMap<string, string>;
  /** Has the kernel noticed each carrier that is there: is every cable's end with one operational? */
  readonly settled: boolean;
}

const RTM_NEWLINK = 16;
const RTM_GETLINK = 18;
const IFINFOMSG = 16;
/** linux/if.h, net_device_flags. */
const IFF_UP = 1;
const IFF_RUNNING = 1 << 6;
const IFF_LOWER_UP = 1 << 16;
const IFLA_IFNAME = 3;
/** The other end of a cable. */
const IFLA_LINK = 5;
const IFLA_MASTER = 10;

export const LIST_DEVICES: Buffer = message(RTM_GETLINK, NLM_F_DUMP, Buffer.alloc(IFINFOMSG));

export function readDevices(bytes: Buffer): DeviceList {
  const names = new Map<number, string>();
  const masters = new Map<string, number>();
  let settled = true;
  for (const { type, body } of readMessages(bytes)) {
    if (type !== RTM_NEWLINK) continue;
    const attributes = readAttributes(body, IFINFOMSG);
    const name = attributes.get(IFLA_IFNAME)!.toString().replace(/\0$/, '');
    names.set(readHostU32(body, 4), name);
    const flags = readHostU32(body, 8);
    if (attributes.has(IFLA_LINK) && flags & IFF_UP && flags & IFF_LOWER_UP && !(flags & IFF_RUNNING)) settled = false;
    const master = attributes.get(IFLA_MASTER);
    if (master) masters.set(name, readHostU32(master));
  }
  return { names, settled, masters: new Map([...masters].map(([port, index]) => [port, names.get(index) ?? ''])) };
}
