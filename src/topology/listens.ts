/** `listens:`, the ports that something accepts connections on. */
import type { ListenPlan } from '../blueprint/blueprint.js';

/** `80/tcp`, `53/udp`, or a bare number for tcp; a hole where the schema found something wrong. */
export function readListens(written: readonly (number | string | undefined)[]): ListenPlan[] {
  return written.flatMap((each) => {
    if (each === undefined) return [];
    const [port, protocol = 'tcp'] = String(each).split('/');
    return [{ protocol: protocol as ListenPlan['protocol'], port: Number(port) }];
  });
}
