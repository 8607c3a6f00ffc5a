/** What a rule can ask, one maker for each match extension: `-m NAME ...`, or nothing where it may not stand. */
import type { Dice } from './dice.js';
import { only, type Protocol, type Site } from './site.js';

export type MakeMatch = (site: Site, dice: Dice, protocol: Protocol) => string | undefined;

export const PORTS = [80, 53, 8080, 22];
const STATES = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED'];
const TYPES = ['UNICAST', 'LOCAL', 'BROADCAST', 'MULTICAST', 'BLACKHOLE', 'UNREACHABLE', 'PROHIBIT'];
const ICMP_TYPES = ['8', '0', 'any', '3', '3/3', '3/1', '3/13', '11', '5', '8/0'];
const FLAGS = [
  'FIN,SYN,RST,ACK SYN',
  'SYN,ACK SYN,ACK',
  'RST RST',
  'ACK ACK',
  'ALL SYN',
  'ALL ACK',
  'SYN,RST NONE',
  'ALL RST,ACK',
];
const CT_STATUS = ['NONE', 'EXPECTED', 'SEEN_REPLY', 'ASSURED', 'CONFIRMED'];

/** Of a mark or a connection mark, with a mask or without. */
export function markValue(dice: Dice): string {
  const value = dice.pick(['0x0', '0x1', '0x2', '0x3', '0x10', '0x11', '0x4000', '0x80000000']);
  return dice.chance(0.5)
    ? value
    : `${value}/${dice.pick(['0x1', '0x3', '0xf', '0x11', '0xff', '0xffffffff', '0x80000001'])}`;
}

function portRange(dice: Dice, separator = ':'): string {
  return dice.weighted([
    [5, () => `${dice.pick(PORTS)}`],
    [1, () => `1${separator}1023`],
    [1, () => `${separator === ':' ? '' : '32768'}${separator}${separator === ':' ? '1024' : '60999'}`],
    [1, () => `32768${separator}60999`],
  ])();
}

function port(option: string, dice: Dice): string {
  return `${dice.not()}--${option} ${portRange(dice)}`;
}

function connectionCondition({ addresses, prefixes }: Site, dice: Dice): string {
  const address = () => dice.pick([...addresses, ...prefixes]);
  return dice.weighted<() => string>([
    [6, () => `${dice.not()}--ctstate ${oneOrTwo([...STATES, 'SNAT', 'DNAT'], dice)}`],
    [2, () => `--ctdir ${dice.pick(['ORIGINAL', 'REPLY'])}`],
    [2, () => `${dice.not()}--ctstatus ${oneOrTwo(CT_STATUS, dice)}`],
    [1, () => `${dice.not()}--ctproto ${dice.pick(['tcp', 'udp', 'icmp'])}`],
    [1, () => `${dice.not()}--${dice.pick(['ctorigsrc', 'ctorigdst', 'ctreplsrc', 'ctrepldst'])} ${address()}`],
    [1, () => `${dice.not()}--${dice.pick(['ctorigdstport', 'ctreplsrcport'])} ${dice.pick(PORTS)}`],
  ])();
}

function oneOrTwo(from: readonly string[], dice: Dice): string {
  const first = dice.pick(from);
  const second = dice.pick(from);
  return first === second || dice.chance(0.5) ? first : `${first},${second}`;
}

