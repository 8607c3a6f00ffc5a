import { type ContractSection, ping, tcp } from '../contract.js';
import { calico } from './networks.js';

const TO_CONTAINERS = ['10.9.0.1 dev cali1 scope link', '10.9.0.2 dev cali2 scope link'];

export const NEIGHBOURS: ContractSection = {
  title: 'proxy ARP and devices without an address',
  cases: [
    {
      name: 'proxy_arp answers for 169.254.1.1 where a default route leads elsewhere',
      blueprint: calico(),
      steps: [ping('w1', '10.9.0.2'), tcp('w1', '10.9.0.2', 80), ping('w1', '10.0.2.2'), ping('x', '10.9.0.1')],
    },
    {
      name: 'proxy_arp says nothing without a route to what is asked for',
      blueprint: calico({ routes: TO_CONTAINERS }),
      steps: [ping('w1', '10.9.0.2'), tcp('w1', '10.9.0.2', 80)],
    },
    {
      name: 'proxy_arp says nothing where the route leads back to the asker',
      blueprint: calico({ routes: [...TO_CONTAINERS, '169.254.1.1 dev cali1', 'default via 10.0.2.2'] }),
      steps: [ping('w1', '10.9.0.2'), ping('w2', '10.9.0.1')],
    },
    {
      name: 'proxy_arp says nothing for what a blackhole route takes',
      blueprint: calico({ routes: [...TO_CONTAINERS, 'blackhole 169.254.0.0/16', 'default via 10.0.2.2'] }),
      steps: [ping('w1', '10.9.0.2')],
    },
    {
      name: 'proxy_arp needs forwarding on the device that is asked',
      blueprint: calico({ sysctls: ['net.ipv4.conf.cali1.forwarding=0'] }),
      steps: [ping('w1', '10.9.0.2')],
    },
    {
      name: 'without proxy_arp nobody answers for 169.254.1.1',
      blueprint: calico({ sysctls: ['net.ipv4.conf.cali1.proxy_arp=0'] }),
      steps: [ping('w1', '10.9.0.2'), ping('n', '10.9.0.1')],
    },
    {
      name: 'proxy_arp of all devices counts for each',
      blueprint: calico({
        sysctls: [
          'net.ipv4.conf.cali1.proxy_arp=0',
          'net.ipv4.conf.cali2.proxy_arp=0',
          'net.ipv4.conf.all.proxy_arp=1',
        ],
      }),
      steps: [ping('w1', '10.9.0.2')],
    },
    {
      name: 'a host reaches its container from its first address',
      blueprint: calico(),
      steps: [ping('n', '10.9.0.1'), ping('w1', '10.0.2.1')],
    },
    {
      name: 'a host reaches its container from docker0, if that was there first',
      blueprint: calico({}, ['d eth0 172.17.0.2/16 = n docker0 172.17.0.1/16']),
      steps: [ping('n', '10.9.0.1')],
    },
    {
      name: 'an unused address of the own block, behind a blackhole route',
      blueprint: calico({ routes: [...TO_CONTAINERS, 'blackhole 10.9.0.0/26', 'default via 10.0.2.2'] }),
      steps: [ping('w1', '10.9.0.9'), ping('n', '10.9.0.9'), ping('x', '10.9.0.9')],
    },
    {
      name: 'an error of the node about a container without an address on its device',
      blueprint: calico({ iptables: { filter: ['-A FORWARD -i cali1 -j REJECT --reject-with icmp-host-prohibited'] } }),
      steps: [ping('w1', '10.9.0.2')],
    },
  ],
};
