/**
 * One bridge network on one node: the bridge, and its rules in the order in which the driver writes them in time (libnetwork
 * drivers/bridge setup_ip_tables.go, 17.06 to 27.x). Nearly all are inserted at the top, so a newer network stands above an older.
 */
import { formatPrefix, prefixOf } from '../../net/ipv4.js';
import type { NodeDraft } from '../draft.js';
import { type Command, DAEMON, run } from './command.js';
import { arrangeUserChain, DOCKER, moveToTop } from './daemon.js';
import { identifier } from './identifier.js';
import type { Isolation } from './isolation.js';
import type { Subnet } from './subnet.js';

export interface Bridge {
  /** `docker0`, `br-` and 12 hexadecimal digits. */
  readonly name: string;
  readonly subnet: Subnet;
  /** May containers of this network talk to each other? */
  readonly icc: boolean;
  /** `--internal`: is nothing let in or out? */
  readonly internal: boolean;
  /** Is what leaves it masqueraded? */
  readonly ipMasq: boolean;
  /** Who wants its rules: `Docker, bridge docker0`. */
  readonly origin: string;
}

/** How the daemon runs that a bridge belongs to. */
export interface Daemon {
  readonly isolation: Isolation;
  readonly userlandProxy: boolean;
}

/** Makes a bridge on a node that has `others` already, oldest first. */
export function createBridge(
  draft: NodeDraft,
  node: string,
  bridge: Bridge,
  others: readonly Bridge[],
  daemon: Daemon,
): void {
  const { name, subnet, internal, origin } = bridge;
  const { isolation, userlandProxy } = daemon;
  draft.links.push({
    kind: 'bridge',
    name,
    mac: bridgeMac(node, name),
    up: true,
    addresses: [formatPrefix(subnet.gateway)],
  });
  // Without a proxy, a connection to 127.0.0.1 is led into the bridge (libnetwork setupLoopbackAddressesRouting).
  if (!userlandProxy) draft.sysctls.push([`net.ipv4.conf.${name}.route_localnet`, '1']);
  const { iptables } = draft;
  const [entrance] = isolation.chains;
  if (internal) run(iptables, seal(bridge, entrance), origin);
  else {
    run(iptables, open(bridge, daemon), origin);
    run(iptables, jumps(daemon), DAEMON);
    run(iptables, toPublished(bridge), origin);
  }
  moveToTop(iptables, `-j ${entrance}`);
  const rivals = others.filter((other) => !other.internal).map((other) => other.name);
  if (!internal) run(iptables, isolation.separate(name, rivals), origin);
  arrangeUserChain(iptables);
}

/** setupIPTablesInternal(): out into the world, and from container to container. */
function open(bridge: Bridge, { userlandProxy }: Daemon): Command[] {
  const { name, ipMasq } = bridge;
  const commands: Command[] = [];
  if (ipMasq) commands.push(['-I', 'nat', 'POSTROUTING', `-s ${cidrOf(bridge)} ! -o ${name} -j MASQUERADE`]);
  if (ipMasq && userlandProxy) commands.push(['-I', 'nat', DOCKER, `-i ${name} -j RETURN`]);
  if (!userlandProxy) {
    commands.push(['-I', 'nat', 'POSTROUTING', `-o ${name} -m addrtype --src-type LOCAL -j MASQUERADE`]);
  }
  return [...commands, amongThemselves(bridge), ['-I', 'filter', 'FORWARD', `-i ${name} ! -o ${name} -j ACCEPT`]];
}

/** setupInternalNetworkRules(): only what stays within the subnet may pass. */
function seal(bridge: Bridge, entrance: string): Command[] {
  const cidr = cidrOf(bridge);
  return [
    ['-I', 'filter', entrance, `! -d ${cidr} -i ${bridge.name} -j DROP`],
    ['-I', 'filter', entrance, `! -s ${cidr} -o ${bridge.name} -j DROP`],
    amongThemselves(bridge),
  ];
}

/** setIcc() */
function amongThemselves({ name, icc }: Bridge): Command {
  return icc
    ? ['-I', 'filter', 'FORWARD', `-i ${name} -o ${name} -j ACCEPT`]
    : ['-A', 'filter', 'FORWARD', `-i ${name} -o ${name} -j DROP`];
}

/** What is for the host itself may be for a published port. The proxy takes what the host sends to 127.0.0.0/8. */
function jumps({ userlandProxy }: Daemon): Command[] {
  const toLocal = `-m addrtype --dst-type LOCAL -j ${DOCKER}`;
  return [
    ['-A', 'nat', 'PREROUTING', toLocal],
    ['-A', 'nat', 'OUTPUT', userlandProxy ? `! -d 127.0.0.0/8 ${toLocal}` : toLocal],
  ];
}

/** iptables.ProgramChain(): into the bridge goes what belongs to a connection, or to a published port. */
function toPublished({ name }: Bridge): Command[] {
  return [
    ['-I', 'filter', 'FORWARD', `-o ${name} -j ${DOCKER}`],
    ['-I', 'filter', 'FORWARD', `-o ${name} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`],
  ];
}

function cidrOf({ subnet: { gateway } }: Bridge): string {
  return formatPrefix(prefixOf(gateway.address, gateway.length));
}

/** Docker draws the last four octets. */
function bridgeMac(node: string, bridge: string): string {
  const octets = identifier('bridge', `${node} ${bridge}`).slice(0, 8).match(/../g)!;
  return ['02', '42', ...octets].join(':');
}
