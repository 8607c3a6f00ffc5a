import { type ContractCase, type ContractSection, ping, tcp, udp } from '../contract.js';
import { routed } from './networks.js';

const VARIANTS = [
  'icmp-net-unreachable',
  'icmp-host-unreachable',
  'icmp-proto-unreachable',
  'icmp-port-unreachable',
  'icmp-net-prohibited',
  'icmp-host-prohibited',
  'icmp-admin-prohibited',
];

const REJECTS: readonly ContractCase[] = VARIANTS.map((variant) => ({
  name: `REJECT with ${variant} in FORWARD`,
  blueprint: routed({ iptables: { filter: [`-A FORWARD -i ra -j REJECT --reject-with ${variant}`] } }),
  steps: [ping('a', '10.0.2.2'), tcp('a', '10.0.2.2', 80), udp('a', '10.0.2.2', 53)],
}));

const DROPS: readonly ContractCase[] = ['INPUT', 'OUTPUT', 'FORWARD'].flatMap((chain) => {
  const from = chain === 'OUTPUT' ? 'r' : 'a';
  const to = chain === 'INPUT' ? '10.0.2.1' : '10.0.2.2';
  const steps = [ping(from, to), tcp(from, to, 80), udp(from, to, 53)];
  return [
    { name: `the policy of ${chain} drops`, blueprint: routed({ iptables: { filter: [`-P ${chain} DROP`] } }), steps },
    {
      name: `a rule of ${chain} drops`,
      blueprint: routed({ iptables: { filter: [`-A ${chain} -s 10.0.0.0/8 -j DROP`] } }),
      steps,
    },
  ];
});

export const REJECT: ContractSection = {
  title: 'DROP and REJECT',
  cases: [
    ...REJECTS,
    ...DROPS,
    {
      name: 'REJECT with tcp-reset',
      blueprint: routed({ iptables: { filter: ['-A FORWARD -p tcp -j REJECT --reject-with tcp-reset'] } }),
      steps: [tcp('a', '10.0.2.2', 80)],
    },
    {
      name: 'REJECT in INPUT',
      blueprint: routed({
        listens: ['tcp 80'],
        iptables: { filter: ['-A INPUT -p tcp -j REJECT --reject-with tcp-reset', '-A INPUT -j REJECT'] },
      }),
      steps: [ping('a', '10.0.2.1'), tcp('a', '10.0.2.1', 80), udp('a', '10.0.2.1', 53)],
    },
    {
      name: "REJECT in the sender's own OUTPUT",
      blueprint: routed({ iptables: { filter: ['-A OUTPUT -d 10.0.2.2/32 -j REJECT'], mangle: [] } }),
      steps: [ping('r', '10.0.2.2'), tcp('r', '10.0.2.2', 80), udp('r', '10.0.2.2', 53)],
    },
    {
      name: "tcp-reset in the sender's own OUTPUT",
      blueprint: routed({ iptables: { filter: ['-A OUTPUT -p tcp -j REJECT --reject-with tcp-reset'] } }),
      steps: [tcp('r', '10.0.2.2', 80)],
    },
    {
      name: 'a REJECT of the answer tells whoever answered',
      blueprint: routed({ iptables: { filter: ['-A FORWARD -i rb -j REJECT'] } }),
      steps: [ping('a', '10.0.2.2'), udp('a', '10.0.2.2', 53)],
    },
    {
      name: 'no error about an error',
      blueprint: routed({ iptables: { filter: ['-A FORWARD -i rb -j REJECT'] } }),
      steps: [udp('a', '10.0.2.2', 54)],
    },
    {
      name: 'an answer dropped on the way back is silence',
      blueprint: routed({ iptables: { filter: ['-A FORWARD -i rb -p icmp -j DROP'] } }),
      steps: [ping('a', '10.0.2.2')],
    },
    {
      name: 'DROP in raw and mangle',
      blueprint: routed({
        iptables: { raw: ['-A PREROUTING -p icmp -j DROP'], mangle: ['-A POSTROUTING -p udp -j DROP'], filter: [] },
      }),
      steps: [ping('a', '10.0.2.2'), udp('a', '10.0.2.2', 53), udp('r', '10.0.2.2', 53)],
    },
    {
      name: 'the first rule that matches decides',
      blueprint: routed({
        iptables: { filter: ['-A FORWARD -s 10.0.1.2/32 -j ACCEPT', '-A FORWARD -j DROP'] },
      }),
      steps: [ping('a', '10.0.2.2'), ping('b', '10.0.1.2')],
    },
    {
      name: 'a container drops what it does not want, and its node knows nothing of it',
      blueprint: routed(
        { iptables: { filter: [] } },
        {
          routes: ['default via 10.0.2.1'],
          listens: ['tcp 80'],
          iptables: { filter: ['-A INPUT -p tcp -m tcp --dport 80 -j DROP'] },
        },
      ),
      steps: [tcp('a', '10.0.2.2', 80), ping('a', '10.0.2.2')],
    },
  ],
};
