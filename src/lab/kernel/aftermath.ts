/** What the namespaces say of themselves once a probe is over. */
import type { Ipv4 } from '../../net/ipv4.js';
import type { Packet } from '../../net/packet.js';
import type { Facts } from './facts.js';
import type { LoadedRules } from './loaded-rules.js';
import { NETLINK_ROUTE } from './netlink.js';
import { askRoute, type RouteAnswer, readRoute } from './route-query.js';
import type { ArpFrameSeen } from './sightings.js';
import type { World } from './world.js';

/** Counters by namespace and name: `TcpExt.IPReversePathFilter`. */
export type Counters = ReadonlyMap<string, ReadonlyMap<string, number>>;

export async function countersOf(world: World): Promise<Counters> {
  const read = [...world.places].map(async (place) => {
    const netstat = await world.ask<string>(place, 'read', { path: '/proc/self/net/netstat' });
    return [place.name, readCounters(netstat)] as const;
  });
  return new Map(await Promise.all(read));
}

/** Pairs of lines: `TcpExt: name name ...`, `TcpExt: 0 0 ...`. */
export function readCounters(netstat: string): Map<string, number> {
  const counters = new Map<string, number>();
  const lines = netstat.trim().split('\n');
  for (let index = 0; index + 1 < lines.length; index += 2) {
    const [group, ...names] = lines[index]!.split(' ');
    const values = lines[index + 1]!.split(' ').slice(1);
    for (const [place, name] of names.entries()) counters.set(`${group!.slice(0, -1)}.${name}`, Number(values[place]));
  }
  return counters;
}

const TCP_LISTEN = '0A';

/** `  0: 00000000:0050 00000000:0000 0A ...`: local address (as it lies in memory) and port, remote ones, state. */
export function isListening(sockets: string, protocol: 'tcp' | 'udp', address: Ipv4, port: number): boolean {
  const octets = [24, 16, 8, 0].map((shift) => ((address >>> shift) & 255).toString(16).padStart(2, '0'));
  const own = octets.reverse().join('').toUpperCase();
  return sockets.split('\n').some((line) => {
    const [, local = '', remote = '', state] = line.trim().split(/ +/);
    const [bound, number] = local.split(':');
    if (Number.parseInt(number ?? '', 16) !== port || !remote.startsWith('00000000:')) return false;
    return (protocol === 'udp' || state === TCP_LISTEN) && (bound === own || bound === '00000000');
  });
}

export class Aftermath implements Facts {
  constructor(
    private readonly world: World,
    readonly arps: readonly ArpFrameSeen[],
    private readonly before: Counters,
    private readonly after: Counters,
    readonly silent: boolean,
  ) {}

  rulesOf(namespace: string): LoadedRules | undefined {
    return this.world.place(namespace).rules;
  }

  bridgeOf(namespace: string, device: string): string | undefined {
    return this.world.place(namespace).devices.masters.get(device);
  }

  async route(namespace: string, packet: Packet, mark: number, device: string | undefined): Promise<RouteAnswer> {
    const place = this.world.place(namespace);
    const { names } = place.devices;
    const iif = device === undefined ? undefined : [...names].find(([, name]) => name === device)?.[0];
    const said = await this.world.netlink(place, NETLINK_ROUTE, askRoute({ ...packet, mark, iif }));
    return readRoute(said, (ifindex) => names.get(ifindex) ?? '');
  }

  grew(namespace: string, counter: string): boolean {
    return this.after.get(namespace)?.get(counter) !== this.before.get(namespace)?.get(counter);
  }

  async forwards(namespace: string, device: string): Promise<boolean> {
    return (await this.#sysctl(namespace, `conf/${device}/forwarding`)) !== '0';
  }

  async ignoresEchoes(namespace: string): Promise<boolean> {
    return (await this.#sysctl(namespace, 'icmp_echo_ignore_all')) !== '0';
  }

  async listens(namespace: string, { dst, payload }: Packet): Promise<boolean> {
    if (payload.kind !== 'tcp' && payload.kind !== 'udp') return false;
    const path = `/proc/self/net/${payload.kind}`;
    const sockets = await this.world.ask<string>(this.world.place(namespace), 'read', { path });
    return isListening(sockets, payload.kind, dst, payload.dport);
  }

  async #sysctl(namespace: string, key: string): Promise<string> {
    const path = `/proc/sys/net/ipv4/${key}`;
    return (await this.world.ask<string>(this.world.place(namespace), 'read', { path })).trim();
  }
}
