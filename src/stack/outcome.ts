/** What a socket tells its process: errno and the words for it (net/ipv4/icmp.c icmp_err_convert, iputils ping). */
import {
  ICMP_DEST_UNREACH,
  ICMP_FRAG_NEEDED,
  ICMP_HOST_UNREACH,
  ICMP_SOURCE_QUENCH,
  ICMP_TIME_EXCEEDED,
} from '../net/icmp.js';
import type { IcmpMessage } from '../net/packet.js';
import type { LookupError } from './route.js';

export type SocketOutcome =
  | { readonly kind: 'answered' }
  | { readonly kind: 'error'; readonly text: string; readonly local: boolean; readonly from: string | undefined }
  /** A rule of this namespace that is not modelled decided about the datagram: what the process would see is not known. */
  | { readonly kind: 'silence' };

/** What ping prints for a "destination unreachable" code (iputils ping, pr_icmph). */
const PING_UNREACHABLE = [
  'Destination Net Unreachable',
  'Destination Host Unreachable',
  'Destination Protocol Unreachable',
  'Destination Port Unreachable',
  'Frag needed and DF set',
  'Source Route Failed',
  'Destination Net Unknown',
  'Destination Host Unknown',
  'Source Host Isolated',
  'Destination Net Prohibited',
  'Destination Host Prohibited',
  'Destination Net Unreachable for Type of Service',
  'Destination Host Unreachable for Type of Service',
  'Packet filtered',
  'Precedence Violation',
  'Precedence Cutoff',
];

/** errno of each "destination unreachable" code (icmp_err_convert), as strerror() words it. */
const ERRNO_UNREACHABLE = [
  'Network is unreachable',
  'No route to host',
  'Protocol not available',
  'Connection refused',
  'Message too long',
  'Operation not supported',
  'Network is unreachable',
  'Host is down',
  'Machine is not on the network',
  'Network is unreachable',
  'No route to host',
  'Network is unreachable',
  'No route to host',
  'No route to host',
  'No route to host',
  'No route to host',
];

/** strerror() of what a routing lookup answers a local sender with. */
export const ERRNO_TEXT: Readonly<Record<LookupError | 'EPERM', string>> = {
  ENETUNREACH: 'Network is unreachable',
  EHOSTUNREACH: 'No route to host',
  EACCES: 'Permission denied',
  EINVAL: 'Invalid argument',
  EPERM: 'Operation not permitted',
};

/** ping takes EACCES of connect() for an attempt to ping a broadcast address. */
export const PING_BROADCAST = 'Do you want to ping broadcast? Then -b. If not, check your local firewall rules';

/** The words of ping for an ICMP error; undefined for what ping does not count as one. */
export function pingText(icmp: IcmpMessage): string | undefined {
  switch (icmp.type) {
    case ICMP_DEST_UNREACH:
      if (icmp.code === ICMP_FRAG_NEEDED) return `Frag needed and DF set (mtu = ${icmp.mtu ?? 0})`;
      return PING_UNREACHABLE[icmp.code] ?? `Dest Unreachable, Bad Code: ${icmp.code}`;
    case ICMP_SOURCE_QUENCH:
      return 'Source Quench';
    case ICMP_TIME_EXCEEDED:
      return icmp.code === 0 ? 'Time to live exceeded' : 'Frag reassembly time exceeded';
    default:
      return undefined;
  }
}

/** The words of errno for an ICMP error that reaches a TCP or UDP socket; undefined for what does not end a connect. */
export function errnoText(icmp: IcmpMessage): string | undefined {
  if (icmp.type === ICMP_DEST_UNREACH) return ERRNO_UNREACHABLE[icmp.code];
  return icmp.type === ICMP_TIME_EXCEEDED ? ERRNO_UNREACHABLE[ICMP_HOST_UNREACH] : undefined;
}
