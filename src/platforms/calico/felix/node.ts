/** What Felix does to one node: rules, ip sets, and for each local workload a route, a neighbour and sysctls. */
import type { TableName } from '../../../netfilter/hooks.js';
import type { CalicoPool } from '../../cluster.js';
import type { IptablesDraft, NodeDraft } from '../../draft.js';
import { jump } from './action.js';
import type { FelixConfig } from './config.js';
import { workloadDispatch } from './dispatch.js';
import { fromWorkload, toWorkload, type WorkloadEndpoint } from './endpoint.js';
import { rulesWithHashes } from './hash.js';
import { networkProfile, profileChains } from './profile.js';
import { type FelixChain, rule } from './rule.js';
import { poolSets, tagSet } from './sets.js';
import { filterTable } from './static/filter.js';
import { mangleTable } from './static/mangle.js';
import { natTable } from './static/nat.js';
import { rawTable } from './static/raw.js';
import type { StaticTable } from './static/table.js';

/** An endpoint on the node. In this era its one profile is that of its network. */
export interface LocalWorkload {
  readonly name: string;
  readonly network: string;
  readonly address: string;
  readonly interface: string;
  readonly mac: string;
}

/** `addressesIn` tells the addresses of a network's workloads in the whole cluster: they are in its tag's ip set. */
export function runFelix(
  draft: NodeDraft,
  config: FelixConfig,
  pools: readonly CalicoPool[],
  workloads: readonly LocalWorkload[],
  addressesIn: (network: string) => readonly string[],
): void {
  const felix = `Felix ${config.version}`;
  const tables: Partial<Record<TableName, StaticTable>> = {
    raw: rawTable(config),
    mangle: mangleTable(config),
    nat: natTable(config),
    filter: filterTable(config),
  };
  for (const [table, { hooks, chains }] of Object.entries(tables) as [TableName, StaticTable][]) {
    for (const chain of chains) writeChain(draft.iptables, table, chain, felix);
    for (const [hook, chain] of Object.entries(hooks)) {
      const [text] = rulesWithHashes(hook, [rule(jump(chain))]);
      draft.iptables.insert(table, hook, text!, felix);
    }
  }
  draft.ipsets.push(...poolSets(pools, config));
  if (config.facts.setsRpFilter) draft.sysctls.push(['net.ipv4.conf.default.rp_filter', '1']);

  for (const network of new Set(workloads.map((workload) => workload.network))) {
    draft.ipsets.push(...tagSet(network, addressesIn(network), config));
    for (const chain of profileChains(networkProfile(network, config), config)) {
      writeChain(draft.iptables, 'filter', chain, `profile ${network}`);
    }
  }
  for (const workload of workloads) connectWorkload(draft, config, workload);
  for (const chain of workloadDispatch(workloads)) writeChain(draft.iptables, 'filter', chain, felix);
}

function connectWorkload(draft: NodeDraft, config: FelixConfig, workload: LocalWorkload): void {
  const { interface: link, address, mac, name, network } = workload;
  const endpoint: WorkloadEndpoint = { interface: link, policies: [], profiles: [network] };
  writeChain(draft.iptables, 'filter', toWorkload(endpoint, config.marks), `workload ${name} (to)`);
  writeChain(draft.iptables, 'filter', fromWorkload(endpoint, config.marks), `workload ${name} (from)`);
  draft.routes.push({ to: address, dev: link, scope: 'link' });
  draft.neighbours.push({ link, address, mac });
  draft.sysctls.push(
    [`net.ipv4.conf.${link}.route_localnet`, '1'],
    ...(config.facts.setsRpFilter ? [[`net.ipv4.conf.${link}.rp_filter`, '1'] as [string, string]] : []),
    [`net.ipv4.conf.${link}.proxy_arp`, '1'],
    [`net.ipv4.neigh.${link}.proxy_delay`, '0'],
    [`net.ipv4.conf.${link}.forwarding`, '1'],
  );
}

function writeChain(iptables: IptablesDraft, table: TableName, { name, rules }: FelixChain, origin: string): void {
  iptables.chain(table, name, origin);
  for (const text of rulesWithHashes(name, rules)) iptables.append(table, name, text);
}
