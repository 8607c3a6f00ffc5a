/** Devices as iproute2 prints them (ip/ipaddress.c, print_linkinfo). */
import type { Device } from '../../../stack/device.js';
import type { Namespace } from '../../../stack/namespace.js';
import { devicesByIndex, type IpCall } from './ip-call.js';
import { isNamed } from './netns-names.js';

/** Both lines of a device in `ip link` (`mode`: with its mode) and `ip address`. */
export function printLink(ip: IpCall, device: Device, mode: boolean): string {
  const head = [
    `${device.index}: ${nameWithPeer(ip, device)}: <${flagsOf(ip, device).join(',')}>`,
    `mtu ${device.mtu}`,
    `qdisc ${device.activated ? 'noqueue' : 'noop'}`,
    ...(device.master ? [`master ${device.master.name}`] : []),
    `state ${stateOf(ip, device)}`,
    ...(mode ? ['mode DEFAULT'] : []),
    'group default qlen 1000',
  ].join(' ');
  if (ip.inet) return `${head}\n`;
  return `${head}${ip.oneline ? '\\' : '\n'}${linkAddressLine(ip, device)}\n`;
}

/** `ip -brief link`. */
export function printLinkBriefly(ip: IpCall, device: Device): string {
  return `${briefHead(ip, device)}${device.mac} <${flagsOf(ip, device).join(',')}> \n`;
}

/** The first two columns of the brief forms. */
export function briefHead(ip: IpCall, device: Device): string {
  return `${nameWithPeer(ip, device).padEnd(16)} ${stateOf(ip, device).padEnd(14)} `;
}

function linkAddressLine(ip: IpCall, device: Device): string {
  if (device.kind === 'loopback') return `    link/loopback ${device.mac} brd 00:00:00:00:00:00`;
  const peer = ip.network.otherEnd(device);
  const elsewhere = peer && peer.ns !== ip.ns ? ` ${netnsText(ip, peer.ns)}` : '';
  return `    link/ether ${device.mac} brd ff:ff:ff:ff:ff:ff${elsewhere}`;
}

/** By its name where `ip netns` gave it one, else by the number that this namespace knows it by. */
function netnsText(ip: IpCall, ns: Namespace): string {
  return isNamed(ip.network.fabric, ns) ? `link-netns ${ns.name}` : `link-netnsid ${netnsId(ip, ns)}`;
}

/** peernet2id_alloc(): counted in the order in which this namespace came to have links to others. */
export function netnsId(ip: IpCall, ns: Namespace): number {
  const others = devicesByIndex(ip).flatMap((device) => ip.network.otherEnd(device)?.ns ?? []);
  return [...new Set(others.filter((other) => other !== ip.ns))].indexOf(ns);
}

/** `web@eth0` for a pair in one namespace, `web@if5` where the other end is elsewhere. */
function nameWithPeer(ip: IpCall, device: Device): string {
  const peer = ip.network.otherEnd(device);
  if (!peer) return device.name;
  return `${device.name}@${peer.ns === ip.ns ? peer.device.name : `if${peer.device.index}`}`;
}

function flagsOf(ip: IpCall, device: Device): string[] {
  const carrier = hasCarrier(ip, device);
  const peer = ip.network.otherEnd(device);
  return [
    ...(device.up && !carrier ? ['NO-CARRIER'] : []),
    ...(device.kind === 'loopback'
      ? ['LOOPBACK']
      : device.kind === 'dummy'
        ? ['BROADCAST', 'NOARP']
        : ['BROADCAST', 'MULTICAST']),
    ...(device.up ? ['UP'] : []),
    ...(device.up && carrier ? ['LOWER_UP'] : []),
    ...(peer?.ns === ip.ns && !peer.device.up ? ['M-DOWN'] : []),
  ];
}

/** RFC 2863 operational state. Only a veth has something below it that can be down (default_operstate). */
function stateOf(ip: IpCall, device: Device): string {
  if (!device.up) return 'DOWN';
  if (device.kind === 'loopback' || device.kind === 'dummy') return 'UNKNOWN';
  if (hasCarrier(ip, device)) return 'UP';
  return ip.network.otherEnd(device)?.ns === ip.ns ? 'LOWERLAYERDOWN' : 'DOWN';
}

/** A bridge has a carrier while one of its ports has (br_set_state, br_port_carrier_check). */
export function hasCarrier({ ns }: Pick<IpCall, 'ns'>, device: Device): boolean {
  if (device.kind !== 'bridge') return device.hasCarrier();
  return [...ns.devices.values()].some((port) => port.master === device && port.operational);
}
