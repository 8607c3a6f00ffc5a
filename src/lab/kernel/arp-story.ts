/** What ARP did for one next hop while a datagram waited for it. */
import type { Ipv4 } from '../../net/ipv4.js';
import type { Mac } from '../../net/mac.js';
import type { ArpFrameSeen } from './sightings.js';

export interface Asking {
  readonly at: bigint;
  readonly outcome: 'asked' | 'resolved' | 'failed';
  readonly mac: Mac | undefined;
}

export interface Span {
  readonly namespace: string;
  readonly device: string;
  readonly address: Ipv4;
  readonly since: bigint;
  /** When the datagram left; undefined where it never did. */
  readonly until: bigint | undefined;
}

/** Each request, and how it ended; empty where nobody had to ask. */
export function askedFor(arps: readonly ArpFrameSeen[], { namespace, device, address, since, until }: Span): Asking[] {
  const here = arps.filter(
    (seen) =>
      seen.namespace === namespace && seen.device === device && seen.at >= since && seen.at <= (until ?? seen.at),
  );
  const requests = here.filter(
    ({ outgoing, arp }) => outgoing && arp.operation === 'request' && arp.targetIp === address,
  );
  const last = requests.at(-1);
  if (!last) return [];
  const reply = here.find(({ outgoing, arp }) => !outgoing && arp.operation === 'reply' && arp.senderIp === address);
  return [
    ...requests.map(({ at }): Asking => ({ at, outcome: 'asked', mac: undefined })),
    reply
      ? { at: reply.at, outcome: 'resolved', mac: reply.arp.senderMac }
      : { at: last.at, outcome: 'failed', mac: undefined },
  ];
}
