import { type ContractSection, ping, run, tcp, udp } from '../contract.js';
import { network } from '../network.js';
import { calico, docker, routed } from './networks.js';

const LIST = run('r', 'conntrack -L');
const PUBLISH = '-A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.0.2.2:80';

export const NAT: ContractSection = {
  title: 'address translation',
  cases: [
    {
      name: 'MASQUERADE takes the primary address of the outgoing device',
      blueprint: routed({ iptables: { nat: ['-A POSTROUTING -o rb -j MASQUERADE'], mangle: [], filter: [] } }),
      steps: [ping('a', '10.0.2.2'), tcp('a', '10.0.2.2', 80), udp('a', '10.0.2.2', 53), LIST],
    },
    {
      name: 'MASQUERADE prefers the address in the subnet of the next hop, never a secondary one',
      blueprint: network(
        ['a eth0 10.0.1.2/24 = r ra 10.0.1.1/24', 'r rb 10.0.5.1/24 10.0.2.1/24 10.0.2.7/24 = b eth0 10.0.2.2/24'],
        {
          a: { routes: ['default via 10.0.1.1'] },
          r: { sysctls: ['net.ipv4.ip_forward=1'], iptables: { nat: ['-A POSTROUTING -o rb -j MASQUERADE'] } },
        },
      ),
      steps: [ping('a', '10.0.2.2')],
    },
    {
      name: 'MASQUERADE out of a device without an address takes the first suitable one in the order of registration',
      blueprint: calico({ iptables: { nat: ['-A POSTROUTING -o cali1 -j MASQUERADE'] } }),
      steps: [ping('x', '10.9.0.1')],
    },
    {
      name: 'MASQUERADE out of a device without an address takes the address of docker0, if that was there first',
      blueprint: calico({ iptables: { nat: ['-A POSTROUTING -o cali1 -j MASQUERADE'] } }, [
        'd eth0 172.17.0.2/16 = n docker0 172.17.0.1/16',
      ]),
      steps: [ping('x', '10.9.0.1')],
    },
    {
      name: 'SNAT to an own address',
      blueprint: routed({
        iptables: { nat: ['-A POSTROUTING -s 10.0.1.0/24 -j SNAT --to-source 10.0.2.1'], filter: [] },
      }),
      steps: [ping('a', '10.0.2.2'), tcp('a', '10.0.2.2', 80), LIST],
    },
    {
      name: 'SNAT to an address of nobody: the answer finds no way',
      blueprint: routed({ iptables: { nat: ['-A POSTROUTING -s 10.0.1.0/24 -j SNAT --to-source 10.0.2.99'] } }),
      steps: [ping('a', '10.0.2.2')],
    },
    {
      name: 'SNAT to a range of ports',
      blueprint: routed({
        iptables: { nat: ['-A POSTROUTING -p udp -j SNAT --to-source 10.0.2.1:7000'], filter: [] },
      }),
      steps: [udp('a', '10.0.2.2', 53), LIST],
    },
    {
      name: 'a published port: DNAT, and the way back undone',
      blueprint: routed({ iptables: { raw: [], mangle: [], nat: [PUBLISH], filter: [] } }),
      steps: [tcp('a', '10.0.1.1', 8080), tcp('a', '10.0.2.1', 8080), LIST],
    },
    {
      name: 'DNAT of an address alone keeps the port',
      blueprint: routed(
        { iptables: { nat: ['-A PREROUTING -d 10.0.1.77/32 -j DNAT --to-destination 10.0.2.2'] } },
        {},
        {
          routes: ['10.0.1.77 via 10.0.1.1', 'default via 10.0.1.1'],
        },
      ),
      steps: [ping('a', '10.0.1.77'), tcp('a', '10.0.1.77', 80), udp('a', '10.0.1.77', 54)],
    },
    {
      name: 'errors about a translated packet are translated back, header quoted inside and all',
      blueprint: routed({
        iptables: {
          nat: [
            '-A PREROUTING -p udp -j DNAT --to-destination 10.0.2.2:54',
            '-A PREROUTING -p tcp -j DNAT --to-destination 10.0.2.2:81',
            '-A POSTROUTING -o rb -j MASQUERADE',
          ],
          filter: [],
        },
      }),
      steps: [udp('a', '10.0.1.1', 1053), tcp('a', '10.0.1.1', 1080)],
    },
    {
      name: 'an error of the router about a masqueraded packet goes to itself, and is turned round in OUTPUT',
      blueprint: routed({ iptables: { nat: ['-A POSTROUTING -o rb -j MASQUERADE'], mangle: [], filter: [] } }),
      steps: [ping('a', '10.0.2.9')],
    },
    {
      name: 'an error of the router about a translated packet that FORWARD rejects',
      blueprint: routed({ iptables: { nat: [PUBLISH], filter: ['-A FORWARD -p tcp -m tcp --dport 80 -j REJECT'] } }),
      steps: [tcp('a', '10.0.1.1', 8080)],
    },
    {
      name: 'REDIRECT goes to the primary address of the incoming device',
      blueprint: routed({
        listens: ['tcp 8080', 'udp 5353'],
        iptables: {
          nat: [
            '-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080',
            '-A PREROUTING -p udp -m udp --dport 53 -j REDIRECT --to-ports 5353',
          ],
          filter: [],
        },
      }),
      steps: [tcp('a', '10.0.2.2', 80), udp('a', '10.0.2.2', 53), LIST],
    },
    {
      name: 'REDIRECT in OUTPUT goes to 127.0.0.1',
      blueprint: routed({
        listens: ['tcp 8080'],
        iptables: { nat: ['-A OUTPUT -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080'], mangle: [], filter: [] },
      }),
      steps: [tcp('r', '10.0.2.2', 80)],
    },
    {
      name: 'PREROUTING never sees what the host itself sends',
      blueprint: routed({ iptables: { nat: [PUBLISH], filter: [] } }),
      steps: [tcp('r', '10.0.1.1', 8080), tcp('r', '10.0.2.2', 8080)],
    },
    {
      name: 'DNAT in OUTPUT routes anew: filter still sees the old device, the source stays',
      blueprint: routed({
        iptables: {
          mangle: [],
          nat: ['-A OUTPUT -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.0.2.2:80'],
          filter: [],
        },
      }),
      steps: [tcp('r', '10.0.1.1', 8080), tcp('r', '10.0.1.2', 8080)],
    },
    {
      name: 'a NodePort of 127.0.0.1 needs route_localnet',
      blueprint: routed({
        iptables: {
          nat: [
            '-A OUTPUT -p tcp -m tcp --dport 30000 -j DNAT --to-destination 10.0.2.2:80',
            '-A POSTROUTING -o rb -j MASQUERADE',
          ],
          filter: [],
        },
      }),
      steps: [tcp('r', '127.0.0.1', 30000)],
    },
    {
      name: 'a NodePort of 127.0.0.1 with route_localnet',
      blueprint: routed({
        sysctls: ['net.ipv4.conf.all.route_localnet=1'],
        iptables: {
          raw: [],
          nat: [
            '-A OUTPUT -p tcp -m tcp --dport 30000 -j DNAT --to-destination 10.0.2.2:80',
            '-A POSTROUTING -o rb -j MASQUERADE',
          ],
          filter: [],
        },
      }),
      steps: [tcp('r', '127.0.0.1', 30000)],
    },
    {
      name: 'the notes about Docker: a container masqueraded to the LAN, but not to its own bridge',
      blueprint: docker({
        iptables: { nat: ['-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE'], filter: [] },
      }),
      steps: [ping('c1', '10.0.2.2'), tcp('c1', '172.17.0.3', 80), ping('x', '172.17.0.2')],
    },
    {
      name: 'kube-proxy: mark for masquerade, DNAT to an endpoint, masquerade by the mark',
      blueprint: routed({
        iptables: {
          nat: [
            '-N KUBE-SERVICES',
            '-N KUBE-MARK-MASQ',
            '-N KUBE-SVC',
            '-N KUBE-SEP',
            '-N KUBE-POSTROUTING',
            '-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
            '-A OUTPUT -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
            '-A POSTROUTING -m comment --comment "kubernetes postrouting rules" -j KUBE-POSTROUTING',
            '-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000',
            '-A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN',
            '-A KUBE-POSTROUTING -j MARK --set-xmark 0x4000/0x0',
            '-A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE',
            '-A KUBE-SERVICES -d 10.96.0.10/32 -p tcp -m tcp --dport 80 -j KUBE-SVC',
            '-A KUBE-SVC ! -s 10.0.2.0/24 -j KUBE-MARK-MASQ',
            '-A KUBE-SVC -j KUBE-SEP',
            '-A KUBE-SEP -p tcp -m tcp -j DNAT --to-destination 10.0.2.2:80',
          ],
          filter: [],
        },
      }),
      steps: [tcp('a', '10.96.0.10', 80), LIST],
    },
    {
      name: 'NETMAP translates whole networks',
      blueprint: routed({
        iptables: {
          nat: [
            '-A PREROUTING -d 10.7.2.0/24 -j NETMAP --to 10.0.2.0/24',
            '-A POSTROUTING -s 10.0.1.0/24 -j NETMAP --to 10.7.1.0/24',
          ],
          filter: [],
        },
      }),
      steps: [ping('a', '10.7.2.2'), tcp('a', '10.7.2.2', 80), udp('a', '10.7.2.2', 54), LIST],
    },
    {
      name: 'a range of addresses, and one port of a range',
      blueprint: routed({
        iptables: {
          nat: [
            '-A PREROUTING -p tcp -j DNAT --to-destination 10.0.2.2-10.0.2.2:80-80',
            '-A POSTROUTING -o rb -j SNAT --to-source 10.0.2.1-10.0.2.1',
          ],
          filter: [],
        },
      }),
      steps: [tcp('a', '10.0.1.1', 8080), ping('a', '10.0.2.2')],
    },
    {
      name: 'SNAT in INPUT changes whom a local socket sees',
      blueprint: routed({
        listens: ['udp 53'],
        iptables: { nat: ['-A INPUT -p udp -j SNAT --to-source 10.0.1.9'], mangle: [], filter: [] },
      }),
      steps: [udp('a', '10.0.1.1', 53), LIST],
    },
    {
      name: 'nat accepts before it translates: the first rule decides',
      blueprint: routed({
        iptables: { nat: ['-A POSTROUTING -d 10.0.2.2/32 -j ACCEPT', '-A POSTROUTING -j MASQUERADE'], filter: [] },
      }),
      steps: [ping('a', '10.0.2.2'), LIST],
    },
    {
      name: 'two translations on the way',
      blueprint: network(
        [
          'a eth0 10.0.1.2/24 = r1 ra 10.0.1.1/24',
          'r1 rb 10.0.3.1/24 = r2 ra 10.0.3.2/24',
          'r2 rb 10.0.2.1/24 = b eth0 10.0.2.2/24',
        ],
        {
          a: { routes: ['default via 10.0.1.1'] },
          r1: {
            routes: ['default via 10.0.3.2'],
            sysctls: ['net.ipv4.ip_forward=1'],
            iptables: { nat: ['-A POSTROUTING -o rb -j MASQUERADE'] },
          },
          r2: {
            sysctls: ['net.ipv4.ip_forward=1'],
            iptables: { nat: ['-A PREROUTING -d 10.0.3.2/32 -p tcp -j DNAT --to-destination 10.0.2.2'] },
          },
          b: { routes: ['default via 10.0.2.1'], listens: ['tcp 80'] },
        },
      ),
      steps: [tcp('a', '10.0.3.2', 80), tcp('a', '10.0.3.2', 81)],
    },
  ],
};
