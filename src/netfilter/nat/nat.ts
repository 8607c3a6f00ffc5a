/**
 * Address translation of one namespace (nf_nat_core.c, nf_nat_proto.c): binds a connection to its translation once, and
 * rewrites every packet of it, both ways, from then on.
 *
 * | hook                | rewrites, original direction | reply direction      |
 * |---------------------|------------------------------|----------------------|
 * | PREROUTING, OUTPUT  | destination, by DNAT         | destination, undoing SNAT |
 * | INPUT, POSTROUTING  | source, by SNAT              | source, undoing DNAT |
 *
 * Not modelled: helpers (FTP and the like) and the connections that they expect.
 */
import { ICMP_REDIRECT } from '../../net/icmp.js';
import type { IcmpMessage, Packet } from '../../net/packet.js';
import type { Connection } from '../conntrack/connection.js';
import type { Conntrack } from '../conntrack/conntrack.js';
import type { ConntrackNat, NatRange } from '../conntrack/service.js';
import { inverseOf, sameTuple } from '../conntrack/tuple.js';
import type { NetfilterObserver } from '../events.js';
import type { Hook, HookPass } from '../hooks.js';
import type { NetfilterHost } from '../host.js';
import type { Skb, Tracking } from '../skb.js';
import { manipulate, type Side } from './manip.js';
import { UniqueTuple } from './unique-tuple.js';

type Tracked = Extract<Tracking, { untracked: false }>;

/** HOOK2MANIP(). */
function sideOf(hook: Hook): Side {
  return hook === 'POSTROUTING' || hook === 'INPUT' ? 'source' : 'destination';
}

export class Nat implements ConntrackNat {
  readonly #unique: UniqueTuple;
  /** The packet whose connection a target of the nat table has just bound, and the target's name. */
  #bound: { readonly skb: Skb; readonly target: string } | undefined;

  constructor(
    private readonly conntrack: Conntrack,
    private readonly host: NetfilterHost,
    private readonly observe: NetfilterObserver | undefined,
  ) {
    this.#unique = new UniqueTuple(conntrack, () => host.random());
  }

  untrack(skb: Skb): void {
    this.conntrack.untrack(skb);
  }

  setup(skb: Skb, pass: HookPass, side: Side, range: NatRange, target: string): 'ACCEPT' | 'DROP' {
    const tracking = skb.ct;
    if (tracking === undefined || tracking.untracked) return 'ACCEPT';
    const { connection } = tracking;
    if (connection.confirmed) return 'ACCEPT';
    if (target === 'MASQUERADE') connection.masqueradeDevice = pass.out;
    this.#bind(connection, side, range);
    this.#bound = { skb, target };
    return 'ACCEPT';
  }

  /**
   * Must the nat table be asked about this packet here? Only for the first packet of a connection, and where this side
   * has not been settled: replies, ICMP errors, INVALID and UNTRACKED packets never ask.
   */
  consults(skb: Skb, hook: Hook): boolean {
    const tracking = skb.ct;
    if (tracking === undefined || tracking.untracked || tracking.info === 'ESTABLISHED') return false;
    if (tracking.info === 'RELATED' && skb.packet.payload.kind === 'icmp') return false;
    return !isBound(tracking.connection, sideOf(hook));
  }

