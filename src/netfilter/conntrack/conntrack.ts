/**
 * Connection tracking of one namespace (nf_conntrack_core.c): gives each packet its connection and state when it comes
 * in or is made here, and takes the connection into the table when its first packet has passed the last hook.
 *
 * Not modelled: helpers and the connections that they expect (so RELATED is always an ICMP error, or what REJECT sent),
 * zones, labels, accounting and a full table.
 */
import type { Ipv4 } from '../../net/ipv4.js';
import type { Packet } from '../../net/packet.js';
import type { NetfilterObserver } from '../events.js';
import type { HookPass } from '../hooks.js';
import type { NetfilterHost } from '../host.js';
import type { Skb, Tracking } from '../skb.js';
import type { Connection, Direction } from './connection.js';
import { trackGeneric } from './generic.js';
import { relatedConnection, trackIcmp } from './icmp.js';
import { ConnectionTable } from './table.js';
import { trackTcp } from './tcp.js';
import type { TrackerVerdict } from './tracker.js';
import { invertTuple, sameTuple, tupleOf } from './tuple.js';
import { trackUdp } from './udp.js';

type Tracked = Extract<Tracking, { untracked: false }>;

const UNTRACKED: Tracking = { untracked: true };

export class Conntrack {
  readonly table: ConnectionTable;
  #lastId = 0;

  constructor(
    private readonly host: NetfilterHost,
    private readonly observe: NetfilterObserver | undefined,
  ) {
    this.table = new ConnectionTable(() => host.now());
  }

  /** What `conntrack -L` lists, the oldest first. */
  list(): Connection[] {
    return this.table.list();
  }

  /** `conntrack -F`: the next packet of every connection is a first one again. */
  flush(): void {
    this.table.clear();
  }

  /**
   * What was masqueraded on a device ends with the device's going down or, where one is named, with that address of it
   * (masq_device_event, masq_inet_event).
   */
  forgetMasqueraded(device: string, address?: Ipv4): void {
    for (const connection of this.table.list()) {
      if (connection.masqueradeDevice !== device) continue;
      if (address === undefined || connection.reply.dst === address) this.table.remove(connection);
    }
  }

  /** CT --notrack: the packet belongs to no connection, on purpose. What has a connection already keeps it (xt_ct_target). */
  untrack(skb: Skb): void {
    skb.ct ??= UNTRACKED;
  }

  /**
   * nf_ct_attach(): an ICMP error or a RST that this host makes because of a packet is RELATED to that packet's
   * connection, even where the connection never comes to be.
   */
  attach(made: Skb, cause: Skb): void {
    const tracking = cause.ct;
    if (tracking === undefined || tracking.untracked) return;
    const direction = tracking.direction === 'original' ? 'reply' : 'original';
    made.ct = { untracked: false, connection: tracking.connection, direction, info: 'RELATED' };
  }

  /**
   * nf_conntrack_in(). A packet that comes back in through lo keeps what it was given on its way out.
   * @param seen did the packet have a connection (or was it untracked) before this hook?
   */
  track(skb: Skb, pass: HookPass, seen: boolean): void {
    if (skb.ct === undefined) skb.ct = this.#resolve(skb.packet);
    else if (seen && pass.hook !== 'OUTPUT') return;
    this.#report(skb, pass);
  }

  /** nf_conntrack_confirm(): the packet has passed everything, so its connection is one. DROP where another one took its place. */
  confirm(skb: Skb, pass: HookPass): 'ACCEPT' | 'DROP' {
    const tracking = skb.ct;
    if (tracking === undefined || tracking.untracked) return 'ACCEPT';
    const { connection, direction } = tracking;
    // What REJECT attached to a connection must not bring it to life.
    if (connection.confirmed || direction === 'reply') return 'ACCEPT';
    const rival = this.table.find(connection.original) ?? this.table.find(connection.reply);
    if (rival !== undefined) return this.#resolveClash(skb, pass, tracking, rival.connection);
    connection.confirmed = true;
    this.table.insert(connection);
    return 'ACCEPT';
  }

