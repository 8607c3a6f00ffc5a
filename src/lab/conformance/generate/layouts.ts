/** The networks that cases begin with: each works before anything is done to it. */
import type { Probe } from '../../../journey/probe.js';
import type { NamespaceWords } from '../../contract/network.js';
import type { Dice } from './dice.js';
import type { Network } from './lexicon.js';

export interface Layout extends Network {
  /** Namespaces on the way: most rules, routes and settings go there. */
  readonly onTheWay: readonly string[];
  readonly probes: readonly Probe['kind'][];
  /** Milliseconds that pass after each packet; 0 for none. */
  readonly pause: number;
}

const ALL = ['ping', 'tcp', 'udp'] as const;

const FORWARD = 'net.ipv4.ip_forward=1';
/** ip_rt_redirect_load (20 ms) << 3: longer than anybody who has sent three redirects waits before the next one. */
const REDIRECTS = 170;
const LISTENS = ['tcp 80', 'udp 53'];

/** Two hosts on one cable. */
function pair(dice: Dice): Layout {
  const secondary = dice.chance(0.3) ? ' 10.0.1.9/24' : '';
  return {
    cables: [`a eth0 10.0.1.2/24 = b eth0 10.0.1.3/24${secondary}`],
    words: { a: {}, b: { listens: LISTENS } },
    onTheWay: ['b'],
    probes: ALL,
    pause: 0,
  };
}

/** A router between two hosts. */
function routed(dice: Dice): Layout {
  const secondary = dice.chance(0.3) ? ' 10.0.2.7/24' : '';
  const foreign = dice.chance(0.4) ? '10.0.5.1/24 ' : '';
  return {
    cables: ['a eth0 10.0.1.2/24 = r ra 10.0.1.1/24', `r rb ${foreign}10.0.2.1/24${secondary} = b eth0 10.0.2.2/24`],
    words: {
      a: { routes: ['default via 10.0.1.1'] },
      r: { sysctls: [FORWARD], listens: dice.some(['tcp 80', 'tcp 22', 'udp 53'], 0.3) },
      b: { routes: ['default via 10.0.2.1'], listens: LISTENS },
    },
    onTheWay: ['r'],
    probes: ALL,
    pause: 0,
  };
}

/** Two routers in a row. */
function chain(): Layout {
  return {
    cables: [
      'a eth0 10.0.1.2/24 = r1 ra 10.0.1.1/24',
      'r1 rr 10.0.2.1/24 = r2 rr 10.0.2.2/24',
      'r2 rb 10.0.3.1/24 = b eth0 10.0.3.2/24',
    ],
    words: {
      a: { routes: ['default via 10.0.1.1'] },
      r1: { sysctls: [FORWARD], routes: ['10.0.3.0/24 via 10.0.2.2'] },
      r2: { sysctls: [FORWARD], routes: ['default via 10.0.2.1'] },
      b: { routes: ['default via 10.0.3.1'], listens: LISTENS },
    },
    onTheWay: ['r1', 'r2'],
    probes: ALL,
    pause: 0,
  };
}

/** A router with two ways to the same host, which answers by one of them. */
function twoWays(dice: Dice): Layout {
  const strict = dice.chance(0.5)
    ? [
        `net.ipv4.conf.${dice.pick(['all', 'all', 'eth1'])}.rp_filter=${dice.weighted([
          [3, 1],
          [1, 2],
        ])}`,
      ]
    : [];
  const crosswise = dice.chance(0.5) ? '10.0.3.2' : '10.0.2.2';
  return {
    cables: [
      'a eth0 10.0.1.2/24 = r ra 10.0.1.1/24',
      'r rb 10.0.2.1/24 = b eth0 10.0.2.2/24 10.0.9.1/24',
      'r rc 10.0.3.1/24 = b eth1 10.0.3.2/24',
    ],
    words: {
      a: { routes: ['default via 10.0.1.1'] },
      r: {
        sysctls: [FORWARD],
        routes: [`10.0.9.0/24 via ${crosswise}`, '10.0.9.0/24 via 10.0.3.2 table 7', '10.0.1.0/24 dev ra table 7'],
        rules: ['100 fwmark 0x1/0x1 table 7'],
      },
      b: { routes: ['10.0.1.0/24 via 10.0.2.1'], listens: LISTENS, sysctls: strict },
    },
    onTheWay: ['r'],
    probes: ALL,
    pause: 0,
  };
}

