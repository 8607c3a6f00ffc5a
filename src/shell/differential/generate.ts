/** Scripts that bring a namespace into many different states, from a seed: the same seed, the same script. */
import { seededRandom } from '../../fabric/random.js';

/** Everything that shows the state. */
const SHOW = [
  'ip addr',
  'ip -br addr',
  'ip route',
  'ip route show table all',
  'ip rule',
  'ipset list | grep -v "Size in memory"',
  'ipset save',
  'for t in filter nat mangle raw; do iptables -t $t -S; iptables -t $t -L -n -v --line-numbers; done',
  'iptables-save -c | grep -v "^#"',
];

type Pick = <T>(choices: readonly T[]) => T;

export function generateScript(seed: number): string {
  const random = seededRandom(seed);
  const pick: Pick = (choices) => choices[Math.floor(random() * choices.length)]!;
  const times = <T>(least: number, most: number, make: () => T): T[] =>
    Array.from({ length: least + Math.floor(random() * (most - least + 1)) }, make);
  const number = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const address = () => `10.${number(0, 3)}.${number(0, 3)}.${number(1, 254)}`;
  const network = () =>
    pick([`10.${number(0, 9)}.0.0/16`, `10.${number(0, 3)}.${number(0, 9)}.0/24`, address(), '0.0.0.0/0']);
  const port = () => pick([22, 53, 80, 443, 8080, number(1024, 65_535)]);
  const devices = times(1, 3, () => 0).map((_, index) => `eth${index}`);
  const device = () => pick([...devices, 'lo']);
  const sets = times(0, 3, () => pick(['hash:ip', 'hash:net', 'hash:ip,port', 'bitmap:port', 'hash:net,iface'])).map(
    (type, index) => ({ name: `set${index}`, type }),
  );
  const chains = times(0, 2, () => 0).map(
    (_, index) => pick(['WEB', 'DOCKER-USER', 'cali-tw', 'log-and-drop']) + index,
  );

  const links = devices.flatMap((name, index) => [
    `ip link add ${name} address 02:00:00:00:00:${10 + index} type veth peer name far${index} address 02:00:00:00:00:${20 + index}`,
    `ip link set ${name} up; ip link set far${index} up`,
    ...times(
      0,
      3,
      () => `ip addr add ${address()}/${pick([8, 16, 24, 24, 30, 32])}${pick(['', ' brd +'])} dev ${name}`,
    ),
  ]);
  const routes = [
    ...times(0, 6, () => {
      const way = pick([`dev ${device()}`, `via ${address()}`, `via ${address()} dev ${device()} onlink`]);
      const rest = pick(['', ' metric 100', ' table 100', ' proto static', ' scope link']);
      return `ip route ${pick(['add', 'append', 'replace'])} ${network()} ${way}${rest}`;
    }),
    ...times(0, 2, () => `ip route add ${pick(['blackhole', 'unreachable', 'prohibit'])} ${network()}`),
    ...times(
      0,
      2,
      () =>
        `ip rule add ${pick([`from ${network()}`, `fwmark 0x${number(1, 255).toString(16)}`, `to ${network()}`])} table ${pick(['100', 'main'])}`,
    ),
  ];
  const element = (type: string): string => {
    if (type === 'hash:ip') return address();
    if (type === 'hash:net') return network().replace('0.0.0.0/0', '10.0.0.0/8');
    if (type === 'hash:ip,port') return `${address()},${pick(['tcp', 'udp'])}:${port()}`;
    return type === 'bitmap:port' ? `${number(1, 100)}` : `10.${number(0, 9)}.0.0/16,${device()}`;
  };
  // A hash lists its elements in an order of its own: one element each, unless the set is a bitmap.
  const setCommands = sets.flatMap(({ name, type }) => [
    `ipset create ${name} ${type}${type === 'bitmap:port' ? ' range 0-100' : ' initval 0x12345678'}${pick(['', ' counters', ' comment'])}`,
    ...times(0, type === 'bitmap:port' ? 4 : 1, () => `ipset add ${name} ${element(type)}`),
  ]);
  const bang = () => pick(['', '', '', '! ']);
  const match = (chain: string): string[] => [
    ...pick([[], [`${bang()}-s ${network()}`], [`${bang()}-d ${network()}`]]),
    ...(['PREROUTING', 'INPUT', 'FORWARD'].includes(chain)
      ? pick([[], [`${bang()}-i ${pick([...devices, 'eth+'])}`]])
      : []),
    ...(['OUTPUT', 'FORWARD', 'POSTROUTING'].includes(chain) ? pick([[], [`${bang()}-o ${device()}`]]) : []),
    ...pick([
      [],
      [`-p ${pick(['tcp', 'udp'])} --dport ${port()}`],
      [`-p tcp --sport ${number(1, 99)}:${number(100, 999)} --tcp-flags SYN,RST SYN`],
      [`-p icmp --icmp-type ${pick(['echo-request', '8', '3/4', 'any'])}`],
      [
        `-p ${pick(['tcp', 'udp'])} -m multiport ${bang()}--dports ${number(1, 99)},${number(100, 200)}:${number(201, 999)}`,
      ],
    ]),
    ...pick([
      [],
      [`-m conntrack ${bang()}--ctstate ${pick(['NEW', 'RELATED,ESTABLISHED', 'INVALID', 'DNAT'])}`],
      [`-m mark ${bang()}--mark 0x${number(0, 255).toString(16)}${pick(['', '/0xff'])}`],
      [`-m comment --comment "${pick(['one', 'two words', 'cali:Abc-_1'])}"`],
      [`-m limit --limit ${number(1, 9)}/${pick(['second', 'minute', 'hour'])}`],
      [`-m addrtype --dst-type ${pick(['LOCAL', 'BROADCAST'])}`],
      ['-m statistic --mode random --probability 0.5'],
    ]),
    ...(sets.length > 0 && random() < 0.3 ? [setMatch(pick, bang, pick(sets))] : []),
  ];
  const target = (table: string, chain: string): string => {
    if (chains.length > 0 && table === 'filter' && BUILT_IN.includes(chain) && random() < 0.3)
      return `-${pick(['j', 'g'])} ${pick(chains)}`;
    if (table === 'nat') {
      if (chain === 'POSTROUTING') return pick(['-j MASQUERADE', `-j SNAT --to-source ${address()}`, '-j ACCEPT']);
      return pick([
        `-p tcp -j DNAT --to-destination ${address()}:${port()}`,
        `-p tcp -j REDIRECT --to-ports ${port()}`,
        '-j RETURN',
      ]);
    }
    if (table === 'mangle')
      return pick([
        `-j MARK --set-${pick(['mark', 'xmark'])} 0x${number(1, 255).toString(16)}/0xff`,
        '-j CONNMARK --save-mark',
        '-j ACCEPT',
      ]);
    if (table === 'raw') return pick(['-j NOTRACK', '-j DROP', '-j ACCEPT']);
    return pick([
      '-j ACCEPT',
      '-j DROP',
      '-j RETURN',
      '',
      '-j LOG --log-prefix "x: "',
      `-j REJECT${chain === 'PREROUTING' ? '' : pick(['', ' --reject-with icmp-host-prohibited'])}`,
    ]);
  };
  const rule = () => {
    const [table, at] = pick(PLACES);
    const chain = table === 'filter' && chains.length > 0 ? pick([at, ...chains]) : at;
    const where = pick([`-A ${chain}`, `-A ${chain}`, `-I ${chain}`]);
    const words = [`iptables -t ${table} ${where}`, ...match(chain), target(table, chain)].filter(
      (word) => word !== '',
    );
    // A protocol is given once: `-p tcp -p tcp` is a mistake of its own.
    return words.join(' ').replace(/(-p \S+.*) -p tcp (-j)/, '$1 $2');
  };
  const rules = [
    ...chains.map((chain) => `iptables -N ${chain}`),
    ...times(1, 14, rule),
    ...times(0, 2, () => `iptables -P ${pick(['INPUT', 'FORWARD', 'OUTPUT'])} ${pick(['DROP', 'ACCEPT'])}`),
    ...times(0, 2, () => `iptables -D ${pick(['INPUT', 'FORWARD'])} ${number(1, 3)}`),
  ];
  return ['ip link set lo up', ...links, ...routes, ...setCommands, ...rules, ...SHOW]
    .map((line) => `${line}\n`)
    .join('');
}

const BUILT_IN = ['INPUT', 'FORWARD', 'OUTPUT'];

const PLACES = [
  ...BUILT_IN.map((chain) => ['filter', chain] as const),
  ...['PREROUTING', 'OUTPUT', 'POSTROUTING'].map((chain) => ['nat', chain] as const),
  ...['PREROUTING', 'FORWARD', 'POSTROUTING'].map((chain) => ['mangle', chain] as const),
  ['raw', 'PREROUTING'] as const,
];

function setMatch(
  pick: Pick,
  bang: () => string,
  { name, type }: { readonly name: string; readonly type: string },
): string {
  const sides = type
    .split(':')[1]!
    .split(',')
    .map(() => pick(['src', 'dst']));
  return `-m set ${bang()}--match-set ${name} ${sides.join(',')}`;
}
