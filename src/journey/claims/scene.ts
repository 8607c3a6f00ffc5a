/** What claims ask of the network that a journey went through. A lab with its blueprint answers. */
import type { Ipv4 } from '../../net/ipv4.js';
import type { TableName } from '../../netfilter/hooks.js';
import type { SetStore } from '../../netfilter/ipset/store.js';
import type { RuleSet } from '../../netfilter/rule.js';

export interface Scene {
  /** The network namespaces by name, those that commands made included. */
  namespaces(): Promise<readonly string[]>;
  /** The names of endpoints: workloads, nodes, outside hosts. */
  readonly endpoints: readonly string[];
  /** The namespace that an endpoint's name, or a namespace's own, stands for; undefined for others. */
  namespaceOf(name: string): Promise<string | undefined>;
  /** Every address of an endpoint or namespace, the one that its name means first; empty for unknown names. */
  addressesOf(name: string): Promise<readonly Ipv4[]>;
  /** What people call the owner of an address. */
  ownerOf(address: Ipv4): string | undefined;
  /** The node's end of a workload's cable, for `<web1>`; undefined for everything else. */
  interfaceOf(workload: string): string | undefined;
  /** The devices of a namespace. */
  devices(namespace: string): Promise<readonly string[]>;
  /** The tables that are loaded in a namespace. */
  rules(namespace: string): Promise<RuleSet>;
  /** The ip sets of a namespace. */
  sets(namespace: string): Promise<SetStore>;
  /** Which platform object a rule comes from, in a phrase; `rule` as iptables-save prints it after `-A CHAIN `. */
  originOf(namespace: string, table: TableName, chain: string, rule: string | undefined): string | undefined;
}
