/** `nodes:`, the hosts by name, in short and in long form. */
import type { RoutePlan } from '../blueprint/blueprint.js';
import { parseRoute, RouteMistake } from '../blueprint/route.js';
import { didYouMean } from '../net/did-you-mean.js';
import { formatPrefix, parseInterfaceAddress, prefix } from '../net/ipv4.js';
import { checkIpsets } from './ipset-text.js';
import { checkTables } from './iptables-text.js';
import type { Lans } from './lans.js';
import { readListens } from './listens.js';
import { type Path, spell } from './path.js';
import type { Reader } from './reader.js';
import type { WrittenTopology } from './schema.js';
import { readTextPart } from './text-part.js';
import type { TopologyInterface, TopologyNode } from './topology.js';

type WrittenNode = Exclude<WrittenTopology['nodes'][string], string>;

const DEFAULT_INTERFACE = 'ens33';

export function readNodes(reader: Reader, lans: Lans, written: WrittenTopology['nodes'] | undefined): TopologyNode[] {
  if (written !== undefined && Object.keys(written).length === 0)
    reader.say(['nodes'], 'nodes: at least one node is needed');
  return Object.entries(written ?? {}).map(([name, node]) => {
    const path = ['nodes', name];
    reader.takeName(name, 'a node', path);
    return typeof node === 'string'
      ? readNode(reader, lans, name, { address: node }, path, path)
      : readNode(reader, lans, name, node, path, [...path, 'address']);
  });
}

function readNode(
  reader: Reader,
  lans: Lans,
  name: string,
  node: WrittenNode,
  path: Path,
  addressPath: Path,
): TopologyNode {
  const interfaces = node.interfaces
    ? readInterfaces(reader, lans, node, path)
    : readAddress(reader, lans, node, path, addressPath);
  const commands = node.commands ?? '';
  return {
    name,
    interfaces,
    routes: readRoutes(reader, node, interfaces, path),
    sysctls: Object.entries(node.sysctls ?? {}).map(([key, value]) => [key, String(value)]),
    ipsets: readTextPart(reader, [...path, 'ipsets'], node.ipsets, checkIpsets),
    iptables: readTextPart(reader, [...path, 'iptables'], node.iptables, checkTables),
    commands,
    listens: readListens(node.listens ?? []),
  };
}

/** The short way: one address, on whatever lan holds it. */
function readAddress(reader: Reader, lans: Lans, node: WrittenNode, path: Path, at: Path): TopologyInterface[] {
  const { address, interface: name = DEFAULT_INTERFACE } = node;
  if (address === undefined) {
    if (!reader.shape.isBroken(path))
      reader.say(path, `${spell(path)} has no address: give \`address\` or \`interfaces\``, 'key');
    return [];
  }
  reader.takeAddress(address, at);
  const lan = lans.holding(address);
  if (!lan) {
    sayNoLan(reader, lans, address, at);
    return [];
  }
  lans.checkStation(address, lan, at);
  checkInterfaceName(reader, name, [...path, 'interface']);
  return [{ name, addresses: [`${address}/${prefix(lan.cidr).length}`], lan: lan.name }];
}

/** The long way: every interface with its addresses; only the first has to be on a lan that the topology declares. */
function readInterfaces(reader: Reader, lans: Lans, node: WrittenNode, path: Path): TopologyInterface[] {
  for (const key of ['address', 'interface'] as const) {
    if (node[key] !== undefined)
      reader.say([...path, key], `${spell(path)}: give either \`${key}\` or \`interfaces\`, not both`, 'key');
  }
  const declared = lans.all.length > 0;
  const entries = Object.entries(node.interfaces ?? {});
  if (entries.length === 0 && !reader.shape.isBroken([...path, 'interfaces'])) {
    reader.say([...path, 'interfaces'], `${spell(path)}.interfaces: at least one interface is needed`, 'key');
  }
  return entries.flatMap(([name, value], index) => {
    const at = [...path, 'interfaces', name];
    const addresses = (Array.isArray(value) ? value : [value]).filter((each) => each !== undefined);
    checkInterfaceName(reader, name, at);
    if (addresses.length === 0) {
      if (!reader.shape.isBroken(at)) reader.say(at, `${spell(at)} has no address`, 'key');
      return [];
    }
    for (const each of addresses) reader.takeAddress(each.split('/')[0]!, at);
    const first = parseInterfaceAddress(addresses[0]!)!;
    const lan = lans.holding(addresses[0]!.split('/')[0]!);
    if (lan) lans.checkStation(addresses[0]!.split('/')[0]!, lan, at);
    else if (index === 0 && declared) sayNoLan(reader, lans, addresses[0]!, at);
    return [{ name, addresses, lan: (lan ?? lans.wire(formatPrefix(prefix(formatPrefix(first))), at)).name }];
  });
}

function sayNoLan(reader: Reader, lans: Lans, address: string, at: Path): void {
  if (reader.shape.isBroken(['lan'])) return;
  const known = lans.all.map(({ cidr }) => cidr).join(', ');
  const why = known === '' ? 'there is no `lan`' : `it is outside ${known}`;
  reader.say(at, `${spell(at)}: ${address} is on no lan: ${why}`);
}

function checkInterfaceName(reader: Reader, name: string, at: Path): void {
  if (name === 'lo') reader.say(at, `${spell(at)}: every host has a \`lo\` of its own`, 'key');
}

/** Names of interfaces that platforms make on a node, whatever the workloads. */
const PLATFORM_INTERFACES = ['lo', 'docker0', 'tunl0', 'vxlan.calico'];

function readRoutes(
  reader: Reader,
  node: WrittenNode,
  interfaces: readonly TopologyInterface[],
  path: Path,
): RoutePlan[] {
  return (node.routes ?? []).flatMap((text, index) => {
    const at = [...path, 'routes', index];
    if (text === undefined) return [];
    try {
      const route = parseRoute(text);
      const known = [...interfaces.map(({ name }) => name), ...PLATFORM_INTERFACES];
      if (route.dev !== undefined && !known.includes(route.dev) && !mentions(node.commands, route.dev)) {
        const sentence = `no interface \`${route.dev}\` there, and \`commands\` make none of that name`;
        reader.say(at, `${spell(at)}: ${sentence}${didYouMean(route.dev, known)}`);
      }
      return [route];
    } catch (error) {
      if (!(error instanceof RouteMistake)) throw error;
      reader.say(at, `${spell(at)}: ${error.message}`);
      return [];
    }
  });
}

function mentions(commands: string | undefined, name: string): boolean {
  return (commands ?? '').split(/\s+/).includes(name);
}