export const MATCH_MAKERS: Readonly<Record<string, MakeMatch>> = {
  addrtype(site, dice) {
    const limit = dice.weighted([
      [4, ''],
      [1, only(site, 'PREROUTING', 'INPUT', 'FORWARD') ? ' --limit-iface-in' : ''],
      [1, only(site, 'FORWARD', 'OUTPUT', 'POSTROUTING') ? ' --limit-iface-out' : ''],
    ]);
    return `-m addrtype ${dice.not()}--${dice.pick(['src', 'dst'])}-type ${oneOrTwo(TYPES, dice)}${limit}`;
  },
  comment: (_, dice) => `-m comment --comment ${dice.pick(['plain', '"two words"', '"it\'s"'])}`,
  connmark: (_, dice) => `-m connmark ${dice.not()}--mark ${markValue(dice)}`,
  conntrack: (site, dice) => {
    const second = dice.chance(0.2) ? ' --ctdir ORIGINAL' : '';
    const first = connectionCondition(site, dice);
    return `-m conntrack ${first}${first.includes('ctdir') ? '' : second}`;
  },
  dscp: (_, dice) => `-m dscp ${dice.not()}--dscp ${dice.pick(['0x00', '0x04', '0x30', '0x2e'])}`,
  icmp: (_, dice, protocol) =>
    protocol === 'icmp' ? `-m icmp ${dice.not()}--icmp-type ${dice.pick(ICMP_TYPES)}` : undefined,
  iprange({ addresses }, dice) {
    const base = dice.pick(addresses).replace(/\d+$/, '');
    return `-m iprange ${dice.not()}--${dice.pick(['src', 'dst'])}-range ${base}${dice.between(0, 3)}-${base}${dice.between(3, 250)}`;
  },
  length: (_, dice) =>
    `-m length ${dice.not()}--length ${dice.pick(['84', '60', '0:60', '61:100', '40', '28:52', '112:'])}`,
  limit: (_, dice) =>
    `-m limit --limit ${dice.pick(['1/hour --limit-burst 1', '1/hour --limit-burst 3', '2/day --limit-burst 2', '1/day --limit-burst 1'])}`,
  mac: (site, dice) =>
    only(site, 'PREROUTING', 'INPUT', 'FORWARD')
      ? `-m mac ${dice.not()}--mac-source ${dice.pick(site.macs)}`
      : undefined,
  mark: (_, dice) => `-m mark ${dice.not()}--mark ${markValue(dice)}`,
  multiport(_, dice, protocol) {
    if (protocol !== 'tcp' && protocol !== 'udp') return undefined;
    const list = dice.pick(['22,80', '53,80,8080', '1:100', '80,32768:60999', '443']);
    return `-m multiport ${dice.not()}--${dice.pick(['sports', 'dports', 'ports'])} ${list}`;
  },
  physdev(site, dice) {
    const named = (option: string) => `${dice.not()}--${option} ${dice.pick([...site.devices, 'veth+'])}`;
    const conditions = dice.weighted<() => string>([
      [2, () => named('physdev-in')],
      [1, () => (only(site, 'FORWARD', 'POSTROUTING') ? named('physdev-out') : named('physdev-in'))],
      [1, () => `${dice.not()}--physdev-is-in`],
      [1, () => `${dice.not()}--physdev-is-bridged`],
      [1, () => (only(site, 'FORWARD', 'POSTROUTING') ? `${dice.not()}--physdev-is-out` : '--physdev-is-in')],
    ]);
    return `-m physdev ${conditions()}`;
  },
  pkttype: (_, dice) => `-m pkttype ${dice.not()}--pkt-type ${dice.pick(['unicast', 'broadcast', 'multicast'])}`,
  recent(_, dice) {
    const rest = `--name ${dice.pick(['one', 'two'])}${dice.chance(0.3) ? ' --rdest' : ''}`;
    const hits = dice.chance(0.4) ? ` --hitcount ${dice.between(1, 3)}` : '';
    const ttl = dice.chance(0.15) ? ' --rttl' : '';
    return dice.weighted([
      [3, `-m recent ${dice.not()}--set ${rest}`],
      [3, `-m recent ${dice.not()}--rcheck${hits}${ttl} ${rest}`],
      [2, `-m recent ${dice.not()}--update${hits}${ttl} ${rest}`],
      [1, `-m recent ${dice.not()}--remove ${rest}`],
    ]);
  },
  rpfilter(site, dice) {
    if (!(site.table === 'raw' || site.table === 'mangle') || !only(site, 'PREROUTING')) return undefined;
    return `-m rpfilter${dice.some([' --loose', ' --validmark', ' --accept-local', ' --invert'], 0.3).join('')}`;
  },
  set({ sets }, dice) {
    if (sets.length === 0) return undefined;
    const { name, dimensions } = dice.pick(sets);
    const extra = dice.chance(0.1) ? ' --return-nomatch' : '';
    return `-m set ${dice.not()}--match-set ${name} ${directions(dimensions, dice)}${extra}`;
  },
  state: (_, dice) => `-m state ${dice.not()}--state ${oneOrTwo(STATES, dice)}`,
  statistic(_, dice) {
    const every = dice.between(1, 4);
    return `-m statistic --mode nth ${dice.not()}--every ${every} --packet ${dice.int(every)}`;
  },
  tcp(_, dice, protocol) {
    if (protocol !== 'tcp') return undefined;
    const conditions = [
      ...(dice.chance(0.3) ? [port('sport', dice)] : []),
      ...(dice.chance(0.5) ? [port('dport', dice)] : []),
      ...(dice.chance(0.3)
        ? [dice.chance(0.4) ? `${dice.not()}--syn` : `${dice.not()}--tcp-flags ${dice.pick(FLAGS)}`]
        : []),
    ];
    return ['-m tcp', ...conditions].join(' ');
  },
  tos: (_, dice) => `-m tos ${dice.not()}--tos ${dice.pick(['0x00', '0x10', '0xc0', '0x10/0x10', '0xb8/0xfc'])}`,
  ttl: (_, dice) =>
    `-m ttl ${dice.pick([`${dice.not()}--ttl-eq 64`, '--ttl-lt 64', '--ttl-gt 62', `${dice.not()}--ttl-eq 63`])}`,
  udp: (_, dice, protocol) =>
    protocol === 'udp'
      ? [
          '-m udp',
          ...(dice.chance(0.6) ? [port('dport', dice)] : []),
          ...(dice.chance(0.3) ? [port('sport', dice)] : []),
        ].join(' ')
      : undefined,
};

export function directions(dimensions: readonly string[], dice: Dice): string {
  return dimensions.map(() => dice.pick(['src', 'dst'])).join();
}
