/** What is done in a case: packets, mostly the same ones again, and changes between them. */
import type { Probe } from '../../../journey/probe.js';
import { BUILTIN_CHAINS, TABLES, type TableName } from '../../../netfilter/hooks.js';
import { type ContractStep, ping, run, tcp, udp } from '../../contract/contract.js';
import type { Dice } from './dice.js';
import type { Layout } from './layouts.js';
import { addressesOf, devicesOf, lexiconOf, type Network, namespacesOf } from './lexicon.js';
import { makeRule, siteOf } from './rules.js';
import { element } from './sets.js';
import type { MadeSet } from './site.js';

/** The sets of each namespace that has some. */
export type SetsOf = ReadonlyMap<string, readonly MadeSet[]>;

export function makeSteps(
  network: Network,
  { probes, pause }: Pick<Layout, 'probes' | 'pause'>,
  sets: SetsOf,
  dice: Dice,
): ContractStep[] {
  const steps: ContractStep[] = [];
  const hosts = namespacesOf(network).filter((name) => addressesOf(name, network).length > 0);
  for (let packets = dice.between(2, 4); packets > 0; packets--) {
    const earlier = steps.filter((step) => 'probe' in step);
    steps.push(earlier.length > 0 && dice.chance(0.35) ? dice.pick(earlier) : makeProbe(hosts, network, probes, dice));
    if (pause > 0) steps.push({ pass: pause });
    if (packets > 1 && dice.chance(0.25)) steps.push(makeChange(network, sets, dice));
  }
  return steps;
}

function makeProbe(
  hosts: readonly string[],
  network: Network,
  kinds: readonly Probe['kind'][],
  dice: Dice,
): ContractStep {
  const { addresses, nobody } = lexiconOf(network);
  const from = dice.pick(hosts);
  const own = addressesOf(from, network);
  const to = dice.weighted<() => string>([
    [20, () => dice.pick(addresses.filter((address) => !own.includes(address)))],
    [2, () => dice.pick(own)],
    [1, () => '127.0.0.1'],
    [3, () => dice.pick(nobody)],
  ])();
  const port = dice.weighted([
    [5, 80],
    [3, 53],
    [1, 8080],
    [1, 22],
  ] as const);
  const kind = dice.pick(kinds);
  return kind === 'ping' ? ping(from, to) : (kind === 'tcp' ? tcp : udp)(from, to, port);
}

function makeChange(network: Network, sets: SetsOf, dice: Dice): ContractStep {
  const { words } = network;
  const filtered = Object.keys(words).filter((name) => Object.keys(words[name]!.iptables ?? {}).length > 0);
  const on = dice.pick(filtered.length > 0 ? filtered : Object.keys(words));
  const tables = TABLES.filter((table) => words[on]!.iptables?.[table] !== undefined);
  const table = tables.length > 0 ? dice.pick(tables) : 'filter';
  const own = sets.get(on) ?? [];
  return run(
    on,
    dice.weighted<() => string>([
      [6, () => editRules(on, table, network, own, dice)],
      [3, () => 'conntrack -F'],
      [own.length > 0 ? 3 : 0, () => editSet(on, network, own, dice)],
      [2, () => editRoutes(on, network, dice)],
    ])(),
  );
}

function editRules(on: string, table: TableName, network: Network, sets: readonly MadeSet[], dice: Dice): string {
  const lines = network.words[on]!.iptables?.[table] ?? [];
  const chain = dice.pick(BUILTIN_CHAINS[table]);
  const count = lines.filter((line) => line.startsWith(`-A ${chain} `)).length;
  const rule = () => makeRule(siteOf({ table, chain, hooks: [chain], builtIn: true }, on, network, sets), [], dice);
  const at = count === 0 ? 1 : dice.between(1, count);
  const command = dice.weighted<() => string>([
    [4, () => `-I ${chain} ${at} ${rule()}`],
    [3, () => `-A ${chain} ${rule()}`],
    [count > 0 ? 3 : 0, () => `-D ${chain} ${at}`],
    [count > 0 ? 2 : 0, () => `-R ${chain} ${at} ${rule()}`],
    [1, () => `-F ${chain}`],
    [1, () => '-Z'],
    [table === 'nat' ? 0 : 1, () => `-P ${chain} ${dice.pick(['ACCEPT', 'ACCEPT', 'DROP'])}`],
  ])();
  return `iptables -t ${table} ${command}`.trim();
}

function editSet(on: string, network: Network, sets: readonly MadeSet[], dice: Dice): string {
  const { name, dimensions, counts } = dice.pick(sets);
  const text = dimensions.map((part) => element(part, lexiconOf(network), devicesOf(on, network), dice)).join();
  return dice.weighted([
    // An element that comes back finds counters in the kernel's memory that whoever was there before has left.
    [counts ? 0 : 3, `ipset -exist add ${name} ${text}`],
    [2, `ipset -exist del ${name} ${text}`],
    [1, `ipset flush ${name}`],
  ]);
}

function editRoutes(on: string, network: Network, dice: Dice): string {
  const { addresses } = lexiconOf(network);
  return dice.weighted([
    [2, `ip route add ${dice.pick(['blackhole', 'unreachable', 'prohibit'])} ${dice.pick(addresses)}/32`],
    [1, `ip rule add priority 300 fwmark ${dice.pick(['0x1', '0x2'])} table 7`],
    [1, `sysctl -qw net.ipv4.conf.all.rp_filter=${dice.pick([0, 1])}`],
    [1, `sysctl -qw net.ipv4.conf.${dice.pick(devicesOf(on, network))}.route_localnet=1`],
  ]);
}
