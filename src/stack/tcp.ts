/**
 * TCP as far as a handshake goes (RFC 9293, 3.5): SYN, SYN/ACK, ACK; RST from a closed port; retransmission while nobody
 * answers. Data and the end of a connection are not modelled: a connection stays open.
 */
import { formatIpv4, type Ipv4 } from '../net/ipv4.js';
import { TCP, TCP_FLAGS, type TcpSegment } from '../net/packet.js';
import type { Skb } from '../netfilter/skb.js';
import type { Timer } from './clock.js';
import { delivered, deliverTo } from './icmp-receive.js';
import { drop, localOut, makeDatagram, originate, type SendResult } from './ip-output.js';
import type { Namespace } from './namespace.js';
import { transmit } from './neighbour.js';
import { ERRNO_TEXT, errnoText, type SocketOutcome } from './outcome.js';
import { routeOutput } from './routing.js';
import { connectionKey, holds } from './sockets.js';

const { SYN, RST, ACK } = TCP_FLAGS;
/** 20 octets and the options of Linux: MSS, SACK, timestamps, window scale on SYN; timestamps alone afterwards. */
const SYN_HEADER = 40;
const HEADER = 32;
const RST_HEADER = 20;
/** INET_ECN_MASK: congestion is between two ends that have agreed to tell each other. */
const ECN = 3;
const WINDOW = 64_240;
/** The first retransmission comes after a second, each further one after twice the time (RFC 6298). */
const INITIAL_TIMEOUT = 1000;

interface Ends {
  readonly src: Ipv4;
  readonly dst: Ipv4;
  readonly sport: number;
  readonly dport: number;
}

/**
 * connect(): `done` is called once, unless nothing ever comes back. Returns how to give up: nothing is sent any more.
 */
export function connect(ns: Namespace, dst: Ipv4, port: number, done: (outcome: SocketOutcome) => void): () => void {
  const decision = routeOutput(ns, 0, dst, 0);
  if (!decision.ok) {
    done({ kind: 'error', text: ERRNO_TEXT[decision.error], local: true, from: undefined });
    return () => {};
  }
  if (decision.route.kind === 'broadcast') {
    done({ kind: 'error', text: ERRNO_TEXT.ENETUNREACH, local: true, from: undefined });
    return () => {};
  }
  const ends: Ends = { src: decision.source, dst, sport: ns.sockets.ephemeralPort(), dport: port };
  const key = connectionKey('tcp', ends.src, ends.sport, dst, port);
  const seq = initialSequence(ns);
  let timer: Timer | undefined;
  let established = false;
  let ended = false;
  const finish = (outcome: SocketOutcome) => {
    ended = true;
    timer?.cancel();
    done(outcome);
  };
  ns.sockets.wait(key, {
    name: `tcp ${ends.sport}`,
    receive(skb) {
      const segment = skb.packet.payload as TcpSegment;
      if (segment.flags & RST) {
        if (established) return;
        ns.sockets.close(key);
        finish({ kind: 'error', text: 'Connection refused', local: false, from: formatIpv4(skb.packet.src) });
      } else if ((segment.flags & (SYN | ACK)) === (SYN | ACK)) {
        send(ns, ends, { seq: seq + 1, ack: segment.seq + 1, flags: ACK }, HEADER, skb.serial);
        if (!established) finish({ kind: 'answered' });
        established = true;
      }
    },
    error(icmp, from) {
      const text = errnoText(icmp);
      if (established || text === undefined) return;
      ns.sockets.close(key);
      finish({ kind: 'error', text, local: false, from: formatIpv4(from) });
    },
  });
  const retries = ns.sysctl.global('net.ipv4.tcp_syn_retries');
  timer = retransmit(ns, retries, () => send(ns, ends, { seq, ack: 0, flags: SYN }, SYN_HEADER, undefined));
  if (ended) timer.cancel();
  return () => {
    timer?.cancel();
    if (!established) ns.sockets.close(key);
  };
}

/** tcp_v4_rcv(). */
export function receiveTcp(ns: Namespace, skb: Skb): void {
  const { packet } = skb;
  const segment = packet.payload as TcpSegment;
  const key = connectionKey('tcp', packet.dst, segment.dport, packet.src, segment.sport);
  if (ns.sockets.find(key)) return deliverTo(ns, skb, key);
  const isSyn = (segment.flags & (SYN | ACK | RST)) === SYN;
  const listener = isSyn ? ns.sockets.listener('tcp', packet.dst, segment.dport) : undefined;
  if (listener?.program !== undefined) return drop(ns, skb, 'not-modelled', holds(listener));
  if (listener) {
    accept(ns, skb, key);
    listener.accepted?.(packet.src, segment.sport);
    return;
  }
  drop(ns, skb, 'no-socket', `nothing listens on ${formatIpv4(packet.dst)} port ${segment.dport}/tcp`);
  const reset = segment.flags & RST ? undefined : makeReset(ns, skb, packet.tos & ~ECN);
  if (reset) localOut(ns, reset);
}

