/**
 * Puts a rule's evaluation together again from what was recorded, so that a rule can say long after the packet is gone why
 * it did not match.
 */
import type { Ipv4 } from '../../net/ipv4.js';
import type { AddressType, NetfilterHost } from '../../netfilter/host.js';
import type { SetStore } from '../../netfilter/ipset/store.js';
import type { Evaluation } from '../../netfilter/rule.js';
import type { Skb, Tracking } from '../../netfilter/skb.js';
import { RecentStore } from '../../netfilter/xt/recent-store.js';
import type { Hop } from '../journey.js';
import type { ChainStep } from '../questions/chains.js';
import type { Moment } from '../questions/moments.js';

/** What the namespace was like: its ip sets and its own addresses. */
export interface Memory {
  readonly sets: SetStore;
  readonly addresses: readonly Ipv4[];
}

/** The packet as it was at a step of a chain. */
export function recall({ hop, index, step }: Moment<ChainStep>, { sets, addresses }: Memory): Evaluation {
  const { packet, mark, pass, table, serial, namespace } = step;
  const skb: Skb = {
    serial,
    packet,
    mark,
    traced: false,
    ct: trackingAt(hop, index),
    link: linkAt(hop, index),
    physIn: pass.physIn,
    route: undefined,
  };
  const conntrack = { setup: () => 'ACCEPT' as const, untrack: () => {} };
  return {
    skb,
    pass,
    table,
    host: hostOf(namespace, addresses),
    sets,
    recent: new RecentStore(),
    conntrack,
    log: () => {},
  };
}

function trackingAt(hop: Hop, before: number): Tracking | undefined {
  const seen = hop.steps.slice(0, before).findLast((step) => step.type === 'tracked');
  if (seen?.type !== 'tracked') return undefined;
  if (seen.state === 'UNTRACKED') return { untracked: true };
  const { state, connection, direction } = seen;
  if (state === 'INVALID' || connection === undefined || direction === undefined) return undefined;
  return { untracked: false, connection, direction, info: state };
}

function linkAt(hop: Hop, before: number): Skb['link'] {
  const seen = hop.steps.slice(0, before).findLast((step) => step.type === 'received');
  if (seen?.type !== 'received' || seen.srcMac === undefined || seen.dstMac === undefined) return undefined;
  return { srcMac: seen.srcMac, dstMac: seen.dstMac };
}

/** A host that only knows its addresses: nothing else is asked by a match that explains itself. */
function hostOf(namespace: string, addresses: readonly Ipv4[]): NetfilterHost {
  return {
    namespace,
    now: () => 0,
    random: () => 0,
    addressType: (address) => typeOf(address, addresses),
    primaryAddress: () => addresses[0],
    masqueradeAddress: () => addresses[0],
    reversePathOk: () => false,
    reroute: () => true,
    sendIcmpError: () => undefined,
    sendTcpReset: () => undefined,
  };
}

function typeOf(address: Ipv4, own: readonly Ipv4[]): AddressType {
  if (own.includes(address) || address >>> 24 === 127) return 'LOCAL';
  if (address === 0xffffffff || address === 0) return 'BROADCAST';
  return address >>> 28 === 0xe ? 'MULTICAST' : 'UNICAST';
}
