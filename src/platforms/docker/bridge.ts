/**
 * One bridge network on one node: the bridge, and its rules in the order in which the driver writes them in time (libnetwork
 * drivers/bridge setup_ip_tables.go, 18.05 to 27.x). Nearly all are inserted at the top, so a newer network stands above an older.
 */
import { formatPrefix, prefixOf } from '../../net/ipv4.js';
import type { IptablesDraft, NodeDraft } from '../draft.js';
import { arrangeUserChain, DOCKER, moveToTop, STAGE_1, STAGE_2 } from './daemon.js';
import { identifier } from './identifier.js';
import type { Subnet } from './subnet.js';

export interface Bridge {
  /** `docker0`, `br-` and 12 hexadecimal digits. */
  readonly name: string;
  readonly subnet: Subnet;
  /** May containers of this network talk to each other? */
  readonly icc: boolean;
  /** Who wants its rules: `Docker, bridge docker0`. */
  readonly origin: string;
}

const TO_LOCAL = '-m addrtype --dst-type LOCAL';

export function createBridge(draft: NodeDraft, node: string, bridge: Bridge): void {
  draft.links.push({
    kind: 'bridge',
    name: bridge.name,
    mac: bridgeMac(node, bridge.name),
    up: true,
    addresses: [formatPrefix(bridge.subnet.gateway)],
  });
  programRules(draft.iptables, bridge);
}

function programRules(iptables: IptablesDraft, { name, subnet, icc, origin }: Bridge): void {
  const cidr = formatPrefix(prefixOf(subnet.gateway.address, subnet.gateway.length));
  iptables.insert('nat', 'POSTROUTING', `-s ${cidr} ! -o ${name} -j MASQUERADE`, origin);
  iptables.insert('nat', DOCKER, `-i ${name} -j RETURN`, origin);
  if (icc) iptables.insert('filter', 'FORWARD', `-i ${name} -o ${name} -j ACCEPT`, origin);
  else iptables.append('filter', 'FORWARD', `-i ${name} -o ${name} -j DROP`, origin);
  iptables.insert('filter', 'FORWARD', `-i ${name} ! -o ${name} -j ACCEPT`, origin);
  jumpOnce(iptables, 'PREROUTING', `${TO_LOCAL} -j ${DOCKER}`);
  jumpOnce(iptables, 'OUTPUT', `! -d 127.0.0.0/8 ${TO_LOCAL} -j ${DOCKER}`);
  iptables.insert('filter', 'FORWARD', `-o ${name} -j ${DOCKER}`, origin);
  iptables.insert('filter', 'FORWARD', `-o ${name} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`, origin);
  moveToTop(iptables, `-j ${STAGE_1}`);
  iptables.insert('filter', STAGE_1, `-i ${name} ! -o ${name} -j ${STAGE_2}`, origin);
  iptables.insert('filter', STAGE_2, `-o ${name} -j DROP`, origin);
  arrangeUserChain(iptables);
}

/** The two jumps of nat are appended with the first network and stay. */
function jumpOnce(iptables: IptablesDraft, chain: string, jump: string): void {
  if (!iptables.has('nat', chain, jump)) iptables.append('nat', chain, jump, 'Docker');
}

/** Docker draws the last four octets. */
function bridgeMac(node: string, bridge: string): string {
  const octets = identifier('bridge', `${node} ${bridge}`).slice(0, 8).match(/../g)!;
  return ['02', '42', ...octets].join(':');
}