/**
 * Hosts and a router on one switch: packets leave by the device they came in by. A redirect that comes while connect()
 * holds the socket is not for TCP (tcp_v4_err), and it depends on the machine's load whether it still does: either
 * nobody takes redirects, or nobody speaks TCP.
 */
function oneArmed(dice: Dice): Layout {
  const deaf = dice.chance(0.5);
  const sysctls = deaf ? ['net.ipv4.conf.all.accept_redirects=0', 'net.ipv4.conf.eth0.accept_redirects=0'] : [];
  return {
    cables: [
      'a eth0 10.0.1.2/24 = s p1 in br0',
      'r eth0 10.0.1.1/24 = s p2 in br0',
      'b eth0 10.0.1.3/24 10.0.9.1/24 = s p3 in br0',
    ],
    words: {
      a: { routes: ['default via 10.0.1.1'], sysctls },
      r: { sysctls: [FORWARD], routes: ['10.0.9.0/24 via 10.0.1.3'] },
      b: { routes: ['default via 10.0.1.1'], listens: LISTENS, sysctls },
      s: { kind: 'switch', bridges: ['br0'] },
    },
    onTheWay: ['r'],
    probes: deaf ? ALL : ['ping', 'udp'],
    pause: REDIRECTS,
  };
}

function dockerHost(dice: Dice): NamespaceWords {
  const called = dice.chance(0.7) ? '1' : '0';
  return {
    bridges: ['docker0 172.17.0.1/16'],
    sysctls: [FORWARD, `net.bridge.bridge-nf-call-iptables=${called}`],
  };
}

/** A Docker host, its containers, and a client. */
function docker(dice: Dice): Layout {
  const hairpin = dice.chance(0.3) ? ' hairpin' : '';
  return {
    cables: [
      `c1 eth0 172.17.0.2/16 = h veth1 in docker0${hairpin}`,
      `c2 eth0 172.17.0.3/16 = h veth2 in docker0${hairpin}`,
      'x eth0 10.0.2.2/24 = h ens33 10.0.2.1/24',
    ],
    words: {
      c1: { kind: 'workload', routes: ['default via 172.17.0.1'] },
      c2: { kind: 'workload', routes: ['default via 172.17.0.1'], listens: LISTENS },
      x: { kind: 'outside', routes: ['172.17.0.0/16 via 10.0.2.1'], listens: LISTENS },
      h: dockerHost(dice),
    },
    onTheWay: ['h'],
    probes: ALL,
    pause: 0,
  };
}

/** A Calico node with two containers behind devices without an address. */
function calico(dice: Dice): Layout {
  const guest = ['169.254.1.1 dev eth0 scope link', 'default via 169.254.1.1 dev eth0'];
  const dockerFirst = dice.chance(0.3) ? ['d eth0 172.17.0.2/16 = n docker0 172.17.0.1/16'] : [];
  return {
    cables: [
      ...dockerFirst,
      'x eth0 10.0.2.2/24 = n ens33 10.0.2.1/24',
      'w1 eth0 10.9.0.1/32 = n cali1',
      'w2 eth0 10.9.0.2/32 = n cali2',
    ],
    words: {
      w1: { kind: 'workload', routes: guest },
      w2: { kind: 'workload', routes: guest, listens: LISTENS },
      x: { kind: 'outside', routes: ['10.9.0.0/24 via 10.0.2.1'], listens: ['tcp 80'] },
      n: {
        routes: ['default via 10.0.2.2', '10.9.0.1 dev cali1 scope link', '10.9.0.2 dev cali2 scope link'],
        sysctls: [FORWARD, 'net.ipv4.conf.cali1.proxy_arp=1', 'net.ipv4.conf.cali2.proxy_arp=1'],
      },
    },
    onTheWay: ['n'],
    probes: ALL,
    pause: 0,
  };
}

const LAYOUTS: readonly (readonly [weight: number, make: (dice: Dice) => Layout])[] = [
  [1, pair],
  [6, routed],
  [2, chain],
  [3, twoWays],
  [2, oneArmed],
  [4, docker],
  [2, calico],
];

/** Every device with an Ethernet address of its own, so that rules can speak of it. */
export function makeLayout(dice: Dice): Layout {
  const layout = dice.weighted(LAYOUTS)(dice);
  let last = 0;
  const withMac = (end: string) => `${end} mac 02:00:00:00:01:${(++last).toString(16).padStart(2, '0')}`;
  const pause = layout.pause > 0 || dice.chance(0.1) ? REDIRECTS : 0;
  return { ...layout, pause, cables: layout.cables.map((cable) => cable.split(' = ').map(withMac).join(' = ')) };
}
