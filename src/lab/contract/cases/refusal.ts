import type { ContractCase, ContractSection } from '../contract.js';
import { ping, tcp, udp } from '../contract.js';
import { network } from '../network.js';
import { pair, routed } from './networks.js';

const EVERY_WAY = (to: string) => [ping('a', to), tcp('a', to, 80), udp('a', to, 53)];

/** A route that says no, at the sender and at a router. */
const ROUTES: readonly ContractCase[] = ['blackhole', 'unreachable', 'prohibit'].flatMap((type) => [
  {
    name: `${type === 'unreachable' ? 'an' : 'a'} ${type} route of the sender`,
    blueprint: pair({}, { routes: [`${type} 10.0.9.0/24`] }),
    steps: EVERY_WAY('10.0.9.1'),
  },
  {
    name: `${type === 'unreachable' ? 'an' : 'a'} ${type} route of a router`,
    blueprint: routed({ routes: [`${type} 10.0.9.0/24`], iptables: { filter: [] } }),
    // A third error within a second would be one too many (net.ipv4.route.error_burst).
    steps: [ping('a', '10.0.9.1'), tcp('a', '10.0.9.1', 80)],
  },
]);

export const REFUSAL: ContractSection = {
  title: 'routes that say no, and nobody who answers',
  cases: [
    ...ROUTES,
    { name: 'no route at the sender', blueprint: pair(), steps: EVERY_WAY('10.0.9.1') },
    {
      name: 'no route at a router that forwards',
      blueprint: routed({ iptables: { filter: [] } }),
      steps: [ping('a', '10.0.9.1'), tcp('a', '10.0.9.1', 80)],
    },
    {
      name: 'no route at a router, nor one back to the sender',
      blueprint: network(['a eth0 10.0.1.2/24 = r ra 10.0.3.1/24'], {
        a: { routes: ['default via 10.0.3.1 dev eth0 onlink'] },
        r: { sysctls: ['net.ipv4.ip_forward=1', 'net.ipv4.conf.all.rp_filter=0', 'net.ipv4.conf.ra.rp_filter=0'] },
      }),
      steps: [ping('a', '10.0.9.1')],
    },
    {
      name: 'a target that has no route back is silent',
      blueprint: routed({}, { routes: [] }),
      steps: [ping('a', '10.0.2.2'), tcp('a', '10.0.2.2', 80)],
    },
    {
      name: 'ip_forward 0: what is for others vanishes after PREROUTING',
      blueprint: routed({ sysctls: ['net.ipv4.ip_forward=0'], iptables: { raw: [], mangle: [], filter: [] } }),
      steps: EVERY_WAY('10.0.2.2'),
    },
    {
      name: 'nobody on the cable has the address',
      blueprint: pair(),
      steps: EVERY_WAY('10.0.1.9'),
    },
    {
      name: 'nobody on the cable has the address, with tables',
      blueprint: pair({}, { iptables: { filter: [] } }),
      steps: [ping('a', '10.0.1.9')],
    },
    {
      name: 'nobody behind a router has the address: the router says so, after FORWARD and POSTROUTING',
      blueprint: routed({ iptables: { mangle: [], filter: [] } }),
      steps: EVERY_WAY('10.0.2.9'),
    },
    {
      name: 'a gateway that is not there',
      blueprint: pair({}, { routes: ['default via 10.0.1.9'] }),
      steps: [ping('a', '8.8.8.8')],
    },
    {
      name: 'a cable whose other end is down',
      blueprint: network(['a eth0 10.0.1.2/24 = b eth0 10.0.1.3/24 down']),
      steps: [ping('a', '10.0.1.3')],
    },
    {
      name: 'the own device is down',
      blueprint: network(['a eth0 10.0.1.2/24 down = b eth0 10.0.1.3/24']),
      steps: [ping('a', '10.0.1.3'), ping('a', '10.0.1.2')],
    },
    {
      name: 'a permanent neighbour entry with the wrong station',
      blueprint: pair({ iptables: { filter: [] } }, { neighbours: ['eth0 10.0.1.3 02:00:00:00:00:99'] }),
      steps: [ping('a', '10.0.1.3')],
    },
    {
      name: 'a broadcast address',
      blueprint: pair(),
      steps: [
        ping('a', '10.0.1.255'),
        ping('a', '255.255.255.255'),
        tcp('a', '10.0.1.255', 80),
        udp('a', '10.0.1.255', 53),
      ],
    },
    {
      name: 'the TTL ends at the first router, before FORWARD',
      blueprint: routed(
        { iptables: { mangle: [], filter: ['-P FORWARD DROP'] } },
        {},
        { routes: ['default via 10.0.1.1'], sysctls: ['net.ipv4.ip_default_ttl=1'] },
      ),
      steps: EVERY_WAY('10.0.2.2'),
    },
    {
      name: 'a TTL of 1 reaches the router itself',
      blueprint: routed({}, {}, { routes: ['default via 10.0.1.1'], sysctls: ['net.ipv4.ip_default_ttl=1'] }),
      steps: [ping('a', '10.0.1.1'), ping('a', '10.0.2.1')],
    },
    {
      name: 'too long for the next cable: fragmentation needed, before FORWARD',
      blueprint: network(
        ['a eth0 10.0.1.2/24 = r ra 10.0.1.1/24', 'r rb 10.0.2.1/24 mtu 72 = b eth0 10.0.2.2/24 mtu 72'],
        {
          a: { routes: ['default via 10.0.1.1'] },
          r: { sysctls: ['net.ipv4.ip_forward=1'], iptables: { mangle: [], filter: ['-P FORWARD DROP'] } },
          b: { routes: ['default via 10.0.2.1'] },
        },
      ),
      steps: [ping('a', '10.0.2.2')],
    },
  ],
};
