/** UDP (RFC 768): a listener sends each datagram back to where it came from; a closed port is unreachable. */
import { ICMP_DEST_UNREACH, ICMP_PORT_UNREACH } from '../net/icmp.js';
import { formatIpv4, type Ipv4 } from '../net/ipv4.js';
import { UDP, type UdpDatagram } from '../net/packet.js';
import type { Skb } from '../netfilter/skb.js';
import { delivered, deliverTo } from './icmp-receive.js';
import { sendIcmpError } from './icmp-send.js';
import { drop, originate } from './ip-output.js';
import type { Namespace } from './namespace.js';
import { ERRNO_TEXT, errnoText, type SocketOutcome } from './outcome.js';
import { routeOutput } from './routing.js';
import { connectionKey, holds } from './sockets.js';

const HEADER = 8;
/** Octets of data in a probe: one line of text. */
const PROBE_DATA = 10;

/** connect() and send() of one datagram. `done` is called once, unless nothing ever comes back. Returns how to give up. */
export function sendUdp(ns: Namespace, dst: Ipv4, port: number, done: (outcome: SocketOutcome) => void): () => void {
  const decision = routeOutput(ns, 0, dst, 0);
  if (!decision.ok) {
    done({ kind: 'error', text: ERRNO_TEXT[decision.error], local: true, from: undefined });
    return () => {};
  }
  if (decision.route.kind === 'broadcast') {
    done({ kind: 'error', text: ERRNO_TEXT.EACCES, local: true, from: undefined });
    return () => {};
  }
  const src = decision.source;
  const sport = ns.sockets.ephemeralPort();
  const key = connectionKey('udp', src, sport, dst, port);
  ns.sockets.wait(key, {
    name: `udp ${sport}`,
    receive() {
      ns.sockets.close(key);
      done({ kind: 'answered' });
    },
    error(icmp, from) {
      const text = errnoText(icmp);
      if (text === undefined) return;
      ns.sockets.close(key);
      done({ kind: 'error', text, local: false, from: formatIpv4(from) });
    },
  });
  const payload: UdpDatagram = { kind: 'udp', sport, dport: port, data: PROBE_DATA };
  const datagram = { src, dst, protocol: UDP, size: HEADER + PROBE_DATA, df: true, payload };
  const { result } = originate(ns, datagram, decision.route, decision.lookup, 'socket', undefined);
  const isRefused = result !== 'sent' && result !== 'undetermined';
  if (isRefused) done({ kind: 'error', text: ERRNO_TEXT[result], local: true, from: undefined });
  return () => ns.sockets.close(key);
}

/** udp_rcv(). */
export function receiveUdp(ns: Namespace, skb: Skb): void {
  const { packet } = skb;
  const { sport, dport, data } = packet.payload as UdpDatagram;
  const key = connectionKey('udp', packet.dst, dport, packet.src, sport);
  if (ns.sockets.find(key)) return deliverTo(ns, skb, key);
  const listener = ns.sockets.listener('udp', packet.dst, dport);
  if (!listener) {
    drop(ns, skb, 'no-socket', `nothing listens on ${formatIpv4(packet.dst)} port ${dport}/udp`);
    // nf_reset_ct(): what has arrived belongs to no connection any more, and the error finds its own.
    skb.ct = undefined;
    sendIcmpError(ns, skb, ICMP_DEST_UNREACH, ICMP_PORT_UNREACH);
    return;
  }
  if (listener.program !== undefined) return drop(ns, skb, 'not-modelled', holds(listener));
  delivered(ns, skb, `udp ${dport}`);
  if (listener.received) return listener.received(skb);
  // A server bound to no address answers from the one that its route chooses; ours answers from the one it was asked at.
  const decision = routeOutput(ns, packet.dst, packet.src, 0);
  if (!decision.ok) return;
  const payload: UdpDatagram = { kind: 'udp', sport: dport, dport: sport, data };
  const datagram = { src: packet.dst, dst: packet.src, protocol: UDP, size: HEADER + data, df: true, payload };
  originate(ns, datagram, decision.route, decision.lookup, 'socket', skb.serial);
}
