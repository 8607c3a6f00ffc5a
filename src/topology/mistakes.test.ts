import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { expect } from 'chai';
import { TopologyError } from './mistake.js';
import { readTopology } from './read.js';

let directory: string;
before(() => {
  directory = mkdtempSync(join(tmpdir(), 'topology-'));
  writeFileSync(join(directory, 'node03.rules'), '*filter\n-A FORWRD -j DROP\nCOMMIT\n');
});
after(() => rmSync(directory, { recursive: true }));

function mistakesOf(text: string): string[] {
  try {
    readTopology(text, 't.yaml', directory);
  } catch (error) {
    if (error instanceof TopologyError) return error.message.split('\n');
    throw error;
  }
  return [];
}

/** A sound topology that the cases below spoil: everything they say comes after it. */
const LAN = 'lan: { cidr: 10.0.0.0/24, gateway: 10.0.0.254 }\n';
const BASE = `${LAN}nodes: { a: 10.0.0.1, b: 10.0.0.2 }\n`;
const DOCKER = `${BASE}docker: { version: "18.06" }\n`;
const CALICO = `${DOCKER}calico: { version: "2.6.4", pools: [{ cidr: 172.20.0.0/16 }] }\nnetworks: { net1: { driver: calico } }\n`;

const cases: Record<string, [text: string, ...mistakes: string[]][]> = {
  'not YAML': [
    ['', '1:1: the topology is empty; it needs at least `nodes`'],
    ['# nothing\n', '1:1: the topology is empty; it needs at least `nodes`'],
    ['- a\n', '1:1: the topology: expected a mapping, but it is a list'],
    ['lan: 1: 2\n', '1:6: not YAML: Nested mappings are not allowed in compact mappings'],
    ['nodes:\n\ta: 10.0.0.1\n', '2:1: not YAML: Tabs are not allowed as indentation'],
    ['nodes: *all\n', '1:1: not usable YAML: Unresolved alias (the anchor must be set before the alias): all'],
    [`${LAN}nodes:\n  a: 10.0.0.1\n  a: 10.0.0.2\n`, '4:3: `a` is there twice'],
  ],
  keys: [
    [`${BASE}dockr: {}\n`, '3:1: unknown key `dockr` in a topology; did you mean `docker`?'],
    [
      `${BASE}zzz: {}\n`,
      '3:1: unknown key `zzz` in a topology; known keys: description, lan, nodes, outside, docker, calico, kubernetes, networks, workloads, manifests',
    ],
    [`${LAN}nodes:\n  a: { adress: 10.0.0.1 }\n`, '3:8: unknown key `adress` in nodes.a; did you mean `address`?'],
    [
      'lan: { cdir: 10.0.0.0/24 }\nnodes: { a: 10.0.0.1 }\n',
      '1:6: lan needs `cidr`',
      '1:8: unknown key `cdir` in lan; did you mean `cidr`?',
    ],
    [
      'lan: { east: { cidr: 10.0.0.0/24, gatway: 10.0.0.254 } }\nnodes: { a: 10.0.0.1 }\n',
      '1:35: unknown key `gatway` in lan.east; did you mean `gateway`?',
    ],
    [LAN, '1:1: the topology needs `nodes`'],
    [`${LAN}nodes: {}\n`, '2:8: nodes: at least one node is needed'],
    [`${BASE}calico: { version: "2.6.4" }\n`, '3:9: calico needs `pools`'],
    [`${BASE}kubernetes: { version: "1.20" }\n`, '3:1: `kubernetes` is not modelled yet'],
    [`${BASE}manifests: [a.yaml]\n`, '3:1: `manifests` is not modelled yet'],
  ],
  'types and forms': [
    [`description: 5\n${BASE}`, '1:14: description: expected text, but it is the number 5'],
    [
      `${LAN}nodes: { a: [1] }\n`,
      '2:13: nodes.a: expected an IPv4 address such as `172.16.91.225`, or a mapping, but it is a list',
    ],
    [
      `${LAN}nodes:\n  a:\n`,
      '3:3: nodes.a: expected an IPv4 address such as `172.16.91.225`, or a mapping, but it is empty',
    ],
    [`${LAN}nodes: { a: 10.0.0.300 }\n`, '2:13: nodes.a: `10.0.0.300` is not an IPv4 address such as `172.16.91.225`'],
    [
      'lan: { cidr: 10.0.0.1/24 }\nnodes: { a: 10.0.0.1 }\n',
      '1:14: lan.cidr: `10.0.0.1/24` is not a prefix such as `172.16.91.0/24`',
    ],
    [
      'lan: { cidr: 10.0.0.0/33 }\nnodes: { a: 10.0.0.1 }\n',
      '1:14: lan.cidr: `10.0.0.0/33` is not a prefix such as `172.16.91.0/24`',
    ],
    [
      `${LAN}nodes: { a: { interfaces: { eth0: 10.0.0.1 } } }\n`,
      '2:35: nodes.a.interfaces.eth0: `10.0.0.1` is not an address with its prefix length such as `172.16.91.225/24`',
    ],
    [
      `${BASE}docker: { version: 20.10 }\n`,
      '3:20: docker.version: expected a version in quotes such as "18.06", but it is the number 20.10',
    ],
    [`${BASE}docker: { version: "18.06", icc: yes }\n`, '3:34: docker.icc: expected true or false, but it is `yes`'],
    [
      `${LAN}nodes: { 1a: 10.0.0.1 }\n`,
      '2:10: `1a` is not a name (a letter first, then letters, digits, `-`, `_` and `.`, at most 63)',
    ],
    [
      `${LAN}nodes: { a: { address: 10.0.0.1, interface: enp0s31f6u1u2u3x } }\n`,
      '2:45: nodes.a.interface: `enp0s31f6u1u2u3x` is not an interface name (1 to 15 characters, no blank, no `/` and no `:`)',
    ],
    [`${LAN}nodes: { a: { address: 10.0.0.1, listens: [70000] } }\n`, '2:44: nodes.a.listens[0]: a port is 1 to 65535'],
    [
      `${LAN}nodes: { a: { address: 10.0.0.1, listens: [80/tpc] } }\n`,
      '2:44: nodes.a.listens[0]: `80/tpc` is not a port such as `80/tcp` or `53/udp`',
    ],
    [
      `${LAN}nodes: { a: { address: 10.0.0.1, sysctls: { ip_forward: 1 } } }\n`,
      '2:45: `ip_forward` is not a sysctl such as `net.ipv4.ip_forward`',
    ],
    [
      `${CALICO}workloads: { w: { node: a, labels: { app: 1 } } }\n`,
      '6:43: workloads.w.labels.app: expected a label value (at most 63 letters, digits, `-`, `_`, `.`; numbers in quotes), but it is the number 1',
    ],
    [`${CALICO}workloads: { w: { node: a, labels: { a b: x } } }\n`, '6:38: `a b` is not a label name such as `app`'],
    [
      `${DOCKER}calico: { version: "2.6.4", pools: [{ cidr: 172.20.0.0/16, encapsulation: vxlam }] }\n`,
      '4:75: calico.pools[0].encapsulation is `vxlam`; it can be `none`, `ipip`, `ipipCrossSubnet`, `vxlan`, `vxlanCrossSubnet`; did you mean `vxlan`?',
    ],
  ],
  addresses: [
    [
      'lan: { cidr: 10.0.0.0/24, gateway: 10.0.1.254 }\nnodes: { a: 10.0.0.1 }\n',
      '1:36: lan.gateway: 10.0.1.254 is outside 10.0.0.0/24',
    ],
    [`${LAN}nodes: { a: 10.0.9.1 }\n`, '2:13: nodes.a: 10.0.9.1 is on no lan: it is outside 10.0.0.0/24'],
    ['nodes: { a: 10.0.9.1 }\n', '1:13: nodes.a: 10.0.9.1 is on no lan: there is no `lan`'],
    [`${LAN}nodes: { a: 10.0.0.255 }\n`, '2:13: nodes.a: 10.0.0.255 is the broadcast address of 10.0.0.0/24'],
    [`${LAN}nodes: { a: 10.0.0.0 }\n`, '2:13: nodes.a: 10.0.0.0 is the network address of 10.0.0.0/24'],
    [`${LAN}nodes: { a: 10.0.0.1, b: 10.0.0.1 }\n`, '2:26: nodes.b: 10.0.0.1 is the address of nodes.a already'],
    [`${BASE}outside: { c: 10.0.0.254 }\n`, '3:15: outside.c: 10.0.0.254 is the address of lan.gateway already'],
    [
      'lan: { cidr: 10.0.0.0/24 }\nnodes: { a: 10.0.0.1 }\noutside: { c: 8.8.8.8 }\n',
      '3:15: outside.c: 8.8.8.8 is on no lan, and there is no `gateway` that it could be beyond',
    ],
    [
      'lan: { east: { cidr: 10.0.0.0/16 }, west: { cidr: 10.0.1.0/24 } }\nnodes: { a: 10.0.0.1 }\n',
      '1:51: lan.west.cidr: 10.0.1.0/24 overlaps with 10.0.0.0/16 of lan `east`',
    ],
    [`${LAN}nodes: { a: {} }\n`, '2:10: nodes.a has no address: give `address` or `interfaces`'],
    [
      `${LAN}nodes: { a: { address: 10.0.0.1, interfaces: { eth0: 10.0.0.2/24 } } }\n`,
      '2:15: nodes.a: give either `address` or `interfaces`, not both',
    ],
    [`${LAN}nodes: { a: { interfaces: {} } }\n`, '2:15: nodes.a.interfaces: at least one interface is needed'],
    [`${LAN}nodes: { a: { interfaces: { eth0: [] } } }\n`, '2:29: nodes.a.interfaces.eth0 has no address'],
    [
      `${CALICO}workloads: { w: { node: a, address: 10.9.0.1 } }\n`,
      '6:37: workloads.w.address: 10.9.0.1 is outside every pool (172.20.0.0/16)',
    ],
    [
      `${CALICO}workloads: { w: { node: a, address: 172.20.0.1 }, v: { node: a, address: 172.20.0.1 } }\n`,
      '6:74: workloads.v.address: 172.20.0.1 is the address of workloads.w.address already',
    ],
    [
      `${DOCKER}calico: { version: "2.6.4", pools: [{ cidr: 10.8.0.0/15 }, { cidr: 10.9.0.0/16 }] }\n`,
      '4:68: calico.pools[1].cidr: 10.9.0.0/16 overlaps with pool 10.8.0.0/15',
    ],
  ],
  names: [
    [`${CALICO}workloads: { w: { node: bb } }\n`, '6:25: workloads.w: there is no node `bb`'],
    [
      `${CALICO}workloads: { w: { node: a, network: nett1 } }\n`,
      '6:37: workloads.w.network: there is no network `nett1`; did you mean `net1`?',
    ],
    [`${CALICO}workloads: { b: { node: a } }\n`, '6:14: a workload cannot be called `b`: that is the name of a node'],
    [
      `${BASE}outside: { gateway: 10.0.0.9 }\n`,
      '3:12: an outside host cannot be called `gateway`: that is the name of the router of the lan',
    ],
    [`${BASE}docker: { version: "18.06", on: [a, mastr] }\n`, '3:37: docker.on: there is no node `mastr`'],
    [`${BASE}docker: { version: "18.06", bip: { c: 172.17.1.1/24 } }\n`, '3:36: docker.bip.c: there is no node `c`'],
    [
      `${DOCKER}networks: { n: { driver: calico } }\n`,
      '4:26: networks.n.driver: driver `calico` needs `calico`, which the topology does not have',
    ],
    [
      `${CALICO}workloads: { w: { node: a, namespace: test } }\n`,
      '6:28: workloads.w.namespace: Kubernetes is not modelled yet',
    ],
    [
      `${CALICO}workloads: { w: { node: a, interface: cali1 }, v: { node: a, interface: cali1 } }\n`,
      '6:73: workloads.v.interface: `cali1` is an interface of workloads.w already',
    ],
    [
      `${CALICO}workloads: { w: { node: a, interface: ens33 } }\n`,
      '6:39: workloads.w.interface: `ens33` is an interface of nodes.a already',
    ],
    [
      `${LAN}nodes: { a: { interfaces: { lo: 10.0.0.1/24 } } }\n`,
      '2:29: nodes.a.interfaces.lo: every host has a `lo` of its own',
    ],
  ],
  platforms: [
    [
      `${BASE}docker: { version: "18.06" }\ncalico: { version: "3.7", pools: [{ cidr: 172.20.0.0/16 }] }\n`,
      '4:20: Calico 3.7 is not modelled; Felix 2.4 to 2.6 is',
    ],
    [
      `${DOCKER}calico: { version: "2.6.4", pools: [{ cidr: 172.20.0.0/16, encapsulation: vxlan }] }\n`,
      '4:75: pool 172.20.0.0/16 asks for encapsulation vxlan, which is not modelled yet; only none is',
    ],
    [`${BASE}workloads: { w: { node: a } }\n`, '3:17: no platform connects workload w on a'],
    [`${BASE}docker: { version: "17.03" }\n`, '3:20: Docker 17.03 is not modelled; Docker 17.06 to 27.x is'],
    [
      `${BASE}docker: { version: "18.06", on: [b] }\nworkloads: { w: { node: a } }\n`,
      '4:25: Docker does not run on a, where w is',
    ],
  ],
  texts: [
    [
      `${LAN}nodes:\n  a: { address: 10.0.0.1, routes: [default vai 10.0.0.9] }\n`,
      '3:36: nodes.a.routes[0]: `vai` is no word of a route; did you mean `via`?',
    ],
    [
      `${LAN}nodes:\n  a: { address: 10.0.0.1, routes: [10.1.0.0/16 dev ens3] }\n`,
      '3:36: nodes.a.routes[0]: no interface `ens3` there, and `commands` make none of that name; did you mean `ens33`?',
    ],
    [
      `${LAN}nodes:\n  a: { address: 10.0.0.1, iptables: node3.rules }\n`,
      '3:37: nodes.a.iptables: there is no file `node3.rules` in DIRECTORY; did you mean `node03.rules`?',
    ],
    [
      `${LAN}nodes:\n  a:\n    address: 10.0.0.1\n    iptables: |\n      *filter\n      -A FORWARD -j DROP\n      -A FORWRD -j DROP\n      COMMIT\n`,
      '8:10: iptables-restore: the filter table has no chain FORWRD; did you mean FORWARD?',
    ],
    [
      `${LAN}nodes:\n  a: { address: 10.0.0.1, iptables: "-A FORWRD -j DROP" }\n`,
      '3:41: iptables: No chain/target/match by that name. (the filter table has no chain FORWRD); did you mean FORWARD?',
    ],
    [
      `${LAN}nodes:\n  a:\n    address: 10.0.0.1\n    iptables: |\n      -A INPUT -p tcp --dprt 80 -j DROP\n      -A INPUT -s 10.0.0.300 -j DROP\n`,
      '6:23: iptables v1.8.9 (legacy): unknown option "--dprt"; did you mean --dport?',
      "7:19: iptables v1.8.9 (legacy): host/network `10.0.0.300' not found",
    ],
    [
      `${LAN}nodes:\n  a:\n    address: 10.0.0.1\n    ipsets: |\n      crate x hash:ip\n`,
      '6:7: ipset v7.17: No command specified: unknown argument crate; did you mean create?',
    ],
  ],
  'published ports': [
    ...(
      [
        ['80', '80: the port of the node is missing, and Docker would draw one; say which, as in `8080:80`'],
        [
          '127.0.0.1::80',
          '127.0.0.1::80: the port of the node is missing, and Docker would draw one; say which, as in `8080:80`',
        ],
        ['70000:80', '70000:80: `70000` is not a port; ports are 1 to 65535'],
        ['8080:0', '8080:0: `0` is not a port; ports are 1 to 65535'],
        ['http:80', 'http:80: `http` is not a port; ports are 1 to 65535'],
        ['8000-8010:80-90', '8000-8010:80-90: ranges are not modelled; publish each port by itself'],
        ['10.0.0.300:8080:80', '10.0.0.300:8080:80: `10.0.0.300` is not an IPv4 address'],
        ['8080:80/tpc', '8080:80/tpc: `tpc` cannot be published; ports are tcp or udp; did you mean `tcp`?'],
        ['8080:80/sctp', '8080:80/sctp: `sctp` cannot be published; ports are tcp or udp'],
        ['8080/80', '8080/80: `80` cannot be published; ports are tcp or udp'],
        ['1:2:3:4', '`1:2:3:4` is not a published port such as `8080:80` or `127.0.0.1:8443:443/tcp`'],
      ] as const
    ).map(([port, says]): [string, string] => [
      `${DOCKER}workloads: { w: { node: a, publish: ["${port}"] } }\n`,
      `4:38: workloads.w.publish[0]: ${says}`,
    ]),
    [
      `${DOCKER}workloads: { w: { node: a, publish: [8080] } }\n`,
      '4:38: workloads.w.publish[0]: expected a published port such as `8080:80`, but it is the number 8080',
    ],
    [
      `${DOCKER}workloads: { w: { node: a, publish: 8080:80 } }\n`,
      '4:37: workloads.w.publish: expected a list, but it is `8080:80`',
    ],
    [
      `${DOCKER}workloads: { w: { node: a, publsh: [8080:80] } }\n`,
      '4:28: unknown key `publsh` in workloads.w; did you mean `publish`?',
    ],
    [
      `${DOCKER}workloads: { v: { node: a, publish: [8080:80] }, w: { node: a, publish: [81:80, 8080:81] } }\n`,
      '4:81: port 8080/tcp of a is published by v already',
    ],
    [
      `${DOCKER}workloads: { v: { node: a, publish: [8080:80] }, w: { node: a, publish: [10.0.0.1:8080:80] } }\n`,
      '4:74: port 8080/tcp of a is published by v already',
    ],
    [
      `${LAN}nodes: { a: { address: 10.0.0.1, listens: [8080] } }\ndocker: { version: "18.06" }\nworkloads: { w: { node: a, publish: [8080:80] } }\n`,
      '4:38: something on a listens on port 8080/tcp already',
    ],
    [`${DOCKER}workloads: { w: { node: a, publish: [10.0.0.2:8080:80] } }\n`, '4:38: a has no address 10.0.0.2'],
    [
      `${CALICO}workloads: { w: { node: a, publish: [8080:80] } }\n`,
      '6:37: w is in network net1 of driver calico; ports are published for bridge networks only',
    ],
    [
      `${DOCKER}networks: { vault: { driver: bridge, internal: true } }\nworkloads: { w: { node: a, publish: [8080:80] } }\n`,
      '5:37: w is in network vault, which is internal and publishes no ports',
    ],
  ],
  'bridge networks': [
    [
      `${DOCKER}networks: { bridge: { driver: bridge } }\n`,
      "4:13: networks.bridge: that is Docker's own name for the network of docker0",
    ],
    [
      `${CALICO}`.replace('{ driver: calico }', '{ driver: calico, internal: true }'),
      '5:37: networks.net1.internal: only for driver `bridge`, and this one is `calico`',
    ],
    [
      `${DOCKER}networks: { n: { driver: bridge, internl: true } }\n`,
      '4:34: unknown key `internl` in networks.n; did you mean `internal`?',
    ],
    [
      `${DOCKER}networks: { n: { driver: bridge, ipMasq: 0 } }\n`,
      '4:42: networks.n.ipMasq: expected true or false, but it is the number 0',
    ],
    [
      `${DOCKER}networks: { n: { driver: bridge, bridge: br-name-of-15ch } }\nworkloads: { w: { node: a, network: brigde } }\n`,
      '5:37: workloads.w.network: there is no network `brigde`; did you mean `bridge`?',
    ],
    [
      `${DOCKER}networks: { n: { driver: bridge, bridge: ens33 } }\n`,
      '4:42: bridge ens33 of network n is an interface of a already',
    ],
    [
      `${DOCKER}networks: { n: { driver: bridge, bridge: br1 }, m: { driver: bridge, bridge: br1 } }\n`,
      '4:78: bridge br1 of network m is an interface of a already',
    ],
    [
      `${BASE}docker: { version: "18.06", userlandProxi: false }\n`,
      '3:29: unknown key `userlandProxi` in docker; did you mean `userlandProxy`?',
    ],
  ],
  'texts that only the whole network shows to be wrong': [
    [
      `${LAN}nodes:\n  a:\n    address: 10.0.0.1\n    ipsets: |\n      create a hash:ip\n      add b 10.0.0.1\n`,
      '7:11: ipset v7.17: The set with the given name does not exist',
    ],
  ],
  'no mistake that another one only causes': [
    [
      'lan: { cidr: 10.0.0.0/99 }\nnodes: { a: 10.0.0.1 }\noutside: { c: 10.0.0.2 }\n',
      '1:14: lan.cidr: `10.0.0.0/99` is not a prefix such as `172.16.91.0/24`',
    ],
    [
      `${LAN}nodes: { a: 10.0.0 }\ndocker: { version: "18.06" }\nworkloads: { w: { node: a } }\n`,
      '2:13: nodes.a: `10.0.0` is not an IPv4 address such as `172.16.91.225`',
    ],
    [
      `${BASE}docker: { version: 18.06 }\nnetworks: { n: { driver: bridge } }\n`,
      '3:20: docker.version: expected a version in quotes such as "18.06", but it is the number 18.06',
    ],
  ],
};

