import { type ContractSection, ping, run, tcp, udp } from '../contract.js';
import { type NamespaceWords, network } from '../network.js';
import { docker, routed } from './networks.js';

const STATEFUL = [
  '-P FORWARD DROP',
  '-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
  '-A FORWARD -i ra -m conntrack --ctstate NEW -j ACCEPT',
];
const LIST = run('r', 'conntrack -L');

/** Requests of a pass r1; b answers through r2. */
function asymmetric(iptables: NonNullable<NamespaceWords['iptables']>) {
  return network(
    [
      'a eth1 10.0.1.2/24 = r1 ra 10.0.1.1/24',
      'r1 rb 10.0.2.1/24 = b eth1 10.0.2.2/24',
      'b eth2 10.0.4.2/24 = r2 rb 10.0.4.1/24',
      'r2 ra 10.0.3.1/24 = a eth2 10.0.3.2/24',
    ],
    {
      a: { routes: ['10.0.2.0/24 via 10.0.1.1'] },
      b: { routes: ['10.0.1.0/24 via 10.0.4.1'], listens: ['tcp 80', 'udp 53'] },
      r1: { sysctls: ['net.ipv4.ip_forward=1'] },
      r2: { sysctls: ['net.ipv4.ip_forward=1'], routes: ['10.0.1.0/24 via 10.0.3.2'], iptables },
    },
  );
}