  /** nf_nat_alloc_null_binding(): no rule wanted it, so the address stays, and the port too unless somebody else has it. */
  bindNull(skb: Skb, hook: Hook): void {
    const tracking = skb.ct;
    if (tracking === undefined || tracking.untracked) return;
    const { connection } = tracking;
    const side = sideOf(hook);
    if (connection.confirmed || isBound(connection, side)) return;
    const address = side === 'source' ? connection.reply.dst : connection.reply.src;
    this.#bind(connection, side, {
      addresses: { min: address, max: address },
      ports: undefined,
      random: false,
      randomFully: false,
      persistent: false,
    });
  }

  /** nf_nat_inet_fn() once the nat table has spoken: rewrites the packet as its connection wants it at this hook. */
  translate(skb: Skb, pass: HookPass): 'ACCEPT' | 'DROP' {
    const tracking = skb.ct;
    if (tracking === undefined || tracking.untracked) return 'ACCEPT';
    const { payload } = skb.packet;
    if (tracking.info === 'RELATED' && payload.kind === 'icmp')
      return this.#translateError(skb, pass, tracking, payload);
    if (this.#leavesElsewhere(tracking, pass)) {
      this.conntrack.forget(tracking.connection);
      return this.#drop(skb, pass, `the connection was masqueraded on ${tracking.connection.masqueradeDevice}`);
    }
    const side = sideOf(pass.hook);
    const nat = translationAt(tracking, side);
    if (nat !== undefined) {
      this.#rewrite(skb, pass, side, nat, manipulate(skb.packet, targetOf(tracking), side));
    }
    this.#bound = undefined;
    return 'ACCEPT';
  }

  /** Has translation changed where this locally made packet goes, so that it must be routed anew (nf_nat_ipv4_local_fn)? */
  redirects(skb: Skb): boolean {
    const tracking = skb.ct;
    if (tracking === undefined || tracking.untracked) return false;
    const { original, reply } = tracking.connection;
    return tracking.direction === 'original' ? original.dst !== reply.src : reply.dst !== original.src;
  }

  /** nf_nat_setup_info(). */
  #bind(connection: Connection, side: Side, range: NatRange): void {
    const current = inverseOf(connection.reply);
    const wanted = this.#unique.choose(current, range, connection, side);
    if (!sameTuple(wanted, current)) {
      connection.reply = inverseOf(wanted);
      if (side === 'source') connection.srcNat = true;
      else connection.dstNat = true;
    }
    if (side === 'source') connection.srcNatDone = true;
    else connection.dstNatDone = true;
  }

  /** nf_nat_oif_changed(): a masqueraded connection whose packets now leave by another device has the wrong address. */
  #leavesElsewhere({ connection, direction }: Tracked, pass: HookPass): boolean {
    const device = connection.masqueradeDevice;
    return device !== undefined && pass.hook === 'POSTROUTING' && direction === 'original' && device !== pass.out;
  }

  /** nf_nat_icmp_reply_translation(): an error is rewritten like an answer, and so is the header that it quotes. */
  #translateError(skb: Skb, pass: HookPass, tracking: Tracked, message: IcmpMessage): 'ACCEPT' | 'DROP' {
    const { connection } = tracking;
    if (message.type === ICMP_REDIRECT) {
      if (!connection.srcNatDone || !connection.dstNatDone) {
        return this.#drop(skb, pass, 'an ICMP redirect about a connection whose translation is not settled yet');
      }
      if (connection.srcNat || connection.dstNat) {
        return this.#drop(skb, pass, 'an ICMP redirect about a translated connection would mislead its receiver');
      }
    }
    const side = sideOf(pass.hook);
    const nat = translationAt(tracking, side);
    if (nat === undefined || message.quoted === undefined) return 'ACCEPT';
    const far = tracking.direction === 'original' ? connection.reply : connection.original;
    const quoted = manipulate(message.quoted, far, side === 'source' ? 'destination' : 'source');
    const payload = quoted === message.quoted ? message : { ...message, quoted };
    const inner = payload === message ? skb.packet : { ...skb.packet, payload };
    this.#rewrite(skb, pass, side, nat, manipulate(inner, inverseOf(far), side));
    return 'ACCEPT';
  }

  #rewrite(skb: Skb, pass: HookPass, side: Side, nat: 'snat' | 'dnat', packet: Packet): void {
    const before = skb.packet;
    if (packet === before) return;
    skb.packet = packet;
    if (this.observe === undefined) return;
    const target = this.#bound?.skb === skb ? this.#bound.target : undefined;
    const { serial, mark } = skb;
    const { namespace } = this.host;
    const first = target !== undefined;
    this.observe({ type: 'translated', namespace, serial, packet, mark, pass, side, nat, first, target, before });
  }

  #drop(skb: Skb, pass: HookPass, reason: string): 'DROP' {
    const { serial, packet, mark } = skb;
    this.observe?.({ type: 'conntrack-drop', namespace: this.host.namespace, serial, packet, mark, pass, reason });
    return 'DROP';
  }
}

/** nf_nat_initialized(). */
function isBound(connection: Connection, side: Side): boolean {
  return side === 'source' ? connection.srcNatDone : connection.dstNatDone;
}

/** What of the connection's translation shows on this side of a packet of this direction: a reply undoes it on the other one. */
function translationAt({ connection, direction }: Tracked, side: Side): 'snat' | 'dnat' | undefined {
  const snat = (side === 'source') === (direction === 'original');
  if (snat) return connection.srcNat ? 'snat' : undefined;
  return connection.dstNat ? 'dnat' : undefined;
}

/** What a packet of this direction shall look like: the inverse of the other direction. */
function targetOf({ connection, direction }: Tracked): Connection['reply'] {
  return inverseOf(direction === 'original' ? connection.reply : connection.original);
}
