/** A published port (`docker run -p`): its rules (libnetwork iptables ChainInfo.Forward, to 27.x), and who holds it on the host. */
import type { ListenPlan } from '../../blueprint/blueprint.js';
import type { AttachedWorkload, PublishedPort } from '../cluster.js';
import type { NodeDraft } from '../draft.js';
import type { Bridge, Daemon } from './bridge.js';
import { type Command, run } from './command.js';
import { DOCKER } from './daemon.js';

/**
 * Leads a port of the node to a container on a bridge. No two publications can want the same packet (see HostPorts), so
 * the order in which they are made decides nothing.
 */
export function publish(
  draft: NodeDraft,
  port: PublishedPort,
  { name, address }: AttachedWorkload,
  bridge: Bridge,
  daemon: Daemon,
): void {
  const commands = rulesOf(port, address, bridge.name, daemon);
  run(draft.iptables, commands, `Docker, published port ${port.hostPort}/${port.protocol} of ${name}`);
  draft.listens.push(socketOf(port, daemon));
}

function rulesOf(published: PublishedPort, container: string, bridge: string, { userlandProxy }: Daemon): Command[] {
  const { hostAddress, hostPort, port, protocol } = published;
  const host = hostAddress === undefined ? '' : `-d ${hostAddress}/32 `;
  // With a proxy, it is the proxy that leads the bridge's own containers back into it.
  const elsewhere = userlandProxy ? `! -i ${bridge} ` : '';
  const [onHost, inside] = [hostPort, port].map((each) => `-p ${protocol} -m ${protocol} --dport ${each}`);
  const own = `${container}/32`;
  return [
    ['-A', 'nat', DOCKER, `${host}${elsewhere}${onHost} -j DNAT --to-destination ${container}:${port}`],
    ['-A', 'filter', DOCKER, `-d ${own} ! -i ${bridge} -o ${bridge} ${inside} -j ACCEPT`],
    ['-A', 'nat', 'POSTROUTING', `-s ${own} -d ${own} ${inside} -j MASQUERADE`],
  ];
}

/**
 * The port is taken on the host: by docker-proxy, which hands on what reaches it, or without a proxy by dockerd itself,
 * which only keeps it (libnetwork portmapper, dummyProxy).
 */
function socketOf({ hostAddress, hostPort, protocol }: PublishedPort, { userlandProxy }: Daemon): ListenPlan {
  const program = userlandProxy ? 'docker-proxy' : 'dockerd';
  return { protocol, port: hostPort, program, ...(hostAddress !== undefined && { address: hostAddress }) };
}
