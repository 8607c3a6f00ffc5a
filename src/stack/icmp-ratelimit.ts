/**
 * How many ICMP errors a namespace sends to one destination (inet_peer_xrlim_allow, ip_error, ip_rt_send_redirect).
 * All kinds are paid from one bucket a destination; a token is a millisecond.
 */
import type { Ipv4 } from '../net/ipv4.js';

/** XRLIM_BURST_FACTOR. */
const BURST = 6;
/** ip_rt_error_burst and ip_rt_error_cost: 5 s and 1 s. */
const ROUTE_ERROR_BURST = 5000;
const ROUTE_ERROR_COST = 1000;
/** ip_rt_redirect_number, ip_rt_redirect_load and ip_rt_redirect_silence in milliseconds. */
const REDIRECT_NUMBER = 9;
const REDIRECT_LOAD = 20;
const REDIRECT_SILENCE = REDIRECT_LOAD << (REDIRECT_NUMBER + 1);

/** A new peer has not been heard of for a minute (inet_getpeer). */
const SILENT_BEFORE = 60_000;

/** struct inet_peer. `last` is the time of whatever was last paid or sent, errors and redirects alike. */
interface Peer {
  tokens: number;
  last: number;
  redirects: number;
}

export class IcmpRateLimit {
  readonly #peers = new Map<Ipv4, Peer>();

  /** inet_peer_xrlim_allow(): `interval` is icmp_ratelimit. With 0 everything is allowed, and the bucket is empty afterwards. */
  allowError(to: Ipv4, now: number, interval: number): boolean {
    const peer = this.#peer(to, now);
    const tokens = Math.min(peer.tokens + now - peer.last, BURST * interval);
    peer.last = now;
    const allowed = tokens >= interval;
    peer.tokens = allowed ? tokens - interval : tokens;
    return allowed;
  }

  /** ip_error(): what a router says about its routes is paid once more, before icmp_send(). */
  allowRouteError(to: Ipv4, now: number): boolean {
    const peer = this.#peer(to, now);
    peer.tokens = Math.min(peer.tokens + now - peer.last, ROUTE_ERROR_BURST);
    peer.last = now;
    if (peer.tokens < ROUTE_ERROR_COST) return false;
    peer.tokens -= ROUTE_ERROR_COST;
    return true;
  }

  /** ip_rt_send_redirect(): nine, ever more slowly, then silence until the sender has been quiet for a while. */
  allowRedirect(to: Ipv4, now: number): boolean {
    const peer = this.#peer(to, now);
    if (now > peer.last + REDIRECT_SILENCE) {
      peer.tokens = 0;
      peer.redirects = 0;
    }
    if (peer.redirects >= REDIRECT_NUMBER) {
      peer.last = now;
      return false;
    }
    if (peer.redirects > 0 && now <= peer.last + (REDIRECT_LOAD << peer.redirects)) return false;
    peer.redirects += 1;
    peer.last = now;
    return true;
  }

  #peer(to: Ipv4, now: number): Peer {
    let peer = this.#peers.get(to);
    if (!peer) {
      peer = { tokens: 0, last: now - SILENT_BEFORE, redirects: 0 };
      this.#peers.set(to, peer);
    }
    return peer;
  }
}
