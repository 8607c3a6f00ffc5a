/** What a person says of one namespace beyond what platforms make of it: a node's keys, or a scenario's `Given`. */
import type { NamespacePlan } from '../blueprint/blueprint.js';
import type { RuleSet } from '../netfilter/rule.js';
import { printSave } from '../netfilter/rules/print.js';
import { checkIpsets, mergeIpsets } from './ipset-text.js';
import { checkTables, readTables } from './iptables-text.js';
import { TopologyError } from './mistake.js';
import type { TextMistake } from './pasted-text.js';
import { placed } from './text-part.js';
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

/** @throws TopologyError with every mistake of a text, placed in its source */
export function override(plan: NamespacePlan, change: Override): NamespacePlan {
  const { sysctls = [], ipsets = [], iptables = [], commands = [] } = change;
  return {
    ...plan,
    ...(iptables.length > 0 && replaceTables(plan, iptables)),
    sysctls: [...plan.sysctls, ...sysctls],
    ipsets: ipsets.reduce(replaceSets, plan.ipsets),
    commands: joinCommands([plan.commands, ...commands]),
  };
}

function replaceTables(plan: NamespacePlan, parts: readonly TextPart[]): Pick<NamespacePlan, 'iptables' | 'origins'> {
  const tables = readTables(plan.iptables);
  const origins = new Map(Object.entries(plan.origins));
  for (const part of parts) {
    for (const [name, table] of tablesOf(part)) {
      tables.set(name, table);
      for (const key of [...origins.keys()]) if (key.startsWith(`${name} `)) origins.delete(key);
      for (const chain of table.chains.keys()) origins.set(`${name} ${chain}`, part.source);
    }
  }
  return { iptables: printSave(tables), origins: Object.fromEntries(origins) };
}

function tablesOf(part: TextPart): RuleSet {
  refuse(part, checkTables(part.text));
  return readTables(part.text);
}

function replaceSets(sets: string, part: TextPart): string {
  refuse(part, checkIpsets(part.text, sets));
  return mergeIpsets(sets, part.text);
}

function refuse(part: TextPart, mistakes: readonly TextMistake[]): void {
  if (mistakes.length > 0) throw new TopologyError(placed(part, mistakes));
}

export function joinCommands(commands: readonly string[]): string {
  return commands
    .filter((text) => text.trim() !== '')
    .map((text) => (text.endsWith('\n') ? text : `${text}\n`))
    .join('');
}
