/** `ip link set` (do_setlink, dev_change_net_namespace, br_setport). */
import { moveVeth } from '../../../fabric/veth.js';
import { bringLoopbackUp } from '../../../stack/create.js';
import type { Device } from '../../../stack/device.js';
import { bringDown, bringUp } from '../../../stack/devinet.js';
import type { Namespace } from '../../../stack/namespace.js';
import { NotSimulated } from '../../failures.js';
import { type Arguments, complaint, garbage, invalid, rtnetlink } from './arguments.js';
import { deviceOf, type IpCall } from './ip-call.js';
import { type LinkWords, readLinkWords } from './link-words.js';

const MTU_LIMITS: Readonly<Record<Device['kind'], readonly [number, number]>> = {
  loopback: [0, 0xffffffff],
  veth: [68, 65_535],
  bridge: [68, 65_535],
  dummy: [0, 0xffffffff],
};

export function setLink(ip: IpCall, args: Arguments): number {
  const words = readLinkWords(args);
  const name = words.device;
  if (name === undefined) throw complaint('Not enough information: "dev" argument is required.', 255);
  const target = words.netns === undefined ? undefined : ip.network.namespace(words.netns);
  if (words.netns !== undefined && !target) throw invalid('Invalid "netns" value\n', words.netns);
  const master = words.master === undefined ? undefined : masterOf(ip, words.master);
  const device = deviceOf(ip, name);
  if (words.name !== undefined && words.name !== name)
    throw new NotSimulated('giving a link another name is not simulated');
  if (words.type !== undefined) return setType(device, words.type, args);
  if (target) return move(ip, device, target, words);
  if (words.mtu !== undefined) applyMtu(ip.ns, device, words.mtu);
  if (words.address !== undefined) setAddress(device, words.address);
  if (words.up !== undefined) setUp(ip.ns, device, words.up);
  if (words.master !== undefined) setMaster(ip.ns, device, master);
  return 0;
}

function masterOf({ ns }: IpCall, name: string): Device | undefined {
  if (name === '') return undefined;
  const master = ns.devices.get(name);
  if (!master) throw invalid('Device does not exist\n', name);
  return master;
}

function move(ip: IpCall, device: Device, target: Namespace, words: LinkWords): number {
  if (target === ip.ns) return 0;
  if (device.kind === 'loopback') throw rtnetlink('Error: The interface netns is immutable.');
  if (device.kind !== 'veth' || !ip.network.fabric) throw new NotSimulated(`moving a ${device.kind} is not simulated`);
  if (target.devices.has(device.name)) throw rtnetlink('File exists');
  const moved = moveVeth(ip.network.fabric, { ns: ip.ns, device }, target);
  if (words.mtu !== undefined) applyMtu(target, moved, words.mtu);
  if (words.address !== undefined) setAddress(moved, words.address);
  if (words.up) bringUp(target, moved);
  return 0;
}

/** dev_set_mtu(). */
export function applyMtu(ns: Namespace, device: Device, mtu: number): void {
  const [least, most] = MTU_LIMITS[device.kind];
  if (mtu < least) throw rtnetlink('Error: mtu less than device minimum.');
  if (mtu > most) throw rtnetlink('Error: mtu greater than device maximum.');
  device.mtu = mtu;
  if (device.master) adjustMtu(ns, device.master);
}

/** br_mtu_auto_adjust(): a bridge carries what the smallest of its ports does. */
function adjustMtu(ns: Namespace, bridge: Device): void {
  const ports = [...ns.devices.values()].filter(({ master }) => master === bridge);
  bridge.mtu = Math.min(...(ports.length > 0 ? ports.map(({ mtu }) => mtu) : [1500]));
}

function setAddress(device: Device, address: string): void {
  if (device.kind === 'loopback') throw rtnetlink('Operation not supported');
  device.mac = address;
}

function setUp(ns: Namespace, device: Device, up: boolean): void {
  if (!up) bringDown(ns, device);
  else if (device.kind === 'loopback' && device.addresses.length === 0) bringLoopbackUp(ns);
  else bringUp(ns, device);
}

/** br_add_if(), br_del_if(). */
export function setMaster(ns: Namespace, device: Device, master: Device | undefined): void {
  if (device.master === master) return;
  if (master && master.kind !== 'bridge') throw rtnetlink('Error: Device does not allow enslaving.');
  if (master && device.kind === 'bridge') throw rtnetlink('Error: Can not enslave a bridge to a bridge.');
  if (master && device.kind === 'loopback') throw rtnetlink('Invalid argument');
  const before = device.master;
  device.master = master;
  device.hairpin = false;
  if (before) adjustMtu(ns, before);
  if (master) adjustMtu(ns, master);
}

function setType(device: Device, type: string, args: Arguments): number {
  const word = args.take();
  if (type !== 'bridge_slave') throw new NotSimulated(`setting what is peculiar to ${type} is not simulated`);
  if (word !== 'hairpin')
    throw new NotSimulated(`\`${word ?? 'nothing'}\` of a bridge's port is not simulated; \`hairpin\` is`);
  const value = args.need();
  if (value !== 'on' && value !== 'off') throw invalid('hairpin should be "on" or "off"', value);
  const extra = args.take();
  if (extra !== undefined) throw garbage('hairpin', extra);
  if (!device.master) throw rtnetlink('Operation not supported');
  device.hairpin = value === 'on';
  return 0;
}
