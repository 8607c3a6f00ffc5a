/**
 * Which datagram is it? What is seen in one place and in the next is the same datagram when everything agrees that no
 * router and no translation changes: identification, protocol, and of the payload what is neither address, port, checksum
 * nor echo id. One probe is under way at a time, so nothing else can look alike.
 */
import type { Packet } from '../../net/packet.js';

export function identityOf({ id, protocol, length, payload }: Packet): string {
  switch (payload.kind) {
    case 'icmp': {
      const { type, code, seq, quoted } = payload;
      return `icmp ${id} ${length} ${type} ${code} ${seq} (${quoted ? identityOf(quoted) : ''})`;
    }
    case 'tcp':
      return `tcp ${id} ${payload.flags} ${payload.seq} ${payload.ack}`;
    case 'ipip':
      return `ipip (${identityOf(payload.inner)})`;
    default:
      return `${protocol} ${id} ${length}`;
  }
}

/**
 * Does the quoted header belong to this datagram? Quoted are eight octets of the payload; a TCP segment's sequence number
 * is among them, its flags are not.
 */
export function quotes(quoted: Packet, datagram: Packet): boolean {
  const [a, b] = [quoted.payload, datagram.payload];
  if (quoted.id !== datagram.id || quoted.protocol !== datagram.protocol) return false;
  if (a.kind === 'icmp' && b.kind === 'icmp') return a.type === b.type && a.seq === b.seq;
  return a.kind !== 'tcp' || b.kind !== 'tcp' || a.seq === b.seq;
}
