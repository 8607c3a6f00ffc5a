/** One `ping -c1`: an echo request of 84 octets and what ping would print (iputils 20221126). */
import { ICMP_ECHO } from '../net/icmp.js';
import { formatIpv4, type Ipv4 } from '../net/ipv4.js';
import { ICMP } from '../net/packet.js';
import { originate } from './ip-output.js';
import type { Namespace } from './namespace.js';
import { ERRNO_TEXT, PING_BROADCAST, pingText, type SocketOutcome } from './outcome.js';
import { routeOutput } from './routing.js';
import { pingKey } from './sockets.js';

/** ICMP header and 56 octets of data. */
const SIZE = 64;

/**
 * `done` is called once, unless nothing ever comes back. A DROP in the own OUTPUT chain looks like silence to this ping.
 * Returns how to give up.
 */
export function ping(ns: Namespace, dst: Ipv4, done: (outcome: SocketOutcome) => void): () => void {
  const decision = routeOutput(ns, 0, dst, 0);
  const local = (text: string) => {
    done({ kind: 'error', text, local: true, from: undefined });
    return () => {};
  };
  if (!decision.ok) return local(decision.error === 'EACCES' ? PING_BROADCAST : ERRNO_TEXT[decision.error]);
  if (decision.route.kind === 'broadcast') return local(PING_BROADCAST);
  const id = ns.sockets.echoId();
  const key = pingKey(id);
  const finish = (outcome: SocketOutcome) => {
    ns.sockets.close(key);
    done(outcome);
  };
  ns.sockets.wait(key, {
    name: 'ping',
    receive: () => finish({ kind: 'answered' }),
    error(icmp, from) {
      const text = pingText(icmp);
      if (text !== undefined) finish({ kind: 'error', text, local: false, from: formatIpv4(from) });
    },
  });
  const payload = { kind: 'icmp', type: ICMP_ECHO, code: 0, id, seq: 1 } as const;
  const datagram = { src: decision.source, dst, protocol: ICMP, size: SIZE, df: true, payload };
  originate(ns, datagram, decision.route, decision.lookup, 'socket', undefined);
  return () => ns.sockets.close(key);
}
