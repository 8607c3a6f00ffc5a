import { type ContractSection, ping, run, tcp } from '../contract.js';
import { type NamespaceWords, network } from '../network.js';
import { routed } from './networks.js';

/** a reaches b (10.0.9.1) through r1 or r2; both and b know the way back. */
function twoWays(a: Parameters<typeof network>[1] = {}) {
  return network(
    [
      'a eth1 10.0.1.2/24 = r1 ra 10.0.1.1/24',
      'a eth2 10.0.2.2/24 = r2 ra 10.0.2.1/24',
      'r1 rb 10.0.3.1/24 = b eth1 10.0.3.2/24',
      'r2 rb 10.0.4.1/24 = b eth2 10.0.4.2/24',
      'b eth9 10.0.9.1/24 = c eth0 10.0.9.2/24',
    ],
    {
      r1: { sysctls: ['net.ipv4.ip_forward=1'], routes: ['10.0.9.0/24 via 10.0.3.2', '10.0.2.0/24 via 10.0.1.2'] },
      r2: { sysctls: ['net.ipv4.ip_forward=1'], routes: ['10.0.9.0/24 via 10.0.4.2', '10.0.1.0/24 via 10.0.2.2'] },
      b: { routes: ['10.0.1.0/24 via 10.0.3.1', '10.0.2.0/24 via 10.0.4.1'] },
      ...a,
    },
  );
}

/** a sends from 10.0.1.2 by the wrong cable; it knows r's station, because ARP would be filtered, too. */
function wrongCable(r: NamespaceWords) {
  return network(
    [
      'a eth1 10.0.1.2/24 = r ra 10.0.1.1/24',
      'a eth2 10.0.3.2/24 = r rc 10.0.3.1/24 mac 02:00:00:00:00:0c',
      'r rb 10.0.2.1/24 = b eth0 10.0.2.2/24',
    ],
    {
      a: { routes: ['10.0.2.0/24 via 10.0.3.1 src 10.0.1.2'], neighbours: ['eth2 10.0.3.1 02:00:00:00:00:0c'] },
      r: { ...r, sysctls: ['net.ipv4.ip_forward=1', ...(r.sysctls ?? [])] },
      b: { routes: ['default via 10.0.2.1'] },
    },
  );
}