export const CONNTRACK: ContractSection = {
  title: 'connection tracking',
  cases: [
    {
      name: 'answers are ESTABLISHED, and so is everything after them',
      blueprint: routed({ iptables: { filter: STATEFUL } }),
      steps: [ping('a', '10.0.2.2'), tcp('a', '10.0.2.2', 80), udp('a', '10.0.2.2', 53), LIST],
    },
    {
      name: 'the other way round nothing begins',
      blueprint: routed(
        { iptables: { filter: STATEFUL } },
        {},
        { routes: ['default via 10.0.1.1'], listens: ['tcp 80'] },
      ),
      steps: [ping('b', '10.0.1.2'), tcp('b', '10.0.1.2', 80), LIST],
    },
    {
      name: 'an ICMP error about a tracked packet is RELATED',
      blueprint: routed({ iptables: { filter: STATEFUL } }),
      steps: [udp('a', '10.0.2.2', 54), tcp('a', '10.0.2.2', 81), LIST],
    },
    {
      name: 'an error of the router itself is RELATED, too',
      blueprint: routed({
        iptables: {
          filter: [
            '-P OUTPUT DROP',
            '-A OUTPUT -m conntrack --ctstate RELATED -j ACCEPT',
            '-A FORWARD -p tcp -m conntrack --ctstate NEW -j REJECT',
            '-A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT',
          ],
        },
      }),
      steps: [tcp('a', '10.0.2.2', 80), ping('a', '10.0.2.9'), LIST],
    },
    {
      name: 'without a rule that asks for it nothing is tracked, and nat is never consulted',
      blueprint: routed({ iptables: { nat: ['-A POSTROUTING -j ACCEPT'], filter: [] } }),
      steps: [ping('a', '10.0.2.2'), LIST],
    },
    {
      name: 'one rule that asks for it switches tracking on for the whole namespace',
      blueprint: routed({
        iptables: { nat: ['-A POSTROUTING -j ACCEPT'], filter: ['-A OUTPUT -m conntrack --ctstate INVALID -j DROP'] },
      }),
      steps: [ping('a', '10.0.2.2'), LIST],
    },
    {
      name: 'nat is consulted for the first packet of a connection only',
      blueprint: routed({ iptables: { nat: [], mangle: [], filter: ['-A INPUT -m conntrack --ctstate NEW'] } }),
      steps: [tcp('a', '10.0.2.2', 80), ping('a', '10.0.2.1')],
    },
    {
      name: 'what is dropped before it is confirmed leaves no entry',
      blueprint: routed({ iptables: { filter: ['-A FORWARD -m conntrack --ctstate NEW -j DROP'] } }),
      steps: [ping('a', '10.0.2.2'), udp('a', '10.0.2.2', 53), LIST],
    },
    {
      name: 'what nobody answers leaves an UNREPLIED entry',
      blueprint: routed(
        { iptables: { filter: ['-A FORWARD -m conntrack --ctstate NEW -j ACCEPT'] } },
        { routes: ['default via 10.0.2.1'], iptables: { filter: ['-P INPUT DROP'] } },
      ),
      steps: [udp('a', '10.0.2.2', 53), ping('a', '10.0.2.2'), tcp('a', '10.0.2.2', 80), LIST],
    },
    {
      name: 'an answer that is dropped has been seen all the same',
      blueprint: routed({ iptables: { filter: ['-A FORWARD -i rb -m conntrack --ctstate ESTABLISHED -j DROP'] } }),
      steps: [udp('a', '10.0.2.2', 53), LIST],
    },
    {
      name: 'an echo reply without a request is INVALID and passes where nobody minds',
      blueprint: asymmetric({
        nat: ['-A POSTROUTING -j MASQUERADE'],
        filter: ['-A FORWARD -m conntrack --ctstate INVALID'],
      }),
      steps: [ping('a', '10.0.2.2'), run('r2', 'conntrack -L')],
    },
    {
      name: 'INVALID dropped: an echo reply without a request, a SYN/ACK without a SYN',
      blueprint: asymmetric({ filter: ['-A FORWARD -m conntrack --ctstate INVALID -j DROP'] }),
      steps: [ping('a', '10.0.2.2'), tcp('a', '10.0.2.2', 80)],
    },
    {
      name: 'a UDP answer without a question begins a connection of its own',
      blueprint: asymmetric({ nat: [], filter: ['-A FORWARD -m conntrack --ctstate INVALID -j DROP'] }),
      steps: [udp('a', '10.0.2.2', 53), run('r2', 'conntrack -L')],
    },
    {
      name: 'CT --notrack: UNTRACKED, and no nat',
      blueprint: routed({
        iptables: {
          raw: ['-A PREROUTING -p icmp -j CT --notrack'],
          nat: ['-A POSTROUTING -o rb -j MASQUERADE'],
          filter: ['-A FORWARD -m conntrack --ctstate UNTRACKED'],
        },
      }),
      steps: [ping('a', '10.0.2.2'), udp('a', '10.0.2.2', 53), LIST],
    },
    {
      name: 'ctstate DNAT is true both ways, ctstate SNAT for what MASQUERADE changed',
      blueprint: routed({
        iptables: {
          nat: [
            '-A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.0.2.2:80',
            '-A POSTROUTING -p udp -j MASQUERADE',
          ],
          filter: ['-A FORWARD -m conntrack --ctstate DNAT', '-A FORWARD -m conntrack --ctstate SNAT'],
        },
      }),
      steps: [tcp('a', '10.0.1.1', 8080), udp('a', '10.0.2.2', 53), LIST],
    },
    {
      name: 'conntrack can ask for the original destination and the direction',
      blueprint: routed({
        iptables: {
          nat: ['-A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.0.2.2:80'],
          filter: [
            '-A FORWARD -m conntrack --ctorigdst 10.0.1.1 --ctorigdstport 8080 --ctdir ORIGINAL',
            '-A FORWARD -m conntrack --ctdir REPLY --ctproto 6',
          ],
        },
      }),
      steps: [tcp('a', '10.0.1.1', 8080)],
    },
    {
      name: 'conntrack can ask for the status and for the answering ends',
      blueprint: routed({
        iptables: {
          nat: ['-A POSTROUTING -o rb -j MASQUERADE'],
          filter: [
            '-A FORWARD -m conntrack --ctstatus NONE',
            '-A FORWARD -m conntrack --ctstatus SEEN_REPLY',
            '-A FORWARD -m conntrack --ctstatus ASSURED',
            '-A FORWARD -m conntrack --ctstatus CONFIRMED',
            '-A FORWARD -m conntrack --ctreplsrc 10.0.2.2 --ctrepldst 10.0.2.1',
            '-A FORWARD -m conntrack ! --ctorigsrc 10.0.1.2',
          ],
        },
      }),
      steps: [tcp('a', '10.0.2.2', 80), ping('a', '10.0.2.2')],
    },
    {
      name: 'an entry that is too old is forgotten, and its translation with it',
      blueprint: routed({ iptables: { nat: ['-A POSTROUTING -o rb -j MASQUERADE'], filter: STATEFUL } }),
      steps: [
        udp('a', '10.0.2.2', 53),
        ping('a', '10.0.2.2'),
        { pass: 40_000 },
        LIST,
        tcp('a', '10.0.2.2', 80),
        { pass: 200_000 },
        LIST,
      ],
    },
    {
      name: 'conntrack -F in between: the next packet is NEW again',
      blueprint: routed({ iptables: { nat: ['-A POSTROUTING -o rb -j MASQUERADE'], filter: STATEFUL } }),
      steps: [ping('a', '10.0.2.2'), run('r', 'conntrack -F'), LIST, ping('a', '10.0.2.2'), LIST],
    },
    {
      name: 'CONNMARK keeps a mark for the answers',
      blueprint: routed({
        iptables: {
          mangle: [
            '-A PREROUTING -i rb -j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff',
            '-A FORWARD -i ra -j MARK --set-xmark 0x7/0xffffffff',
            '-A POSTROUTING -o rb -j CONNMARK --save-mark --nfmask 0xffffffff --ctmask 0xffffffff',
          ],
          filter: ['-A FORWARD -i rb -m mark --mark 0x7', '-A FORWARD -m connmark --mark 0x7'],
        },
      }),
      steps: [ping('a', '10.0.2.2'), LIST],
    },
    {
      name: 'a tracked connection through lo asks nat in OUTPUT and POSTROUTING alone',
      blueprint: docker({
        iptables: { raw: [], mangle: [], nat: ['-A POSTROUTING -o ens33 -j MASQUERADE'], filter: [] },
      }),
      steps: [ping('h', '127.0.0.1'), ping('h', '10.0.2.1'), run('h', 'conntrack -L')],
    },
  ],
};
