/** What a scenario sends: one ping, one TCP connection, one UDP datagram, from a namespace to an address. */
export interface Probe {
  readonly kind: 'ping' | 'tcp' | 'udp';
  /** Name of the sending namespace. */
  readonly from: string;
  /** Dotted address. */
  readonly to: string;
  /** For tcp and udp. */
  readonly port?: number;
}

/**
 * What the sender's socket saw, the way a person at the keyboard would.
 *
 * - `answered`: an echo reply, a completed handshake, a datagram back.
 * - `error`: an ICMP error arrived, or the local stack refused or gave up. `text` is what ping prints of it without the
 *   sender's prefix: `Destination Host Unreachable`, `Network is unreachable`, for TCP and UDP the text of errno:
 *   `Connection refused`, `No route to host`.
 * - `silence`: nothing came back in time.
 */
export type Outcome =
  | { readonly kind: 'answered' }
  | { readonly kind: 'error'; readonly text: string; readonly local: boolean; readonly from: string | undefined }
  | { readonly kind: 'silence' };

/**
 * How long a probe waits, in milliseconds of virtual time: longer than ARP needs to give up (3 s), shorter than TCP's
 * third SYN (1 s + 2 s + 4 s).
 */
export const PATIENCE = 5_000;