export const ROUTING: ContractSection = {
  title: 'routing',
  cases: [
    {
      name: 'the longest prefix wins',
      blueprint: twoWays({ a: { routes: ['10.0.0.0/16 via 10.0.1.1', '10.0.9.0/24 via 10.0.2.1'] } }),
      steps: [ping('a', '10.0.9.1')],
    },
    {
      name: 'the lower metric wins',
      blueprint: twoWays({
        a: { routes: ['10.0.9.0/24 via 10.0.1.1 metric 20', '10.0.9.0/24 via 10.0.2.1 metric 10'] },
      }),
      steps: [ping('a', '10.0.9.1')],
    },
    {
      name: 'of two routes alike the one installed first wins',
      blueprint: twoWays({ a: { routes: ['10.0.9.0/24 via 10.0.2.1', '10.0.9.0/24 via 10.0.1.1'] } }),
      steps: [ping('a', '10.0.9.1')],
    },
    {
      name: 'a rule for the destination chooses another table',
      blueprint: twoWays({
        a: {
          routes: ['10.0.9.0/24 via 10.0.1.1', 'default via 10.0.2.1 table 7'],
          rules: ['100 to 10.0.9.0/24 table 7'],
        },
      }),
      steps: [ping('a', '10.0.9.1')],
    },
    {
      name: 'throw goes on with the next rule',
      blueprint: twoWays({
        a: {
          routes: ['10.0.9.0/24 via 10.0.1.1', 'throw 10.0.9.0/24 table 7', 'default via 10.0.2.1 table 7'],
          rules: ['100 to 10.0.0.0/8 table 7'],
        },
      }),
      steps: [ping('a', '10.0.9.1')],
    },
    {
      name: 'a rule for the incoming device',
      blueprint: network(
        [
          'a eth0 10.0.1.2/24 = r ra 10.0.1.1/24',
          'r rb 10.0.2.1/24 = b eth0 10.0.2.2/24',
          'r rc 10.0.3.1/24 = c eth0 10.0.2.2/24',
        ],
        {
          a: { routes: ['default via 10.0.1.1'] },
          r: {
            sysctls: ['net.ipv4.ip_forward=1'],
            routes: ['10.0.2.2 dev rc table 7'],
            rules: ['100 iif ra table 7'],
            iptables: { filter: [] },
          },
          c: { routes: ['default dev eth0'] },
        },
      ),
      steps: [ping('a', '10.0.2.2'), ping('r', '10.0.2.2')],
    },
    {
      name: 'a mark chooses the table of a forwarded packet',
      blueprint: network(
        [
          'a eth0 10.0.1.2/24 = r ra 10.0.1.1/24',
          'r rb 10.0.2.1/24 = b eth0 10.0.2.2/24',
          'r rc 10.0.3.1/24 = c eth0 10.0.2.2/24',
        ],
        {
          a: { routes: ['default via 10.0.1.1'] },
          b: { routes: ['default via 10.0.2.1'] },
          r: {
            sysctls: ['net.ipv4.ip_forward=1'],
            routes: ['10.0.2.2 dev rc table 7'],
            rules: ['100 fwmark 0x10/0xff table 7'],
            iptables: { mangle: ['-A PREROUTING -p tcp -j MARK --set-xmark 0x10/0xff'] },
          },
          c: { routes: ['default dev eth0'] },
        },
      ),
      steps: [ping('a', '10.0.2.2'), tcp('a', '10.0.2.2', 80)],
    },
    {
      name: 'the source is the primary address of the subnet of the next hop',
      blueprint: network(['a eth0 10.0.5.2/24 10.0.1.2/24 10.0.1.7/24 = b eth0 10.0.1.3/24 10.0.5.3/24']),
      steps: [ping('a', '10.0.1.3'), ping('a', '10.0.5.3')],
    },
    {
      name: 'src of a route overrides',
      blueprint: network(['a eth0 10.0.1.2/24 10.0.1.7/24 = b eth0 10.0.1.3/24'], {
        a: { routes: ['10.0.1.3 dev eth0 src 10.0.1.7'] },
      }),
      steps: [ping('a', '10.0.1.3')],
    },
    {
      name: 'over a device without an address the source is the first suitable address in the order of registration',
      blueprint: network(
        ['a eth0 = b eth0 10.0.1.3/24', 'a eth1 10.0.7.2/24 = c eth0', 'a eth2 10.0.8.2/24 = d eth0'],
        {
          a: { routes: ['10.0.1.3 dev eth0'] },
          b: { routes: ['default dev eth0'] },
        },
      ),
      steps: [ping('a', '10.0.1.3')],
    },
    {
      name: 'rp_filter 1 drops what came in by the wrong device, after PREROUTING',
      blueprint: wrongCable({ sysctls: ['net.ipv4.conf.all.rp_filter=1'], iptables: { mangle: [], filter: [] } }),
      steps: [ping('a', '10.0.2.2')],
    },
    {
      name: 'rp_filter 2 is content with any route to the source',
      blueprint: wrongCable({ sysctls: ['net.ipv4.conf.all.rp_filter=2'], iptables: { filter: [] } }),
      steps: [ping('a', '10.0.2.2')],
    },
    {
      name: 'rp_filter: the greater number of all and the device counts, and 2 is the looser',
      blueprint: wrongCable({
        sysctls: ['net.ipv4.conf.all.rp_filter=1', 'net.ipv4.conf.rc.rp_filter=2'],
        iptables: { filter: [] },
      }),
      steps: [ping('a', '10.0.2.2')],
    },
    {
      name: 'rp_filter 1 of the device alone',
      blueprint: wrongCable({ sysctls: ['net.ipv4.conf.rc.rp_filter=1'], iptables: { filter: [] } }),
      steps: [ping('a', '10.0.2.2')],
    },
    {
      name: 'the rpfilter match does the same in a table',
      blueprint: wrongCable({
        iptables: {
          raw: [
            '-A PREROUTING -m rpfilter',
            '-A PREROUTING -m rpfilter --loose',
            '-A PREROUTING -m rpfilter --invert -j DROP',
          ],
        },
      }),
      steps: [ping('a', '10.0.3.1'), ping('a', '10.0.2.2')],
    },
    {
      name: 'rp_filter 2 without any route to the source',
      blueprint: network(['a eth0 10.0.1.2/24 = b eth0 10.0.7.3/24 mac 02:00:00:00:00:0b'], {
        a: { routes: ['10.0.7.0/24 dev eth0'], neighbours: ['eth0 10.0.7.3 02:00:00:00:00:0b'] },
        b: { sysctls: ['net.ipv4.conf.eth0.rp_filter=2'], iptables: { mangle: [], filter: [] } },
      }),
      steps: [ping('a', '10.0.7.3')],
    },
    {
      name: 'rp_filter refuses ARP requests, too',
      blueprint: network(['a eth0 10.0.1.2/24 = b eth0 10.0.7.3/24'], {
        a: { routes: ['10.0.7.0/24 dev eth0'] },
        b: { sysctls: ['net.ipv4.conf.all.rp_filter=1'] },
      }),
      steps: [ping('a', '10.0.7.3')],
    },
    {
      name: 'without rp_filter the ARP request is answered, and the reply has no route',
      blueprint: network(['a eth0 10.0.1.2/24 = b eth0 10.0.7.3/24'], {
        a: { routes: ['10.0.7.0/24 dev eth0'] },
        b: { sysctls: ['net.ipv4.conf.all.rp_filter=0', 'net.ipv4.conf.eth0.rp_filter=0'] },
      }),
      steps: [ping('a', '10.0.7.3')],
    },
    {
      name: "a packet from one of the receiver's own addresses is a martian",
      blueprint: network(
        ['a eth0 10.0.1.2/24 10.0.8.1/32 = b eth0 10.0.1.3/24 mac 02:00:00:00:00:0b', 'b eth1 10.0.8.1/24 = c eth0'],
        {
          a: { routes: ['10.0.1.3 dev eth0 src 10.0.8.1'], neighbours: ['eth0 10.0.1.3 02:00:00:00:00:0b'] },
          b: { iptables: { mangle: [], filter: [] } },
        },
      ),
      steps: [ping('a', '10.0.1.3')],
    },
    {
      name: "an ARP request from one of the receiver's own addresses is not answered",
      blueprint: network(['a eth0 10.0.1.2/24 10.0.8.1/32 = b eth0 10.0.1.3/24', 'b eth1 10.0.8.1/24 = c eth0'], {
        a: { routes: ['10.0.1.3 dev eth0 src 10.0.8.1'] },
      }),
      steps: [ping('a', '10.0.1.3')],
    },
    {
      name: 'a router that sends a packet back where it came from tells its sender of the better gateway',
      blueprint: network(
        [
          'a eth0 10.0.1.2/24 = s p1 in br0',
          'r1 eth0 10.0.1.1/24 = s p2 in br0',
          'r2 eth0 10.0.1.9/24 = s p3 in br0',
          'r2 eth1 10.0.2.1/24 = b eth0 10.0.2.2/24',
        ],
        {
          s: { kind: 'switch', bridges: ['br0'] },
          a: { routes: ['default via 10.0.1.1'] },
          r1: { sysctls: ['net.ipv4.ip_forward=1'], routes: ['10.0.2.0/24 via 10.0.1.9'] },
          r2: { sysctls: ['net.ipv4.ip_forward=1'] },
          b: { routes: ['default via 10.0.2.1'] },
        },
      ),
      steps: [ping('a', '10.0.2.2')],
    },
    {
      name: 'a redirect about a connection whose translation is not settled yet is swallowed by nat',
      blueprint: network(
        [
          'a eth0 10.0.1.2/24 = s p1 in br0',
          'r1 eth0 10.0.1.1/24 = s p2 in br0',
          'r2 eth0 10.0.1.9/24 = s p3 in br0',
          'r2 eth1 10.0.2.1/24 = b eth0 10.0.2.2/24',
        ],
        {
          s: { kind: 'switch', bridges: ['br0'] },
          a: { routes: ['default via 10.0.1.1'] },
          r1: {
            sysctls: ['net.ipv4.ip_forward=1'],
            routes: ['10.0.2.0/24 via 10.0.1.9'],
            iptables: { mangle: [], nat: ['-A POSTROUTING -p tcp -j MASQUERADE'], filter: ['-P FORWARD DROP'] },
          },
          r2: { sysctls: ['net.ipv4.ip_forward=1'] },
          b: { routes: ['default via 10.0.2.1'] },
        },
      ),
      steps: [ping('a', '10.0.2.2')],
    },
    {
      name: 'send_redirects 0 sends none',
      blueprint: network(['a eth0 10.0.1.2/24 = r eth0 10.0.1.1/24 10.0.2.1/24'], {
        a: { routes: ['10.0.2.0/24 via 10.0.1.1'] },
        r: {
          sysctls: [
            'net.ipv4.ip_forward=1',
            'net.ipv4.conf.all.send_redirects=0',
            'net.ipv4.conf.eth0.send_redirects=0',
          ],
          iptables: { mangle: [] },
        },
      }),
      steps: [ping('a', '10.0.2.9')],
    },
    {
      name: 'a rule for the source routes what is forwarded',
      blueprint: network(
        [
          'a eth0 10.0.1.2/24 = r ra 10.0.1.1/24',
          'r rb 10.0.2.1/24 = b eth0 10.0.2.2/24',
          'r rc 10.0.3.1/24 = c eth0 10.0.2.2/24',
        ],
        {
          a: { routes: ['default via 10.0.1.1'] },
          c: { routes: ['default via 10.0.3.1 dev eth0 onlink'] },
          r: {
            sysctls: ['net.ipv4.ip_forward=1', 'net.ipv4.conf.all.rp_filter=0'],
            routes: ['10.0.2.2 dev rc table 7'],
            rules: ['100 from 10.0.1.0/24 table 7'],
          },
        },
      ),
      steps: [ping('a', '10.0.2.2'), ping('r', '10.0.2.2')],
    },
    {
      name: 'a device that was down for a moment has lost its routes but the connected ones',
      blueprint: routed(),
      steps: [
        run('a', 'ip link set eth0 down; ip link set eth0 up'),
        ping('a', '10.0.1.1'),
        ping('a', '10.0.2.2'),
        run('a', 'ip route add default via 10.0.1.1'),
        ping('a', '10.0.2.2'),
      ],
    },
    {
      name: 'without lo up the own addresses are silent',
      blueprint: routed(),
      steps: [run('a', 'ip link set lo down'), ping('a', '10.0.1.2'), ping('a', '10.0.1.1'), ping('a', '127.0.0.1')],
    },
    {
      name: 'a deleted address takes its routes along',
      blueprint: routed(),
      steps: [run('r', 'ip addr del 10.0.2.1/24 dev rb'), ping('a', '10.0.2.2'), ping('a', '10.0.2.1')],
    },
    {
      name: 'a host on the cable of another subnet is reached by an onlink gateway',
      blueprint: network(['a eth0 10.0.1.2/24 = r eth0 10.0.7.1/24'], {
        a: { routes: ['default via 10.0.7.1 dev eth0 onlink'] },
        r: { routes: ['10.0.1.2 dev eth0'] },
      }),
      steps: [ping('a', '10.0.7.1')],
    },
    {
      name: 'forwarding may be off on one device alone',
      blueprint: routed({ sysctls: ['net.ipv4.conf.ra.forwarding=0'], iptables: { filter: [] } }),
      steps: [ping('a', '10.0.2.2'), ping('b', '10.0.1.2')],
    },
  ],
};
