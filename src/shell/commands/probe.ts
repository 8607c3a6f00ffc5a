/** What commands that send packets share: a host's address, and virtual time that passes while they wait. */
import type { Fabric } from '../../fabric/fabric.js';
import { formatIpv4, type Ipv4, parseIpv4 } from '../../net/ipv4.js';
import type { Call } from '../command.js';
import { NotSimulated } from '../failures.js';

export function fabricOf({ network: { fabric }, name }: Call): Fabric {
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
      unknown ??= `the packet to ${formatIpv4(dst)} met ${event.table} ${event.chain} of ${event.namespace}${rule}: ${event.reason}`;
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
