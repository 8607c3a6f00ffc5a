/**
 * A blueprint: a whole network as plain data, the one form between whatever describes a network (a topology, a dump of a
 * real node, a shell script) and whatever runs it (the simulated lab, the kernel lab). It survives JSON.
 *
 * Addresses and prefixes are text in the spelling of iproute2, so that both labs can be handed them as they are.
 */
export interface Blueprint {
  /** In the order in which they are made. */
  readonly namespaces: readonly NamespacePlan[];
  /** What people call things, by name: `web1`, `master`, `client`. */
  readonly endpoints: Readonly<Record<string, EndpointPlan>>;
}

export interface NamespacePlan {
  /** Unique. A node's and a workload's namespace carry its own name. */
  readonly name: string;
  readonly kind: 'node' | 'workload' | 'outside' | 'router' | 'switch';
  /**
   * Links in the order in which they are registered, which decides address selection on devices without an address.
   * `lo` is always there, first and up; it is not listed.
   */
  readonly links: readonly LinkPlan[];
  /** In the order in which they are installed. Connected and local routes come from the addresses and are not listed. */
  readonly routes: readonly RoutePlan[];
  readonly rules: readonly RoutingRulePlan[];
  /** Permanent neighbour entries. */
  readonly neighbours: readonly { readonly link: string; readonly address: string; readonly mac: string }[];
  /** Written in this order, as `sysctl -w key=value`: `['net.ipv4.ip_forward', '1']`. */
  readonly sysctls: readonly (readonly [string, string])[];
  /** What `ipset restore` takes; '' for none. */
  readonly ipsets: string;
  /** What `iptables-restore` takes: only the tables that are loaded; '' for none. */
  readonly iptables: string;
  /** Ports that accept connections or echo datagrams. */
  readonly listens: readonly ListenPlan[];
  /** Shell commands to run on it after everything else. */
  readonly commands: string;
  /**
   * Where rules come from, for people (origins.ts reads it). The key is `TABLE CHAIN` or, where one chain has rules of
   * several origins, `TABLE CHAIN NUMBER` with the rule's place in `iptables`; the value is a phrase: `Docker, bridge docker0`.
   */
  readonly origins: Readonly<Record<string, string>>;
}

export type LinkPlan = VethPlan | BridgePlan;

interface LinkCommon {
  readonly name: string;
  /** Six octets; left out where the lab may choose (each lab derives a stable one). */
  readonly mac?: string;
  readonly mtu?: number;
  readonly up: boolean;
  /** `10.0.0.1/24`, in order: the first is the primary one. */
  readonly addresses: readonly string[];
  /** The bridge of this namespace that it is a port of. */
  readonly master?: string;
  /** Bridge port flag. */
  readonly hairpin?: boolean;
}

export interface VethPlan extends LinkCommon {
  readonly kind: 'veth';
  /** The other end, which names this one in turn. */
  readonly peer: { readonly namespace: string; readonly link: string };
}

export interface BridgePlan extends LinkCommon {
  readonly kind: 'bridge';
}

/** One route as iproute2 speaks of it. */
export interface RoutePlan {
  /** `default` or a prefix. */
  readonly to: string;
  readonly type?: 'unicast' | 'blackhole' | 'unreachable' | 'prohibit' | 'throw';
  readonly via?: string;
  readonly dev?: string;
  readonly src?: string;
  readonly metric?: number;
  readonly table?: string;
  readonly scope?: 'global' | 'link' | 'host';
  /** `bird`, `static`, `boot` or a number. `boot` where left out, as for `ip route add`. */
  readonly proto?: string;
  readonly onlink?: boolean;
}

/** One policy routing rule, as in `ip rule add`. */
export interface RoutingRulePlan {
  readonly priority: number;
  readonly from?: string;
  readonly to?: string;
  readonly iif?: string;
  readonly oif?: string;
  /** `0x1` or `0x1/0xff`. */
  readonly fwmark?: string;
  readonly table: string;
}

export interface ListenPlan {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  /** Bound address; any where left out. */
  readonly address?: string;
  /**
   * The program that holds the port, where it does something else than accept or echo: `docker-proxy`. What becomes of
   * what reaches it is not modelled.
   */
  readonly program?: string;
}

/** Something that a scenario can name as sender or receiver. */
export interface EndpointPlan {
  readonly kind: 'workload' | 'node' | 'outside';
  readonly namespace: string;
  /** The address that `pings web3` means. */
  readonly address: string;
  /** For a workload: the node it runs on and the node's end of its veth (`<web1>` in chain names). */
  readonly node?: string;
  readonly interface?: string;
}