/**
 * nf_send_reset(): the answer of REJECT --reject-with tcp-reset. Its serial, or undefined where none may be sent. To what
 * br_netfilter brought it goes straight back by the port of entry, as if the station asked had sent it, past every hook.
 */
export function rejectWithReset(ns: Namespace, skb: Skb): number | undefined {
  const segment = skb.packet.payload;
  if (segment.kind !== 'tcp' || segment.flags & RST) return undefined;
  const reset = makeReset(ns, skb, 0);
  if (reset === undefined) return undefined;
  ns.netfilter.attach(reset, skb);
  const port = ns.devices.get(skb.physIn);
  if (port && skb.link) transmit(ns, port, undefined, skb.link.srcMac, reset, skb.link.dstMac);
  else localOut(ns, reset);
  return reset.serial;
}

/** The listening end: answers the SYN and waits for the ACK. */
function accept(ns: Namespace, syn: Skb, key: string): void {
  const { packet } = syn;
  const { sport, dport, seq: theirs } = packet.payload as TcpSegment;
  const name = `tcp ${dport}`;
  delivered(ns, syn, name);
  const ends: Ends = { src: packet.dst, dst: packet.src, sport: dport, dport: sport };
  const seq = initialSequence(ns);
  const answer = (cause: number) => send(ns, ends, { seq, ack: theirs + 1, flags: SYN | ACK }, SYN_HEADER, cause);
  let established = false;
  let timer: Timer | undefined;
  ns.sockets.wait(key, {
    name,
    receive(skb) {
      const { flags } = skb.packet.payload as TcpSegment;
      if (flags & RST) {
        timer?.cancel();
        ns.sockets.close(key);
      } else if (flags & SYN) {
        if (!established) answer(skb.serial);
      } else if (flags & ACK) {
        established = true;
        timer?.cancel();
      }
    },
    error() {
      // A half-open connection is not given up for an ICMP error (tcp_req_err only notes it).
    },
  });
  timer = retransmit(ns, ns.sysctl.global('net.ipv4.tcp_synack_retries'), () => answer(syn.serial));
}

/** `tos`: a closed port answers in kind (tcp_v4_send_reset), a rule does not (nf_reject_iphdr_put). */
function makeReset(ns: Namespace, about: Skb, tos: number): Skb | undefined {
  const { src: to, dst: from } = about.packet;
  const segment = about.packet.payload as TcpSegment;
  const mark = ns.sysctl.global('net.ipv4.fwmark_reflect') ? about.mark : 0;
  const decision = routeOutput(ns, from, to, mark);
  if (!decision.ok) return undefined;
  const acknowledged = (segment.flags & ACK) !== 0;
  const seq = acknowledged ? segment.ack : 0;
  const ack = acknowledged ? 0 : segment.seq + (segment.flags & SYN ? 1 : 0) + segment.data;
  const payload: TcpSegment = {
    kind: 'tcp',
    sport: segment.dport,
    dport: segment.sport,
    seq,
    ack,
    flags: acknowledged ? RST : RST | ACK,
    window: 0,
    data: 0,
  };
  const datagram = { src: from, dst: to, protocol: TCP, tos, size: RST_HEADER, df: true, payload };
  const reset = makeDatagram(ns, datagram, decision.route, decision.lookup, 'tcp-reset', about.serial);
  reset.mark = mark;
  return reset;
}

function send(
  ns: Namespace,
  { src, dst, sport, dport }: Ends,
  fields: { seq: number; ack: number; flags: number },
  size: number,
  cause: number | undefined,
): SendResult {
  const decision = routeOutput(ns, src, dst, 0);
  if (!decision.ok) return 'EPERM';
  const payload: TcpSegment = { kind: 'tcp', sport, dport, ...fields, window: WINDOW, data: 0 };
  const datagram = { src, dst, protocol: TCP, size, df: true, payload };
  return originate(ns, datagram, decision.route, decision.lookup, 'socket', cause).result;
}

/** Sends now and again while nobody cancels. A refusal by the own OUTPUT chain is no reason to give up (tcp_retransmit_timer). */
function retransmit(ns: Namespace, retries: number, action: () => SendResult): Timer {
  let pending: Timer | undefined;
  let cancelled = false;
  const attempt = (retry: number) => {
    // The timer first: an answer may come before the call returns.
    if (retry < retries) pending = ns.clock.after(INITIAL_TIMEOUT * 2 ** retry, () => attempt(retry + 1));
    action();
    if (cancelled) pending?.cancel();
  };
  const timer: Timer = {
    cancel() {
      cancelled = true;
      pending?.cancel();
    },
  };
  attempt(0);
  return timer;
}

/** Deterministic, and unlike for each connection of a namespace. */
function initialSequence(ns: Namespace): number {
  return Math.floor(ns.random() * 2 ** 31);
}