describe('mistakes in a topology', () => {
  for (const [kind, all] of Object.entries(cases)) {
    describe(kind, () => {
      for (const [text, ...mistakes] of all) {
        it(mistakes[0]!, () => {
          const expected = mistakes.map((mistake) => `t.yaml:${mistake.replace('DIRECTORY', directory)}`);
          expect(mistakesOf(text)).to.deep.equal(expected);
        });
      }
    });
  }

  it('are all told at once, in the order of the text', () => {
    const text = `zzz: 1\n${LAN}nodes:\n  a: 10.0.0.300\n  b: { adress: 10.0.0.2 }\nworkloads: { w: { node: c } }\n`;
    expect(mistakesOf(text).map((mistake) => mistake.split(':')[1])).to.deep.equal(['1', '4', '5', '6']);
  });

  it('in a file that the topology names are placed in that file', () => {
    const [mistake] = mistakesOf(`${LAN}nodes:\n  a: { address: 10.0.0.1, iptables: node03.rules }\n`);
    expect(mistake).to.equal(
      `${join(directory, 'node03.rules')}:2:4: iptables-restore: the filter table has no chain FORWRD; did you mean FORWARD?`,
    );
  });

  it('in a doc string are placed in the feature that holds it', () => {
    const read = () => readTopology('nodes:\n  a: 10.0.0.300\n', { file: 'f.feature', line: 12, column: 7 });
    expect(read).to.throw(TopologyError, 'f.feature:13:12: nodes.a: `10.0.0.300` is not an IPv4 address');
  });
});
