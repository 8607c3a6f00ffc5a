/** Rule sets: built-in chains with their policies, user chains that jump to later ones, rules of all kinds. */
import { BUILTIN_CHAINS, type Hook, TABLES, type TableName } from '../../../netfilter/hooks.js';
import type { NamespaceWords } from '../../contract/network.js';
import type { Dice } from './dice.js';
import { addressesOf, devicesOf, lexiconOf, type Network } from './lexicon.js';
import { MATCH_MAKERS } from './matches.js';
import type { MadeSet, Protocol, Site } from './site.js';
import { TARGET_MAKERS } from './targets.js';
import { makeUsual } from './usual.js';

interface UserChain {
  readonly name: string;
  readonly hooks: readonly Hook[];
}

const MATCHES = Object.keys(MATCH_MAKERS);
const TARGETS = Object.keys(TARGET_MAKERS);
/** Those that change where a packet goes are worth more than those that only look. */
const WEIGHTS: Readonly<Record<string, number>> = {
  MARK: 6,
  CONNMARK: 4,
  DNAT: 12,
  SNAT: 8,
  MASQUERADE: 8,
  REDIRECT: 4,
  REJECT: 4,
};

/** The tables that a namespace loads, as iptables -S would print them. */
export function makeTables(
  namespace: string,
  network: Network,
  sets: readonly MadeSet[],
  dice: Dice,
): NonNullable<NamespaceWords['iptables']> {
  const tables: Partial<Record<TableName, readonly string[]>> = {};
  for (const table of TABLES) {
    if (dice.chance(table === 'security' ? 0.25 : 0.6))
      tables[table] = makeTable(table, namespace, network, sets, dice);
  }
  return tables;
}

function makeTable(
  table: TableName,
  namespace: string,
  network: Network,
  sets: readonly MadeSet[],
  dice: Dice,
): readonly string[] {
  const hooks: readonly Hook[] = BUILTIN_CHAINS[table];
  const chains: UserChain[] = dice.times(
    dice.weighted([
      [3, 0],
      [3, 1],
      [2, 2],
      [1, 4],
    ]),
    (index) => ({
      name: `U${index + 1}`,
      hooks: dice.chance(0.6) ? [dice.pick(hooks)] : dice.some(hooks, 0.6),
    }),
  );
  const usable = chains.filter((chain) => chain.hooks.length > 0);
  const siteAt = (chain: string, at: readonly Hook[], builtIn: boolean) =>
    siteOf({ table, chain, hooks: at, builtIn }, namespace, network, sets);
  return [
    ...policies(table, hooks, dice),
    ...usable.map(({ name }) => `-N ${name}`),
    ...hooks.flatMap((hook) => {
      const site = siteAt(hook, [hook], true);
      return [...makeUsual(site, dice), ...makeChain(site, usable, dice)];
    }),
    ...usable.flatMap(({ name, hooks: at }, place) =>
      makeChain(siteAt(name, at, false), usable.slice(place + 1), dice),
    ),
  ];
}

/** The nat table is not for filtering, and a policy that drops ends most cases at once. */
function policies(table: TableName, hooks: readonly Hook[], dice: Dice): string[] {
  if (table === 'nat') return [];
  return dice.some(hooks, table === 'filter' ? 0.08 : 0.015).map((hook) => `-P ${hook} DROP`);
}

export function siteOf(
  place: Pick<Site, 'table' | 'chain' | 'hooks' | 'builtIn'>,
  namespace: string,
  network: Network,
  sets: readonly MadeSet[],
): Site {
  return {
    ...lexiconOf(network),
    ...place,
    devices: ['lo', ...devicesOf(namespace, network)],
    own: addressesOf(namespace, network),
    sets,
  };
}

function makeChain(site: Site, later: readonly UserChain[], dice: Dice): string[] {
  const count = dice.weighted([
    [2, 0],
    [3, 1],
    [3, 2],
    [2, 3],
    [1, 5],
  ]);
  return dice.times(count, () => `-A ${site.chain} ${makeRule(site, later, dice)}`.trim());
}

/** Everything behind `-A CHAIN `. */
export function makeRule(site: Site, later: readonly UserChain[], dice: Dice): string {
  if (dice.chance(0.12)) return makeTarget(site, later, dice, undefined, true);
  const negated = dice.chance(0.08);
  const protocol = dice.weighted<Protocol>([
    [5, undefined],
    [3, 'icmp'],
    [3, 'tcp'],
    [2, 'udp'],
  ]);
  const known = negated ? undefined : protocol;
  const words = [
    ...(dice.chance(0.2) ? [`${dice.not()}-s ${dice.pick([...site.addresses, ...site.prefixes])}`] : []),
    ...(dice.chance(0.25)
      ? [`${dice.not()}-d ${dice.pick([...site.addresses, ...site.prefixes, ...site.nobody])}`]
      : []),
    ...devices(site, dice),
    ...(protocol === undefined ? [] : [`${negated ? '! ' : ''}-p ${protocol}`]),
    ...makeMatches(site, dice, known),
    makeTarget(site, later, dice, known, false),
  ];
  return words.filter((word) => word !== '').join(' ');
}

function devices({ hooks, builtIn, devices }: Site, dice: Dice): string[] {
  const may = (forbidden: readonly Hook[]) => !builtIn || !hooks.some((hook) => forbidden.includes(hook));
  const device = () => dice.pick([...devices, 'r+', 'eth+', 'veth+', '+']);
  return [
    ...(may(['OUTPUT', 'POSTROUTING']) && dice.chance(0.2) ? [`${dice.not()}-i ${device()}`] : []),
    ...(may(['PREROUTING', 'INPUT']) && dice.chance(0.2) ? [`${dice.not()}-o ${device()}`] : []),
  ];
}

function makeMatches(site: Site, dice: Dice, protocol: Protocol): string[] {
  const count = dice.weighted([
    [3, 0],
    [5, 1],
    [2, 2],
    [1, 3],
  ]);
  const own = protocol !== undefined && dice.chance(0.5) ? [protocol as string] : [];
  const sets = site.sets.length > 0 && dice.chance(0.3) ? ['set'] : [];
  const names = [...own, ...sets, ...dice.times(count, () => dice.pick(MATCHES))];
  return [...new Set(names)].flatMap((name) => MATCH_MAKERS[name]!(site, dice, protocol) ?? []);
}

function makeTarget(
  site: Site,
  later: readonly UserChain[],
  dice: Dice,
  protocol: Protocol,
  unconditional: boolean,
): string {
  const reachable = later.filter(({ hooks }) => site.hooks.every((hook) => hooks.includes(hook)));
  const kind = dice.weighted([
    [3, 'verdict'],
    [2, 'return'],
    [2, 'none'],
    [reachable.length > 0 ? 7 : 0, 'chain'],
    [site.table === 'nat' ? 12 : 6, 'extension'],
  ]);
  switch (kind) {
    case 'verdict':
      return `-j ${dice.chance(unconditional ? 0.05 : 0.2) && site.table !== 'nat' ? 'DROP' : 'ACCEPT'}`;
    case 'return':
      return '-j RETURN';
    case 'chain':
      return `${dice.chance(0.3) ? '-g' : '-j'} ${dice.pick(reachable).name}`;
    case 'extension': {
      const name = dice.weighted(TARGETS.map((target) => [WEIGHTS[target] ?? 1, target] as const));
      if (name === 'REJECT' && unconditional && dice.chance(0.7)) return '';
      return TARGET_MAKERS[name]!(site, dice, protocol) ?? '';
    }
    default:
      return '';
  }
}
