/**
 * What platforms work on: a cluster as a person meant it (nodes, networks, workloads) and one draft a node to write into.
 *
 * A platform is a pure function of the cluster that does to each node what the real program does: it adds links, routes,
 * sysctls, ip sets and rules to the node's draft. Platforms run one after the other, in the order of `PLATFORMS`.
 */
import type { ListenPlan, RoutePlan } from '../blueprint/blueprint.js';
import type { NodeDraft } from './draft.js';

export interface Cluster {
  readonly nodes: readonly ClusterNode[];
  /** Docker networks by name, first one the default for workloads. */
  readonly networks: readonly ClusterNetwork[];
  /** In the order in which they were started: IPAM hands out addresses in this order. */
  readonly workloads: readonly ClusterWorkload[];
  readonly docker: DockerOptions | undefined;
  readonly calico: CalicoOptions | undefined;
}

export interface ClusterNode {
  readonly name: string;
  /** Address on the lan, `172.16.91.225`. */
  readonly address: string;
  /** Prefix length of the lan. */
  readonly prefixLength: number;
  /** The interface on the lan: `ens33`. */
  readonly interface: string;
  readonly draft: NodeDraft;
}

export interface ClusterNetwork {
  readonly name: string;
  readonly driver: 'calico' | 'bridge';
  /** For bridges: `172.18.0.0/16`; chosen as Docker does where left out. */
  readonly subnet?: string | undefined;
  /** For bridges: the name of the bridge (`com.docker.network.bridge.name`); `br-` and 12 digits where left out. */
  readonly bridge?: string | undefined;
  /** For bridges: may its containers talk to each other (`com.docker.network.bridge.enable_icc`)? Default: true. */
  readonly icc?: boolean | undefined;
  /** For bridges: is it cut off from everything else (`--internal`)? Default: false. */
  readonly internal?: boolean | undefined;
  /** For bridges: is what leaves it masqueraded (`com.docker.network.bridge.enable_ip_masquerade`)? Default: true. */
  readonly ipMasq?: boolean | undefined;
}

/** Docker's own name for the network of docker0, by which a workload can ask for it. */
export const DEFAULT_NETWORK = 'bridge';

export interface ClusterWorkload {
  readonly name: string;
  readonly node: string;
  /**
   * A docker network's name, `bridge` for Docker's default bridge; undefined: the first network, or the default bridge
   * where there is none.
   */
  readonly network: string | undefined;
  /** Given by a person, or filled in by IPAM. */
  readonly address: string | undefined;
  /** Name of the host side of its veth, given by a person or made as the real plugin does. */
  readonly interface: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly listens: readonly ListenPlan[];
  /** Ports that its node hands on to it (`docker run -p`), in the order in which they are published. Default: none. */
  readonly publish?: readonly PublishedPort[];
}

/** `-p HOSTADDRESS:HOSTPORT:PORT/PROTOCOL`. */
export interface PublishedPort {
  /** Undefined: every address of the node (0.0.0.0). */
  readonly hostAddress: string | undefined;
  readonly hostPort: number;
  readonly port: number;
  readonly protocol: ListenPlan['protocol'];
}

export interface DockerOptions {
  /** `18.06`, `20.10`, `27.0` ... */
  readonly version: string;
  /**
   * Address and prefix of docker0, `172.17.1.1/24`, on every node or by node; where none is given it is chosen as Docker
   * does, `172.17.0.1/16` where that is free.
   */
  readonly bip: string | Readonly<Record<string, string>> | undefined;
  /** `--icc`: may containers of the default bridge talk to each other? */
  readonly icc: boolean;
  /** `--userland-proxy`: does a process on the host take the connections to published ports that no rule leads on? */
  readonly userlandProxy: boolean;
  /** Names of the nodes it runs on. */
  readonly on: readonly string[];
}

export interface CalicoOptions {
  /** Felix's version: `2.6.4`. */
  readonly version: string;
  readonly pools: readonly CalicoPool[];
  readonly on: readonly string[];
}

export interface CalicoPool {
  readonly cidr: string;
  readonly natOutgoing: boolean;
  readonly encapsulation: 'none' | 'ipip' | 'ipipCrossSubnet' | 'vxlan' | 'vxlanCrossSubnet';
}

/**
 * What a platform made of a workload: its own namespace and the node's end of its cable.
 *
 * Everything on the node besides the cable itself (bridges, routes, permanent neighbours, sysctls of `interface`) is in the
 * node's draft already. Whoever makes the blueprint makes the veth pair: `interface` on the node, as a port of `master`
 * where there is one and without an address; `device` in the workload, with its address.
 */
export interface AttachedWorkload {
  readonly name: string;
  readonly node: string;
  readonly address: string;
  readonly prefixLength: number;
  /** The node's end: `cali282b0776936`, `veth1a2b3c4`. Registered after the links that the draft holds, in start order. */
  readonly interface: string;
  /** The bridge of the node that `interface` is a port of: `docker0`; undefined for a routed workload. */
  readonly master: string | undefined;
  /** May the bridge send a frame back out of `interface` that came in by it (`hairpin_mode`)? Default: false. */
  readonly hairpin?: boolean;
  /** The workload's own end: `cali0`, `eth0`. */
  readonly device: string;
  /** Of `device`; undefined where the lab may choose. The node's end never has a fixed one. */
  readonly mac: string | undefined;
  /** In the workload, in the order in which they are added; the connected route comes from the address. */
  readonly routes: readonly RoutePlan[];
  readonly listens: readonly ListenPlan[];
}
