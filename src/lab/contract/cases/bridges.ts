import { type ContractSection, ping, tcp, udp } from '../contract.js';
import { network } from '../network.js';
import { docker } from './networks.js';

const ALL_TABLES = { raw: [], mangle: [], nat: [], filter: [] };
const NO_IPTABLES = 'net.bridge.bridge-nf-call-iptables=0';
const IPTABLES = 'net.bridge.bridge-nf-call-iptables=1';

export const BRIDGES: ContractSection = {
  title: 'bridges',
  cases: [
    {
      name: 'bridge-nf-call-iptables 1: what is switched passes PREROUTING, FORWARD and POSTROUTING',
      blueprint: docker({ sysctls: [IPTABLES], iptables: ALL_TABLES }),
      steps: [ping('c1', '172.17.0.3'), tcp('c1', '172.17.0.3', 80)],
    },
    {
      name: 'bridge-nf-call-iptables 0: what is switched passes no hook',
      blueprint: docker({ sysctls: [NO_IPTABLES], iptables: { ...ALL_TABLES, filter: ['-P FORWARD DROP'] } }),
      steps: [ping('c1', '172.17.0.3')],
    },
    {
      name: 'bridge-nf-call-iptables 1: FORWARD drops what is switched, even without forwarding',
      blueprint: docker({ sysctls: [IPTABLES, 'net.ipv4.ip_forward=0'], iptables: { filter: ['-P FORWARD DROP'] } }),
      steps: [ping('c1', '172.17.0.3')],
    },
    {
      name: 'switching needs no ip_forward',
      blueprint: docker({ sysctls: [IPTABLES, 'net.ipv4.ip_forward=0'], iptables: { filter: [] } }),
      steps: [ping('c1', '172.17.0.3'), ping('c1', '10.0.2.2')],
    },
    {
      name: 'what enters by a bridge and is routed keeps PHYSIN',
      blueprint: docker({ sysctls: [IPTABLES], iptables: ALL_TABLES }),
      steps: [ping('c1', '10.0.2.2'), ping('x', '172.17.0.2')],
    },
    {
      name: 'without bridge-nf-call-iptables what enters by a bridge and is routed has no PHYSIN',
      blueprint: docker({ sysctls: [NO_IPTABLES], iptables: ALL_TABLES }),
      steps: [ping('c1', '10.0.2.2')],
    },
    {
      name: "the bridge's own address",
      blueprint: docker({ sysctls: [IPTABLES], iptables: ALL_TABLES }),
      steps: [ping('c1', '172.17.0.1'), ping('h', '172.17.0.2'), tcp('c1', '10.0.2.1', 80)],
    },
    {
      name: 'physdev tells the ports of a bridge apart',
      blueprint: docker({
        sysctls: [IPTABLES],
        iptables: {
          filter: [
            '-A FORWARD -m physdev --physdev-in veth1 --physdev-out veth2 --physdev-is-bridged -j ACCEPT',
            '-A FORWARD -m physdev --physdev-is-bridged -j DROP',
          ],
        },
      }),
      steps: [ping('c1', '172.17.0.3')],
    },
    {
      name: '-i docker0 -o docker0 is traffic between containers',
      blueprint: docker({
        sysctls: [IPTABLES],
        iptables: { filter: ['-P FORWARD DROP', '-A FORWARD -i docker0 -o docker0 -j ACCEPT'] },
      }),
      steps: [ping('c1', '172.17.0.3'), ping('c1', '10.0.2.2')],
    },
    {
      name: 'a container reaches its sibling by a published port: DNAT back into the bridge',
      blueprint: docker({
        sysctls: [IPTABLES],
        iptables: {
          nat: [
            '-A PREROUTING -d 10.0.2.1/32 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.3:80',
            '-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE',
          ],
          filter: [],
        },
      }),
      steps: [tcp('c1', '10.0.2.1', 8080), tcp('x', '10.0.2.1', 8080)],
    },
    {
      name: 'without bridge-nf-call-iptables the reply of a sibling is switched past conntrack',
      blueprint: docker({
        sysctls: [NO_IPTABLES],
        iptables: {
          nat: ['-A PREROUTING -d 10.0.2.1/32 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.3:80'],
          filter: [],
        },
      }),
      steps: [tcp('c1', '10.0.2.1', 8080)],
    },
    {
      name: 'a container reaches itself by its published port only through a hairpin port and MASQUERADE',
      blueprint: docker(
        {
          sysctls: [IPTABLES],
          iptables: {
            nat: [
              '-A PREROUTING -d 10.0.2.1/32 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.3:80',
              '-A POSTROUTING -s 172.17.0.3/32 -d 172.17.0.3/32 -p tcp -m tcp --dport 80 -j MASQUERADE',
            ],
            filter: [],
          },
        },
        'hairpin',
      ),
      steps: [tcp('c2', '10.0.2.1', 8080)],
    },
    {
      name: 'without hairpin a port does not send out what came in by it',
      blueprint: docker({
        sysctls: [IPTABLES],
        iptables: {
          nat: [
            '-A PREROUTING -d 10.0.2.1/32 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.3:80',
            '-A POSTROUTING -s 172.17.0.3/32 -d 172.17.0.3/32 -p tcp -m tcp --dport 80 -j MASQUERADE',
          ],
          filter: [],
        },
      }),
      steps: [tcp('c2', '10.0.2.1', 8080)],
    },
    {
      name: 'hairpin DNAT without SNAT: the SYN comes back to its sender with its own address and is a martian',
      blueprint: docker(
        {
          sysctls: [IPTABLES],
          iptables: {
            nat: ['-A PREROUTING -d 10.0.2.1/32 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.3:80'],
          },
        },
        'hairpin',
      ),
      steps: [tcp('c2', '10.0.2.1', 8080)],
    },
    {
      name: 'REJECT answers what is switched from the bridge',
      blueprint: docker({ sysctls: [IPTABLES], iptables: { filter: ['-A FORWARD -i docker0 -o docker0 -j REJECT'] } }),
      steps: [ping('c1', '172.17.0.3'), tcp('c1', '172.17.0.3', 80)],
    },
    {
      name: 'a bridge without addresses is a switch',
      blueprint: network(
        ['a eth0 10.0.1.2/24 = s p1 in br0', 'b eth0 10.0.1.3/24 = s p2 in br0', 'c eth0 10.0.1.4/24 = s p3 in br0'],
        { s: { kind: 'switch', bridges: ['br0'] }, b: { listens: ['udp 53'] } },
      ),
      steps: [ping('a', '10.0.1.3'), udp('c', '10.0.1.3', 53), ping('a', '10.0.1.9')],
    },
  ],
};