  /** Is this tuple, seen as an answer, somebody else's (nf_conntrack_tuple_taken)? */
  taken(tuple: Connection['reply'], ignored: Connection): boolean {
    const other = this.table.find(tuple)?.connection;
    return other !== undefined && !sameTuple(other.original, ignored.original);
  }

  /** nf_ct_kill(). */
  forget(connection: Connection): void {
    this.table.remove(connection);
  }

  /** resolve_normal_ct(), and before it the way of ICMP errors. */
  #resolve(packet: Packet): Tracking | undefined {
    if (packet.payload.kind === 'icmp') {
      const related = relatedConnection(packet, packet.payload, this.table);
      if (related === 'invalid') return undefined;
      if (related !== undefined) {
        return { untracked: false, connection: related.connection, direction: related.direction, info: 'RELATED' };
      }
    }
    const tuple = tupleOf(packet);
    const entry = this.table.find(tuple);
    const connection = entry?.connection ?? this.#create(tuple);
    if (connection === undefined) return undefined;
    const direction = entry?.direction ?? 'original';
    const verdict = this.#protocol(connection, packet, direction);
    if (verdict === 'invalid') return undefined;
    if (verdict === 'again') {
      this.forget(connection);
      return this.#resolve(packet);
    }
    if (verdict === 'forget') this.forget(connection);
    const established = direction === 'reply' || connection.seenReply;
    if (direction === 'reply') connection.seenReply = true;
    return { untracked: false, connection, direction, info: established ? 'ESTABLISHED' : 'NEW' };
  }

  /** init_conntrack(). */
  #create(original: Connection['original']): Connection | undefined {
    const reply = invertTuple(original);
    if (reply === undefined) return undefined;
    this.#lastId += 1;
    return {
      id: this.#lastId,
      original,
      reply,
      confirmed: false,
      seenReply: false,
      assured: false,
      srcNat: false,
      dstNat: false,
      srcNatDone: false,
      dstNatDone: false,
      mark: 0,
      tcp: undefined,
      masqueradeDevice: undefined,
      expiresAt: 0,
    };
  }

  /** nf_conntrack_handle_packet(). */
  #protocol(connection: Connection, { payload }: Packet, direction: Direction): TrackerVerdict {
    const now = this.host.now();
    switch (payload.kind) {
      case 'tcp':
        return trackTcp(connection, payload, direction, now);
      case 'icmp':
        return trackIcmp(connection, now);
      case 'udp':
        trackUdp(connection, now);
        return 'accept';
      default:
        trackGeneric(connection, now);
        return 'accept';
    }
  }

  /** nf_ct_resolve_clash(): only UDP forgives two first packets on the way at once, if they mean the same connection. */
  #resolveClash(skb: Skb, pass: HookPass, tracking: Tracked, winner: Connection): 'ACCEPT' | 'DROP' {
    const { serial, packet, mark } = skb;
    const { connection: loser } = tracking;
    const same = sameTuple(winner.original, loser.original) && sameTuple(winner.reply, loser.reply);
    const natDone = winner.srcNatDone || winner.dstNatDone;
    if (packet.payload.kind !== 'udp' || (natDone && !same)) {
      const reason = `another connection has the addresses and ports of this one (insert_failed)`;
      this.observe?.({ type: 'conntrack-drop', namespace: this.host.namespace, serial, packet, mark, pass, reason });
      return 'DROP';
    }
    skb.ct = { ...tracking, connection: winner };
    return 'ACCEPT';
  }

  #report(skb: Skb, pass: HookPass): void {
    if (this.observe === undefined) return;
    const { serial, packet, mark, ct } = skb;
    const known = ct === undefined || ct.untracked ? undefined : ct;
    this.observe({
      type: 'tracked',
      namespace: this.host.namespace,
      serial,
      packet,
      mark,
      pass,
      state: known?.info ?? (ct === undefined ? 'INVALID' : 'UNTRACKED'),
      connection: known?.connection,
      direction: known?.direction,
    });
  }
}
