/** What a person says of one namespace beyond what platforms make of it: a node's keys, or a scenario's `Given`. */
import type { NamespacePlan } from '../blueprint/blueprint.js';
import { mergeIpsets } from './ipset-text.js';
import { IptablesText } from './iptables-text.js';
import type { TextPart } from './topology.js';

/** Everything comes after what is there already, in the order given. */
export interface Override {
  /** `['net.ipv4.ip_forward', '0']`. */
  readonly sysctls?: readonly (readonly [string, string])[];
  /** `ipset save` texts: a set that one creates replaces its namesake. */
  readonly ipsets?: readonly TextPart[];
  /** `iptables-save` or `iptables -S` texts: each replaces the tables that it names. */
  readonly iptables?: readonly TextPart[];
  /** Shell text. */
  readonly commands?: readonly string[];
}

/** By the name of a node, a workload, an outside host or the gateway. */
export type Overrides = Readonly<Record<string, Override>>;

export function override(plan: NamespacePlan, change: Override): NamespacePlan {
  const { sysctls = [], ipsets = [], iptables = [], commands = [] } = change;
  const rules = new IptablesText(plan.iptables);
  let { origins } = plan;
  for (const { text, source } of iptables) {
    const later = new IptablesText(text);
    rules.replace(later);
    const kept = Object.entries(origins).filter(([key]) => !later.tables.some((table) => key.startsWith(`${table} `)));
    const added = later.tables.flatMap((table) => later.chains(table).map((chain) => [`${table} ${chain}`, source]));
    origins = Object.fromEntries([...kept, ...added]);
  }
  return {
    ...plan,
    sysctls: [...plan.sysctls, ...sysctls],
    ipsets: ipsets.reduce((sets, { text }) => mergeIpsets(sets, text), plan.ipsets),
    iptables: iptables.length === 0 ? plan.iptables : rules.toString(),
    commands: joinCommands([plan.commands, ...commands]),
    origins,
  };
}

export function joinCommands(commands: readonly string[]): string {
  return commands
    .filter((text) => text.trim() !== '')
    .map((text) => (text.endsWith('\n') ? text : `${text}\n`))
    .join('');
}
