/** What each datagram is to the others: who made it, because of which, and does it go the way of the first one or back. */

import type { Probe } from '../../journey/probe.js';
import { ICMP_ECHO, ICMP_ECHO_REPLY, ICMP_REDIRECT, isIcmpError } from '../../net/icmp.js';
import { type Packet, portsOf, TCP_FLAGS } from '../../net/packet.js';
import type { Origin } from '../../stack/events.js';
import { quotes } from './identity.js';
import { type BridgeOf, type Passage, passagesOf } from './passages.js';
import type { Sightings } from './sightings.js';

export interface SeenLeg {
  readonly serial: number;
  readonly passages: readonly Passage[];
  /** As it was made. */
  readonly packet: Packet;
  readonly origin: Origin;
  readonly cause: SeenLeg | undefined;
  /** Does it go the way of the connection's first packet? */
  readonly original: boolean;
}

/** In the order in which they were made. */
export function legsOf({ datagrams }: Sightings, probe: Probe, bridgeOf: BridgeOf): SeenLeg[] {
  const legs: SeenLeg[] = [];
  const waiting = new Set(
    inOrder(
      datagrams.map((datagram) => passagesOf(datagram, bridgeOf)),
      probe,
    ),
  );
  const add = (packet: Packet, passages: readonly Passage[]) => {
    const origin = originOf(packet);
    const { namespace } = passages[0]!;
    const about = quotedBy(packet);
    if (about && !legs.some((leg) => quotes(about, leg.packet))) {
      // What the host itself complains of was made here; no device has seen it, and perhaps no table either.
      const seen = [...waiting].find((one) => quotes(about, madeAs(one[0]!)));
      if (seen) take(seen);
      else add(about, [unseenIn(namespace)]);
    }
    const cause = causeOf(packet, origin, namespace, legs);
    legs.push({ serial: legs.length + 1, passages, packet, origin, cause, original: !cause?.original });
  };
  const take = (passages: readonly Passage[]) => {
    waiting.delete(passages as Passage[]);
    add(madeAs(passages[0]!), passages);
  };
  for (const passages of waiting) take(passages);
  return legs;
}

function unseenIn(namespace: string): Passage {
  return { namespace, in: undefined, up: undefined, lines: [], out: [] };
}

function quotedBy({ payload }: Packet): Packet | undefined {
  return payload.kind === 'icmp' ? payload.quoted : undefined;
}

/** A datagram that was taken before it reached a device has no time: the probe's own comes first, an answer last. */
function inOrder(datagrams: readonly Passage[][], probe: Probe): Passage[][] {
  const seen = (passages: readonly Passage[]) => passages.some((one) => one.in !== undefined || one.out.length > 0);
  const asks = (passages: readonly Passage[]) => isRequest(madeAs(passages[0]!), probe);
  return [
    ...datagrams.filter((one) => !seen(one) && asks(one)),
    ...datagrams.filter(seen),
    ...datagrams.filter((one) => !seen(one) && !asks(one)),
  ];
}

function isRequest(packet: Packet, { port }: Probe): boolean {
  const { payload } = packet;
  if (originOf(packet) !== 'socket') return false;
  return payload.kind === 'icmp' ? payload.type === ICMP_ECHO : portsOf(payload)?.dport === port;
}

function madeAs({ in: frame, lines, out }: Passage): Packet {
  return (frame ?? lines[0] ?? out[0])!.packet;
}

function originOf({ payload }: Packet): Origin {
  if (payload.kind === 'icmp') {
    if (payload.type === ICMP_ECHO_REPLY) return 'echo-reply';
    if (payload.type === ICMP_REDIRECT) return 'redirect';
    return isIcmpError(payload.type) ? 'icmp-error' : 'socket';
  }
  return payload.kind === 'tcp' && payload.flags & TCP_FLAGS.RST ? 'tcp-reset' : 'socket';
}

/**
 * An error says itself what it is about; anything else answers the latest datagram of its protocol that ended where it was
 * made, unless that one went the same way: then it is sent once more, and nobody but a clock is the cause.
 */
function causeOf(packet: Packet, origin: Origin, namespace: string, earlier: readonly SeenLeg[]): SeenLeg | undefined {
  const quoted = quotedBy(packet);
  if (quoted) return earlier.findLast((leg) => quotes(quoted, leg.packet));
  if (origin === 'icmp-error' || origin === 'redirect') return undefined;
  return earlier.findLast(
    (leg) => leg.packet.protocol === packet.protocol && endedIn(leg, namespace) && !goesTheSameWay(leg.packet, packet),
  );
}

function goesTheSameWay(a: Packet, b: Packet): boolean {
  const [before, after] = [portsOf(a.payload), portsOf(b.payload)];
  return before !== undefined && before.sport === after?.sport && before.dport === after.dport;
}

function endedIn({ passages }: SeenLeg, namespace: string): boolean {
  return passages.some((one) => one.namespace === namespace && one.out.length === 0);
}
