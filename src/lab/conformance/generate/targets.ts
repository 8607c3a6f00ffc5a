/** What a rule can do, one maker for each target extension: `-j NAME ...`, or nothing where it may not stand. */
import type { Dice } from './dice.js';
import { directions, markValue, PORTS } from './matches.js';
import { only, type Protocol, type Site } from './site.js';

export type MakeTarget = (site: Site, dice: Dice, protocol: Protocol) => string | undefined;

const REJECTS = [
  ...['icmp-net-unreachable', 'icmp-host-unreachable', 'icmp-port-unreachable', 'icmp-proto-unreachable'],
  ...['icmp-net-prohibited', 'icmp-host-prohibited', 'icmp-admin-prohibited'],
];

const hasPorts = (protocol: Protocol) => protocol === 'tcp' || protocol === 'udp';

/** Values, masks and all the ways to say how they are joined. */
function markChange(dice: Dice): string {
  return dice.weighted([
    [5, `--set-xmark ${markValue(dice)}`],
    [3, `--set-mark ${markValue(dice)}`],
    [1, `--and-mark ${dice.pick(['0x1', '0xf0', '0xfffffffe'])}`],
    [1, `--or-mark ${dice.pick(['0x1', '0x10', '0x4000'])}`],
    [1, `--xor-mark ${dice.pick(['0x1', '0x11', '0x80000000'])}`],
  ]);
}

function masks(dice: Dice): string {
  const mask = () => dice.pick(['0xffffffff', '0x1', '0x3', '0xff', '0xfffffff0']);
  return dice.weighted([
    [3, ''],
    [2, ` --nfmask ${mask()} --ctmask ${mask()}`],
    [1, ` --mask ${mask()}`],
  ]);
}

function nat(site: Site, dice: Dice, protocol: Protocol): string {
  const address = dice.weighted([
    [6, dice.pick(site.addresses)],
    [2, dice.pick(site.own.length > 0 ? site.own : site.addresses)],
    [1, dice.pick(site.nobody)],
  ]);
  if (!hasPorts(protocol) || dice.chance(0.4)) return address;
  return `${dice.chance(0.8) ? address : ''}:${dice.pick(PORTS)}`;
}

export const TARGET_MAKERS: Readonly<Record<string, MakeTarget>> = {
  CHECKSUM: ({ table }) => (table === 'mangle' ? '-j CHECKSUM --checksum-fill' : undefined),
  CLASSIFY: (site) => (only(site, 'FORWARD', 'OUTPUT', 'POSTROUTING') ? '-j CLASSIFY --set-class 1:a' : undefined),
  CONNMARK: (_, dice) =>
    `-j CONNMARK ${dice.weighted([
      [3, markChange(dice)],
      [2, `--save-mark${masks(dice)}`],
      [3, `--restore-mark${masks(dice)}`],
    ])}`,
  CT: ({ table }) => (table === 'raw' ? '-j CT --notrack' : undefined),
  DNAT: (site, dice, protocol) =>
    site.table === 'nat' && only(site, 'PREROUTING', 'OUTPUT')
      ? `-j DNAT --to-destination ${nat(site, dice, protocol)}`
      : undefined,
  DSCP: ({ table }, dice) =>
    table === 'mangle' ? `-j DSCP --set-dscp ${dice.pick(['0x00', '0x04', '0x2e'])}` : undefined,
  LOG: (_, dice) => `-j LOG${dice.chance(0.5) ? ' --log-prefix "seen "' : ''}`,
  MARK: (_, dice) => `-j MARK ${markChange(dice)}`,
  MASQUERADE(site, dice, protocol) {
    if (site.table !== 'nat' || !only(site, 'POSTROUTING')) return undefined;
    return `-j MASQUERADE${hasPorts(protocol) && dice.chance(0.2) ? ` --to-ports ${dice.pick([7000, 8080])}` : ''}`;
  },
  NETMAP({ table, prefixes }, dice) {
    const usual = prefixes.filter((prefix) => prefix.endsWith('/24'));
    return table === 'nat' && usual.length > 0 ? `-j NETMAP --to ${dice.pick(usual)}` : undefined;
  },
  NFLOG: () => '-j NFLOG --nflog-group 5 --nflog-prefix seen',
  NOTRACK: ({ table }) => (table === 'raw' ? '-j NOTRACK' : undefined),
  REDIRECT(site, dice, protocol) {
    if (site.table !== 'nat' || !only(site, 'PREROUTING', 'OUTPUT')) return undefined;
    return `-j REDIRECT${hasPorts(protocol) && dice.chance(0.6) ? ` --to-ports ${dice.pick(PORTS)}` : ''}`;
  },
  REJECT(site, dice, protocol) {
    if (site.table !== 'filter' || !only(site, 'INPUT', 'FORWARD', 'OUTPUT')) return undefined;
    if (protocol === 'tcp' && dice.chance(0.5)) return '-j REJECT --reject-with tcp-reset';
    return dice.chance(0.4) ? '-j REJECT' : `-j REJECT --reject-with ${dice.pick(REJECTS)}`;
  },
  SET({ sets }, dice) {
    const learning = sets.filter(({ learns }) => learns);
    if (learning.length === 0) return undefined;
    const { name, dimensions } = dice.pick(learning);
    return dice.weighted([
      [3, `-j SET --add-set ${name} ${directions(dimensions, dice)}${dice.chance(0.2) ? ' --exist' : ''}`],
      [2, `-j SET --del-set ${name} ${directions(dimensions, dice)}`],
    ]);
  },
  SNAT: (site, dice, protocol) =>
    site.table === 'nat' && only(site, 'POSTROUTING', 'INPUT')
      ? `-j SNAT --to-source ${nat(site, dice, protocol)}`
      : undefined,
  TOS: ({ table }, dice) =>
    table === 'mangle'
      ? `-j TOS --set-tos ${dice.pick(['0x00', '0x10', '0x10/0x10', '0xb8/0xfc', '0xff'])}`
      : undefined,
  TRACE: ({ table }) => (table === 'raw' ? '-j TRACE' : undefined),
  TTL: ({ table }, dice) =>
    table === 'mangle'
      ? `-j TTL ${dice.pick(['--ttl-set 64', '--ttl-set 2', '--ttl-set 1', '--ttl-dec 1', '--ttl-inc 1', '--ttl-inc 200', '--ttl-dec 62'])}`
      : undefined,
};
