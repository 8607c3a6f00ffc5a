import { type ContractSection, ping, tcp } from '../contract.js';
import { network } from '../network.js';
import { routed } from './networks.js';

const mark = (value: string) => `MARK --set-xmark ${value}`;

export const MARKS: ContractSection = {
  title: 'marks',
  cases: [
    {
      name: 'a mark lives from PREROUTING to POSTROUTING, and is not copied to the answer',
      blueprint: routed({
        iptables: { raw: [`-A PREROUTING -i ra -j ${mark('0x4000000/0xffffffff')}`], mangle: [], filter: [] },
      }),
      steps: [ping('a', '10.0.2.2')],
    },
    {
      name: 'a mark does not cross a cable',
      blueprint: routed(
        { iptables: { mangle: [`-A PREROUTING -j ${mark('0x1/0xffffffff')}`] } },
        {
          routes: ['default via 10.0.2.1'],
          iptables: { mangle: [`-A INPUT -j ${mark('0x2/0xffffffff')}`], filter: [] },
        },
      ),
      steps: [ping('a', '10.0.2.2')],
    },
    {
      name: 'the arithmetic of --set-xmark: (mark & ~mask) ^ value',
      blueprint: routed({
        iptables: {
          mangle: [
            `-A PREROUTING -j ${mark('0x14000/0xffffffff')}`,
            `-A PREROUTING -j ${mark('0x4000/0x0')}`,
            `-A PREROUTING -j ${mark('0x4000/0x4000')}`,
            `-A PREROUTING -j ${mark('0x0/0x10000')}`,
            `-A PREROUTING -j ${mark('0x4001/0x1')}`,
          ],
          filter: [
            '-A FORWARD -m mark --mark 0x1',
            '-A FORWARD -m mark ! --mark 0x1/0xff',
            '-A FORWARD -m mark --mark 0x0/0x4000',
          ],
        },
      }),
      steps: [ping('a', '10.0.2.2')],
    },
    {
      name: 'a mark through lo stays with the packet',
      blueprint: routed({
        iptables: { mangle: [`-A OUTPUT -p icmp -m icmp --icmp-type 8 -j ${mark('0x5/0xffffffff')}`] },
      }),
      steps: [ping('r', '127.0.0.1')],
    },
    {
      name: 'a mark set in mangle OUTPUT routes anew, the source stays',
      blueprint: network(
        [
          'r ra 10.0.1.1/24 = a eth0 10.0.1.2/24',
          'r rb 10.0.2.1/24 = b eth0 10.0.2.2/24',
          'b eth1 10.0.9.1/24 = c eth0',
        ],
        {
          r: {
            routes: ['10.0.9.0/24 via 10.0.1.2', '10.0.9.0/24 via 10.0.2.2 table 7'],
            rules: ['100 fwmark 0x7 table 7'],
            iptables: { mangle: [`-A OUTPUT -p tcp -j ${mark('0x7/0xffffffff')}`], filter: [] },
          },
          a: { sysctls: ['net.ipv4.ip_forward=1'] },
          b: { listens: ['tcp 80'], routes: ['10.0.1.0/24 via 10.0.2.1'] },
        },
      ),
      steps: [tcp('r', '10.0.9.1', 80), ping('r', '10.0.9.1')],
    },
    {
      name: 'an error of the host carries no mark, unless fwmark_reflect',
      blueprint: routed({
        iptables: {
          mangle: [`-A PREROUTING -j ${mark('0x8/0xffffffff')}`],
          filter: ['-A FORWARD -p udp -j REJECT', '-A FORWARD -j REJECT'],
        },
      }),
      steps: [ping('a', '10.0.2.2'), ping('a', '10.0.1.1')],
    },
    {
      name: 'fwmark_reflect copies the mark to what the host answers',
      blueprint: routed({
        sysctls: ['net.ipv4.fwmark_reflect=1'],
        iptables: { mangle: [`-A PREROUTING -j ${mark('0x8/0xffffffff')}`], filter: ['-A FORWARD -j REJECT'] },
      }),
      steps: [ping('a', '10.0.2.2'), ping('a', '10.0.1.1'), tcp('a', '10.0.1.1', 80)],
    },
  ],
};
