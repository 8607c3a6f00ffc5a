/** What people really write at the head of a chain: it says little, and so meets nearly every packet. */
import type { Dice } from './dice.js';
import { markValue } from './matches.js';
import type { Site } from './site.js';

type Usual = (site: Site, dice: Dice) => string | readonly string[];

const KNOCK: Usual = (_, dice) => [
  '-m recent --name one --set',
  `-m recent --name one --${dice.pick(['rcheck', 'update'])} --hitcount ${dice.between(1, 3)}`,
];

const device = ({ devices }: Site, dice: Dice) => dice.pick(devices.slice(1).length > 0 ? devices.slice(1) : devices);

/** By table and chain. */
const USUAL: Readonly<Record<string, readonly Usual[]>> = {
  'raw PREROUTING': [
    (_, dice) => `-j MARK --set-mark ${markValue(dice)}`,
    (_, dice) => `-p ${dice.pick(['icmp', 'udp'])} -j CT --notrack`,
  ],
  'raw OUTPUT': [(_, dice) => `-p ${dice.pick(['icmp', 'udp'])} -j NOTRACK`],
  'mangle PREROUTING': [
    () => '-j CONNMARK --restore-mark',
    (_, dice) => `-j MARK --set-xmark ${markValue(dice)}`,
    (_, dice) => `-m conntrack --ctstate NEW -j CONNMARK --set-mark ${markValue(dice)}`,
  ],
  'mangle FORWARD': [(_, dice) => `-j MARK --set-xmark ${markValue(dice)}`],
  'mangle OUTPUT': [(_, dice) => `-j MARK --set-xmark ${markValue(dice)}`],
  'mangle POSTROUTING': [() => '-j CONNMARK --save-mark', (_, dice) => `-j MARK --set-xmark ${markValue(dice)}`],
  'nat PREROUTING': [
    ({ addresses }, dice) => `-p tcp -m tcp --dport 8080 -j DNAT --to-destination ${dice.pick(addresses)}:80`,
    ({ addresses, own }, dice) =>
      `-d ${dice.pick(own.length > 0 ? own : addresses)} -j DNAT --to-destination ${dice.pick(addresses)}`,
    () => '-p udp -j REDIRECT --to-ports 53',
  ],
  'nat OUTPUT': [({ addresses }, dice) => `-p tcp -j DNAT --to-destination ${dice.pick(addresses)}`],
  'nat POSTROUTING': [
    (site, dice) => `-o ${device(site, dice)} -j MASQUERADE`,
    ({ prefixes }, dice) => `-s ${dice.pick(prefixes)} -j MASQUERADE`,
    ({ own, addresses }, dice) => `-j SNAT --to-source ${dice.pick(own.length > 0 ? own : addresses)}`,
  ],
  'filter INPUT': [KNOCK, () => '-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT'],
  'filter FORWARD': [
    KNOCK,
    () => '-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
    () => '-m conntrack --ctstate INVALID -j DROP',
    (_, dice) => `-m mark --mark ${markValue(dice)} -j ACCEPT`,
  ],
  'filter OUTPUT': [(_, dice) => `-m mark --mark ${markValue(dice)} -j ACCEPT`],
};

/** Rules for the head of a built-in chain: none, one or two. */
export function makeUsual(site: Site, dice: Dice): string[] {
  const usual = USUAL[`${site.table} ${site.chain}`] ?? [];
  if (usual.length === 0) return [];
  const count = dice.weighted([
    [4, 0],
    [3, 1],
    [1, 2],
  ]);
  return dice
    .times(count, () => dice.pick(usual)(site, dice))
    .flatMap((rules) => [rules].flat().map((rule) => `-A ${site.chain} ${rule}`));
}
