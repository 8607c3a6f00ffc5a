/**
 * Docker names its objects by 64 random hexadecimal digits. These are derived from what the object is, so that a topology
 * always comes out the same.
 */
import { createHash } from 'node:crypto';

export function identifier(kind: 'network' | 'endpoint' | 'veth' | 'bridge', name: string): string {
  return createHash('sha256').update(`${kind} ${name}`).digest('hex');
}
