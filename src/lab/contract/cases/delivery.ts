import { type ContractSection, ping, tcp, udp } from '../contract.js';
import { network } from '../network.js';
import { pair, routed } from './networks.js';

export const DELIVERY: ContractSection = {
  title: 'delivery',
  cases: [
    {
      name: 'neighbours on one cable ping each other',
      blueprint: pair(),
      steps: [ping('a', '10.0.1.3'), ping('b', '10.0.1.2')],
    },
    {
      name: 'a router takes pings, connections and datagrams both ways',
      blueprint: routed(),
      steps: [ping('a', '10.0.2.2'), tcp('a', '10.0.2.2', 80), udp('a', '10.0.2.2', 53), ping('b', '10.0.1.2')],
    },
    {
      name: 'a closed port refuses: TCP with a reset, UDP with an ICMP error',
      blueprint: routed(),
      steps: [tcp('a', '10.0.2.2', 81), udp('a', '10.0.2.2', 54)],
    },
    {
      name: 'a socket bound to one address does not answer for another',
      blueprint: pair({ listens: ['tcp 80 10.0.1.3'] }),
      steps: [tcp('a', '10.0.1.3', 80), tcp('b', '127.0.0.1', 80)],
    },
    {
      name: 'own addresses and loopback are reached through lo',
      blueprint: pair({ listens: ['tcp 80', 'udp 53'] }),
      steps: [
        ping('b', '127.0.0.1'),
        ping('b', '10.0.1.3'),
        tcp('b', '10.0.1.3', 80),
        tcp('b', '127.0.0.1', 81),
        udp('b', '127.0.0.1', 53),
        udp('b', '10.0.1.3', 54),
      ],
    },
    {
      name: 'the weak host model: any own address is answered on any device, forwarding or not',
      blueprint: routed({ sysctls: ['net.ipv4.ip_forward=0'] }),
      steps: [ping('a', '10.0.2.1'), tcp('a', '10.0.2.1', 80)],
    },
    {
      name: 'an address of a device that is down is answered all the same',
      blueprint: network(['a eth0 10.0.1.2/24 = b eth0 10.0.1.3/24', 'b eth1 10.0.9.1/24 down = c eth0'], {
        a: { routes: ['10.0.9.0/24 via 10.0.1.3'] },
      }),
      steps: [ping('a', '10.0.9.1')],
    },
    {
      name: 'ARP is answered for an address of another device (arp_ignore 0)',
      blueprint: network(['a eth0 10.0.1.2/24 = b eth0 10.0.1.3/24', 'b eth1 10.0.1.9/32 = c eth0']),
      steps: [ping('a', '10.0.1.9')],
    },
    {
      name: 'arp_ignore 1 answers only for addresses of the device that was asked',
      blueprint: network(['a eth0 10.0.1.2/24 = b eth0 10.0.1.3/24', 'b eth1 10.0.1.9/32 = c eth0'], {
        b: { sysctls: ['net.ipv4.conf.all.arp_ignore=1'] },
      }),
      steps: [ping('a', '10.0.1.9'), ping('a', '10.0.1.3')],
    },
    {
      name: 'icmp_echo_ignore_all makes a host silent to pings alone',
      blueprint: pair({ sysctls: ['net.ipv4.icmp_echo_ignore_all=1'], listens: ['tcp 80'] }),
      steps: [ping('a', '10.0.1.3'), tcp('a', '10.0.1.3', 80)],
    },
    {
      name: 'each router takes one from the TTL',
      blueprint: network(
        [
          'a eth0 10.0.1.2/24 = r1 ra 10.0.1.1/24',
          'r1 rb 10.0.3.1/24 = r2 ra 10.0.3.2/24',
          'r2 rb 10.0.2.1/24 = b eth0 10.0.2.2/24',
        ],
        {
          a: { routes: ['default via 10.0.1.1'] },
          r1: { routes: ['10.0.2.0/24 via 10.0.3.2'], sysctls: ['net.ipv4.ip_forward=1'], iptables: { mangle: [] } },
          r2: { routes: ['10.0.1.0/24 via 10.0.3.1'], sysctls: ['net.ipv4.ip_forward=1'], iptables: { mangle: [] } },
          b: { routes: ['default via 10.0.2.1'], iptables: { mangle: [] } },
        },
      ),
      steps: [ping('a', '10.0.2.2'), ping('a', '10.0.3.2')],
    },
  ],
};
