/** What a narrator may ask of the lab about the namespaces, once the probe is over. */
import type { Packet } from '../../net/packet.js';
import type { LoadedRules } from './loaded-rules.js';
import type { RouteAnswer } from './route-query.js';
import type { ArpFrameSeen } from './sightings.js';

export interface Facts {
  rulesOf(namespace: string): LoadedRules | undefined;
  /** The bridge that a device is a port of. */
  bridgeOf(namespace: string, device: string): string | undefined;
  /** How does the namespace route this packet? `device` is the one it came in on; undefined where it was made here. */
  route(namespace: string, packet: Packet, mark: number, device: string | undefined): Promise<RouteAnswer>;
  /** Has this counter of /proc/net/netstat grown since the probe began? `TcpExt.IPReversePathFilter` */
  grew(namespace: string, counter: string): boolean;
  forwards(namespace: string, device: string): Promise<boolean>;
  /** net.ipv4.icmp_echo_ignore_all */
  ignoresEchoes(namespace: string): Promise<boolean>;
  /** Does a socket take what comes for this address and port, whoever sends it? */
  listens(namespace: string, packet: Packet): Promise<boolean>;
  /** Has the prober's socket heard nothing at all? */
  readonly silent: boolean;
  /** In the order of time. */
  readonly arps: readonly ArpFrameSeen[];
}
