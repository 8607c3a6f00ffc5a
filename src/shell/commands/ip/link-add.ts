/** `ip link add` (rtnl_newlink, veth_newlink). */
import { addVeth } from '../../../fabric/veth.js';
import { localMac } from '../../../net/mac.js';
import { registerDevice } from '../../../stack/create.js';
import type { Device } from '../../../stack/device.js';
import { bringUp } from '../../../stack/devinet.js';
import type { Namespace } from '../../../stack/namespace.js';
import { CommandFailure, NotSimulated } from '../../failures.js';
import { type Arguments, complaint, garbage, invalid, rtnetlink } from './arguments.js';
import type { IpCall } from './ip-call.js';
import { applyMtu } from './link-set.js';
import { type LinkWords, readLinkWords } from './link-words.js';

const OTHER_TYPES = [
  ...['bareudp', 'bond', 'geneve', 'gre', 'gretap', 'ifb', 'ip6gre', 'ip6tnl', 'ipip', 'ipvlan', 'ipvtap', 'macsec'],
  ...[
    'macvlan',
    'macvtap',
    'nlmon',
    'sit',
    'team',
    'tun',
    'vcan',
    'vlan',
    'vrf',
    'vti',
    'vxcan',
    'vxlan',
    'wireguard',
    'xfrm',
  ],
];

/** IFNAMSIZ without the closing zero. */
const NAME_LIMIT = 15;

export function addLink(ip: IpCall, args: Arguments): number {
  const words = readLinkWords(args);
  const { type } = words;
  if (type === undefined) throw complaint('Not enough information: "type" argument is required');
  if (type === 'veth') return addPair(ip, words, args);
  const extra = args.take();
  if (type !== 'bridge' && type !== 'dummy') {
    if (OTHER_TYPES.includes(type))
      throw new NotSimulated(`links of type ${type} are not simulated; there are bridge, dummy, veth`);
    if (extra !== undefined) throw complaint(`Garbage instead of arguments "${extra} ...". Try "ip link help".`);
    throw rtnetlink('Error: Unknown device type.');
  }
  if (extra !== undefined) throw new NotSimulated(`\`${extra}\` of a ${type} is not simulated`);
  const ns = namespaceOf(ip, words);
  const name = freeName(ns, words, type);
  finish(ns, registerDevice(ns, name, type, words.address ?? newMac(ip, ns)), words);
  return 0;
}

function addPair(ip: IpCall, words: LinkWords, args: Arguments): number {
  const keyword = args.take();
  if (keyword !== undefined && keyword !== 'peer') throw complaint(`veth: unknown option "${keyword}"?`);
  const peerWords = keyword === undefined ? undefined : readLinkWords(args);
  if (peerWords?.type !== undefined) throw garbage('type', peerWords.type);
  const { fabric } = ip.network;
  if (!fabric) throw new NotSimulated('a veth pair needs a network, and this namespace is in none');
  const ns = namespaceOf(ip, words);
  const peerNs = peerWords ? namespaceOf(ip, peerWords, ns) : ns;
  const peerName = freeName(peerNs, peerWords, 'veth');
  const name = freeName(ns, words, 'veth', peerNs === ns ? peerName : undefined);
  const pair = addVeth(
    fabric,
    { ns, name, mac: words.address ?? newMac(ip, ns) },
    { ns: peerNs, name: peerName, mac: peerWords?.address ?? newMac(ip, ns, 1) },
  );
  finish(peerNs, pair.peer, peerWords);
  finish(ns, pair.link, words);
  return 0;
}

function finish(ns: Namespace, device: Device, words: LinkWords | undefined): void {
  if (words?.mtu !== undefined) applyMtu(ns, device, words.mtu);
  if (words?.up) bringUp(ns, device);
}

function namespaceOf(ip: IpCall, { netns }: LinkWords, otherwise: Namespace = ip.ns): Namespace {
  if (netns === undefined) return otherwise;
  const found = ip.network.namespace(netns);
  if (!found) throw invalid('Invalid "netns" value\n', netns);
  return found;
}

/** A name that is asked for must be free; without one the kernel counts: veth0, veth1 ... */
function freeName(ns: Namespace, words: LinkWords | undefined, prefix: string, taken?: string): string {
  const asked = words?.name ?? words?.device;
  const isTaken = (name: string) => ns.devices.has(name) || name === taken;
  if (asked === undefined) {
    let number = 0;
    while (isTaken(`${prefix}${number}`)) number += 1;
    return `${prefix}${number}`;
  }
  if (asked.length > NAME_LIMIT) throw new CommandFailure('Error: Attribute failed policy validation.\n', 2);
  if (isTaken(asked)) throw rtnetlink('File exists');
  return asked;
}

/** The kernel takes a random one; here it follows from how much has happened in the network, so that a run can be repeated. */
export function newMac({ network }: Pick<IpCall, 'network'>, ns: Namespace, offset = 0): string {
  const used = new Set(
    [...(network.fabric?.namespaces.values() ?? [ns])].flatMap((other) =>
      [...other.devices.values()].map(({ mac }) => mac),
    ),
  );
  let number = 0x10000 + used.size + offset;
  while (used.has(localMac(number))) number += 1;
  return localMac(number);
}
