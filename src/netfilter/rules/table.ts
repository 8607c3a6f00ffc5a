/** Tables as they are when the kernel loads them, and in the order in which iptables lists their chains. */
import { BUILTIN_CHAINS, type TableName } from '../hooks.js';
import type { Chain, RuleSet, Table } from '../rule.js';

/** A table as its kernel module makes it: built-in chains that accept everything. */
export function emptyTable(name: TableName): Table {
  return { name, chains: new Map(BUILTIN_CHAINS[name].map((chain) => [chain, builtinChain(chain)])) };
}

function builtinChain(name: string): Chain {
  return { name, policy: 'ACCEPT', packets: 0, bytes: 0, rules: [] };
}

export function userChain(name: string): Chain {
  return { name, policy: undefined, packets: 0, bytes: 0, rules: [] };
}

/** The table of that name, loaded when it is first asked for, as `iptables -t nat -L` loads it. */
export function tableOf(ruleSet: RuleSet, name: TableName): Table {
  let table = ruleSet.get(name);
  if (!table) {
    table = emptyTable(name);
    ruleSet.set(name, table);
  }
  return table;
}

/** Built-in chains in their order, then user chains in the order of strcmp. */
export function sortChains(table: Table): void {
  const byName = new Map(table.chains);
  const builtin = BUILTIN_CHAINS[table.name] as readonly string[];
  const user = [...byName.keys()].filter((name) => !builtin.includes(name));
  user.sort((a, b) => (a < b ? -1 : 1));
  table.chains.clear();
  for (const name of [...builtin, ...user]) table.chains.set(name, byName.get(name)!);
}
