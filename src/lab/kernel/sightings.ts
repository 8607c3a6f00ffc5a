/** What was seen while a probe was under way, sorted by datagram: on which devices, and in which tables of which namespace. */

import type { Mac } from '../../net/mac.js';
import type { ArpMessage, Packet } from '../../net/packet.js';
import type { Sight } from './agent.js';
import { identityOf } from './identity.js';
import { readTraceLines, type TraceLine } from './trace-log.js';
import { readFrame } from './wire.js';
import type { World } from './world.js';

/** A frame on a device, as tcpdump would see it. */
export interface FrameSeen {
  readonly namespace: string;
  /** Nanoseconds since 1970. */
  readonly at: bigint;
  readonly device: string;
  readonly outgoing: boolean;
  /** For another station than this device. */
  readonly forOthers: boolean;
  readonly srcMac: Mac;
  readonly dstMac: Mac;
  readonly packet: Packet;
}

export type ArpFrameSeen = Omit<FrameSeen, 'packet'> & { readonly arp: ArpMessage };

export interface Datagram {
  /** In the order of time. */
  readonly frames: FrameSeen[];
  /** By namespace; in the order in which the kernel said them. */
  readonly lines: Map<string, TraceLine[]>;
}

export interface Sightings {
  /** In the order in which they were first seen on a device; those that never were come last. */
  readonly datagrams: readonly Datagram[];
  readonly arps: readonly ArpFrameSeen[];
}

/** What a bridge says to its multicast routers, whoever probes. */
const IGMP = 2;

export function sortSights(sights: readonly Sight[], world: World): Sightings {
  const places = new Map([...world.places].map((place) => [place.path, place]));
  const datagrams = new Map<string, Datagram>();
  const arps: ArpFrameSeen[] = [];
  const datagramOf = (packet: Packet): Datagram => {
    const identity = identityOf(packet);
    const known = datagrams.get(identity);
    if (known) return known;
    const datagram: Datagram = { frames: [], lines: new Map() };
    datagrams.set(identity, datagram);
    return datagram;
  };

  for (const sight of sights) {
    const { name: namespace, devices } = places.get(sight.namespace)!;
    const device = (ifindex: number) => devices.names.get(ifindex) ?? `if${ifindex}`;
    if (sight.kind === 'log') {
      for (const line of readTraceLines(sight.message, device)) {
        if (line.packet.protocol === IGMP) continue;
        const { lines } = datagramOf(line.packet);
        const here = lines.get(namespace);
        if (here) here.push(line);
        else lines.set(namespace, [line]);
      }
      continue;
    }
    const frame = readFrame(sight.bytes);
    if (!frame) continue;
    const { at, device: on, outgoing, forOthers } = sight;
    const seen = { namespace, at, device: on, outgoing, forOthers, ...frame };
    if ('arp' in seen) arps.push(seen);
    else if (seen.packet.protocol !== IGMP) datagramOf(seen.packet).frames.push(seen);
  }

  for (const { frames } of datagrams.values()) frames.sort(byTime);
  const first = ({ frames }: Datagram) => frames[0];
  const sorted = [...datagrams.values()].sort((a, b) => {
    const [x, y] = [first(a), first(b)];
    return x && y ? byTime(x, y) : Number(!x) - Number(!y);
  });
  return { datagrams: sorted, arps: arps.sort(byTime) };
}

function byTime(a: { readonly at: bigint }, b: { readonly at: bigint }): number {
  return a.at < b.at ? -1 : Number(a.at > b.at);
}
