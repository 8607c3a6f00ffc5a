/**
 * A topology that was read and found sound: what a person meant, with short forms spelled out and every name resolved.
 * Plain data, so that a scenario can change it (scenario.ts) before anything is built from it (build.ts).
 */
import type { ListenPlan, RoutePlan } from '../blueprint/blueprint.js';
import type { CalicoOptions, ClusterNetwork, ClusterWorkload, DockerOptions } from '../platforms/cluster.js';

export interface Topology {
  /** The file that it was read from, for messages. */
  readonly source: string;
  readonly description: string;
  readonly lans: readonly Lan[];
  readonly nodes: readonly TopologyNode[];
  readonly outside: readonly OutsideHost[];
  readonly docker: DockerOptions | undefined;
  readonly calico: CalicoOptions | undefined;
  /** The first one is the default for workloads. */
  readonly networks: readonly ClusterNetwork[];
  /** In the order in which they are started. */
  readonly workloads: readonly ClusterWorkload[];
}

/** One Ethernet segment: a switch that stations are plugged into. */
export interface Lan {
  /** Unique; `lan` where the topology has only one, the prefix where nobody named it. */
  readonly name: string;
  readonly cidr: string;
  /** The address of the router on this lan. */
  readonly gateway: string | undefined;
}

export interface TopologyNode {
  readonly name: string;
  /** At least one. The first is the one that platforms use. */
  readonly interfaces: readonly TopologyInterface[];
  /** A person's own, before those of platforms. */
  readonly routes: readonly RoutePlan[];
  readonly sysctls: readonly (readonly [string, string])[];
  readonly ipsets: TextPart | undefined;
  readonly iptables: TextPart | undefined;
  readonly commands: string;
  readonly listens: readonly ListenPlan[];
}

export interface TopologyInterface {
  readonly name: string;
  /** `172.16.91.225/24`, the first is the primary one. */
  readonly addresses: readonly string[];
  /** Name of the lan that it is plugged into. */
  readonly lan: string;
}

/** A text that a topology holds or points at. */
export interface TextPart {
  readonly text: string;
  /** Where it comes from, for people: `dumps/node03.iptables-save`, or the topology itself. */
  readonly source: string;
  /** Where its first line stands in the source, counted from 1; the start of the source where left out. */
  readonly line?: number;
  readonly column?: number;
}

export interface OutsideHost {
  readonly name: string;
  readonly address: string;
  /** The lan that it is plugged into; undefined: it is beyond the gateway. */
  readonly lan: string | undefined;
  readonly listens: readonly ListenPlan[];
}

/** The one router: it has an interface on every lan with a gateway, and a cable to each outside host beyond. */
export const GATEWAY = 'gateway';
