/** What commands that send packets share: a host's address, and virtual time that passes while they wait. */
import type { Fabric } from '../../fabric/fabric.js';
import { formatIpv4, type Ipv4, parseIpv4 } from '../../net/ipv4.js';
import type { SocketOutcome } from '../../stack/outcome.js';
import { connect } from '../../stack/tcp.js';
import type { Call } from '../command.js';
import { NotSimulated } from '../failures.js';

export function fabricOf({ network: { fabric }, name, background }: Call): Fabric {
  if (background)
    throw new NotSimulated(`${name} in the background is not simulated: what it does beside the rest would be a guess`);
  if (!fabric) throw new NotSimulated(`${name} sends packets, and this namespace is in no network`);
  return fabric;
}

/** The address of a host. Only `localhost` has a name: nobody answers for others. */
export function hostAddress(host: string): Ipv4 | undefined {
  return host === 'localhost' ? 0x7f000001 : parseIpv4(host);
}

/**
 * Lets time pass until `done` says so, or until a time.
 *
 * @throws NotSimulated where a packet met a rule that is not modelled: what the command would see is not known
 */
export function waitUntil(fabric: Fabric, deadline: number, done: () => boolean): void {
  let unknown: string | undefined;
  const before = fabric.observe((event) => {
    if (event.type === 'verdict' && event.verdict === 'UNDETERMINED') {
      const rule = event.rule === undefined ? '' : `, rule ${event.number}: ${event.rule.text}`;
      const { dst } = event.packet;
      unknown ??= `the packet to ${formatIpv4(dst)} met ${event.table} ${event.chain} of ${event.namespace || 'this host'}${rule}: ${event.reason}`;
    }
    before(event);
  });
  try {
    fabric.clock.run(deadline, () => unknown !== undefined || done());
  } finally {
    fabric.observe(before);
  }
  if (unknown !== undefined) throw new NotSimulated(unknown);
}

/** connect() to a TCP port, for `patience` milliseconds at most. Undefined where nothing had come of it by then. */
export function tryConnection(call: Call, address: Ipv4, port: number, patience: number): SocketOutcome | undefined {
  const fabric = fabricOf(call);
  let outcome: SocketOutcome | undefined;
  const giveUp = connect(call.ns, address, port, (ended) => {
    outcome = ended;
  });
  waitUntil(fabric, fabric.clock.now + patience, () => outcome !== undefined);
  giveUp();
  return outcome?.kind === 'silence' ? undefined : outcome;
}

/** How long Linux itself tries to connect with tcp_syn_retries = 6, in milliseconds. */
export const CONNECT_PATIENCE = 127_000;
