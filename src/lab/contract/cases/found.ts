/** What the comparison of both labs on made-up cases has found, each shrunk to the smallest network that shows it. */
import { type ContractSection, ping, run, tcp, udp } from '../contract.js';
import { network } from '../network.js';
import { docker, pair, routed } from './networks.js';

/** Neighbours fail soon, so that both labs have let the same time pass. */
const HASTE = 'net.ipv4.neigh.eth0.retrans_time_ms=100';
const ONE_SWITCH = [
  'a eth0 10.0.1.2/24 = s p1 in br0',
  'r eth0 10.0.1.1/24 = s p2 in br0',
  'b eth0 10.0.1.3/24 = s p3 in br0',
];

export const FOUND: ContractSection = {
  title: 'found by comparing both labs on made-up cases',
  cases: [
    {
      name: 'an echo reply that the own OUTPUT rejects is rejected in silence',
      blueprint: pair({ iptables: { filter: ['-A OUTPUT -p icmp -j REJECT'] } }),
      steps: [ping('a', '10.0.1.3'), run('b', 'iptables-save -c -t filter')],
    },
    {
      name: 'who was sent a redirect is sent no error for a second',
      blueprint: network(ONE_SWITCH.slice(0, 2), {
        s: { kind: 'switch', bridges: ['br0'] },
        a: { routes: ['default via 10.0.1.1'] },
        r: { sysctls: ['net.ipv4.ip_forward=1', HASTE], routes: ['10.0.9.0/24 via 10.0.1.3'] },
      }),
      steps: [ping('a', '10.0.9.1')],
    },
    {
      name: 'icmp_ratelimit 0 empties the bucket that errors about routes are paid from',
      blueprint: routed({ sysctls: ['net.ipv4.icmp_ratelimit=0'] }),
      steps: [udp('a', '10.0.1.1', 99), ping('a', '10.9.9.9')],
    },
    {
      name: 'a closed port answers with the TOS that it was asked with, a rule with none',
      blueprint: pair(
        {
          iptables: {
            mangle: [],
            filter: ['-A INPUT -p tcp -m tcp --dport 81 -j REJECT --reject-with tcp-reset'],
          },
        },
        {
          iptables: {
            mangle: [
              '-A OUTPUT -p tcp -j TOS --set-tos 0xff',
              '-A INPUT -m tos --tos 0xfc',
              '-A INPUT -m tos --tos 0x00',
            ],
          },
        },
      ),
      steps: [tcp('a', '10.0.1.3', 80), tcp('a', '10.0.1.3', 81)],
    },
    {
      name: 'the error about a datagram that found no socket has no connection before conntrack has seen it',
      blueprint: pair({
        iptables: { raw: ['-A OUTPUT -m state --state RELATED', '-A OUTPUT -m state --state INVALID'] },
      }),
      steps: [udp('a', '10.0.1.3', 99)],
    },
    {
      name: 'the error about a rejected datagram has its connection from the beginning',
      blueprint: pair({
        iptables: {
          raw: ['-A OUTPUT -m state --state RELATED', '-A OUTPUT -m state --state INVALID'],
          filter: ['-A INPUT -p udp -j REJECT'],
        },
      }),
      steps: [udp('a', '10.0.1.3', 99)],
    },
    {
      name: 'an unconditional RETURN in a built-in chain leaves to the policy, which is logged as well',
      blueprint: routed({ iptables: { filter: ['-A FORWARD -j RETURN', '-A FORWARD -j DROP'], security: [] } }),
      steps: [ping('a', '10.0.2.2')],
    },
    {
      name: 'a datagram that NAT leads nowhere: send() says why',
      blueprint: pair({}, { iptables: { nat: ['-A OUTPUT -j DNAT --to-destination 10.9.9.9'], mangle: [] } }),
      steps: [udp('a', '10.0.1.3', 53), tcp('a', '10.0.1.3', 80), ping('a', '10.0.1.3')],
    },
    {
      name: 'a mark that leads to a route that refuses: send() says why',
      blueprint: pair(
        {},
        {
          routes: ['unreachable default table 7', 'prohibit default table 8'],
          rules: ['100 fwmark 0x7 table 7', '101 fwmark 0x8 table 8'],
          iptables: {
            mangle: [
              '-A OUTPUT -p udp -m udp --dport 7 -j MARK --set-xmark 0x7/0xffffffff',
              '-A OUTPUT -p udp -m udp --dport 8 -j MARK --set-xmark 0x8/0xffffffff',
            ],
          },
        },
      ),
      steps: [udp('a', '10.0.1.3', 7), udp('a', '10.0.1.3', 8)],
    },
    {
      name: 'of two stations that answer for one address the first is believed',
      blueprint: network(ONE_SWITCH, {
        s: { kind: 'switch', bridges: ['br0'] },
        r: {
          sysctls: [
            'net.ipv4.ip_forward=1',
            'net.ipv4.conf.eth0.proxy_arp_pvlan=1',
            'net.ipv4.neigh.eth0.proxy_delay=0',
          ],
        },
      }),
      steps: [ping('a', '10.0.1.3')],
    },
    {
      name: 'an error about another address than the one asked does not reach the socket',
      blueprint: network(['b eth0 10.0.3.2/24 = r rb 10.0.3.1/24', 'r rr 10.0.2.2/24 = t rr 10.0.2.1/24'], {
        b: { routes: ['default via 10.0.3.1'] },
        r: { sysctls: ['net.ipv4.ip_forward=1', 'net.ipv4.conf.all.send_redirects=0'] },
        t: {
          sysctls: ['net.ipv4.ip_forward=1', 'net.ipv4.conf.all.send_redirects=0', 'net.ipv4.conf.rr.send_redirects=0'],
          routes: ['10.0.3.0/24 via 10.0.2.2'],
          iptables: { mangle: [], nat: ['-A PREROUTING -j DNAT --to-destination 10.0.3.1'] },
        },
      }),
      steps: [udp('b', '10.0.2.1', 22)],
    },
    {
      name: 'a reset of what a bridge brought goes straight back by its port, past every hook',
      blueprint: docker({
        sysctls: ['net.bridge.bridge-nf-call-iptables=1'],
        iptables: {
          filter: [
            '-A INPUT -p tcp -j REJECT --reject-with tcp-reset',
            '-A FORWARD -p tcp -j REJECT --reject-with tcp-reset',
          ],
        },
      }),
      steps: [tcp('c1', '172.17.0.1', 80), tcp('c1', '10.0.2.2', 80), tcp('c1', '172.17.0.3', 80)],
    },
    {
      name: 'an answer that comes to another host than the one that asked',
      blueprint: network(ONE_SWITCH, {
        s: { kind: 'switch', bridges: ['br0'] },
        b: { iptables: { mangle: [], nat: ['-A POSTROUTING -j SNAT --to-source 10.0.1.1'] } },
      }),
      steps: [tcp('b', '10.0.1.2', 80), ping('b', '10.0.1.2')],
    },
    {
      name: 'a listener whose answer its own OUTPUT resets',
      blueprint: pair({
        listens: ['tcp 80'],
        iptables: { filter: ['-A OUTPUT -p tcp -j REJECT --reject-with tcp-reset'] },
      }),
      steps: [tcp('a', '10.0.1.3', 80)],
    },
    {
      name: 'a listener whose answer its own OUTPUT drops goes on listening',
      blueprint: pair({ listens: ['udp 53'], iptables: { filter: ['-P OUTPUT DROP'] } }),
      steps: [udp('a', '10.0.1.3', 53), run('b', 'iptables -P OUTPUT ACCEPT'), udp('a', '10.0.1.3', 53)],
    },
    {
      name: 'a closed port that knows no way back',
      blueprint: routed({}, { routes: [], listens: [] }),
      steps: [tcp('a', '10.0.2.2', 80), udp('a', '10.0.2.2', 53)],
    },
    {
      name: 'what a rule adds to a set: counted from the start, within its range, in blocks of the longest length in use',
      blueprint: pair({
        ipsets: [
          'create near bitmap:ip range 10.0.1.0-10.0.1.255 counters',
          'create far bitmap:ip range 10.0.9.0-10.0.9.255',
          'create ports bitmap:port range 0-1023',
          'create nets hash:net family inet hashsize 1024 maxelem 65536',
          'add nets 10.0.0.0/16',
        ],
        iptables: {
          raw: [
            '-A PREROUTING -j SET --add-set near src',
            '-A PREROUTING -j SET --add-set far src',
            '-A PREROUTING -j SET --add-set ports src',
            '-A PREROUTING -j SET --add-set nets src',
          ],
        },
      }),
      steps: [tcp('a', '10.0.1.3', 80), run('b', 'ipset save | grep add')],
    },
    {
      name: 'an exception of a set counts what it covers, and only sets of blocks give exceptions back',
      blueprint: pair({
        ipsets: [
          'create hosts hash:ip family inet hashsize 1024 maxelem 65536',
          'add hosts 10.0.1.2',
          'create nets hash:net family inet hashsize 1024 maxelem 65536 counters',
          'add nets 10.0.0.0/16',
          'add nets 10.0.1.2 nomatch',
        ],
        iptables: {
          raw: [
            '-A PREROUTING -m set --match-set nets src',
            '-A PREROUTING -m set --match-set nets src --return-nomatch',
            '-A PREROUTING -m set --match-set hosts src --return-nomatch',
          ],
        },
      }),
      steps: [ping('a', '10.0.1.3'), run('b', 'ipset save nets | grep add | sort')],
    },
    {
      name: 'in hash:net,iface a block that is there for another device hides the larger ones',
      blueprint: pair({
        ipsets: [
          'create s hash:net,iface family inet hashsize 1024 maxelem 65536',
          'add s 10.0.0.0/16,eth0',
          'add s 10.0.1.0/24,lo',
        ],
        iptables: {
          raw: ['-A PREROUTING -m set --match-set s src,src', '-A OUTPUT -m set ! --match-set s dst,dst'],
        },
      }),
      steps: [ping('a', '10.0.1.3')],
    },
    {
      name: 'the answer to what was never tracked is a first packet to nat',
      blueprint: pair({
        listens: ['udp 53'],
        iptables: {
          raw: ['-A PREROUTING -p udp -j CT --notrack'],
          mangle: [],
          nat: ['-A OUTPUT -p udp -j DNAT --to-destination 10.0.1.2:7'],
        },
      }),
      steps: [udp('a', '10.0.1.3', 53)],
    },
    {
      name: 'an error that finds its way back to the host, but not to the socket',
      blueprint: pair(
        {},
        {
          iptables: {
            raw: ['-A PREROUTING -j CT --notrack'],
            mangle: [],
            nat: ['-A POSTROUTING -p udp -j SNAT --to-source :7'],
          },
        },
      ),
      steps: [udp('a', '10.0.1.3', 53)],
    },
    {
      name: 'an element that is added again keeps what it has counted',
      blueprint: pair({
        ipsets: ['create s bitmap:ip range 10.0.1.0-10.0.1.255 counters', 'add s 10.0.1.2 packets 5 bytes 500'],
      }),
      steps: [run('b', 'ipset -exist add s 10.0.1.2; ipset -exist add s 10.0.1.2 packets 7; ipset save | grep add')],
    },
    {
      name: 'a rate and a burst that the kernel cannot count',
      blueprint: pair({ iptables: { filter: [] } }),
      steps: [
        run('b', 'iptables -A INPUT -m limit --limit 1/day --limit-burst 2'),
        run('b', 'iptables -A INPUT -m limit --limit 2/day --limit-burst 2'),
        run('b', 'iptables -A INPUT -m limit --limit 1/hour --limit-burst 37'),
        run('b', 'iptables -A INPUT -m limit --limit 1/hour --limit-burst 38'),
        run('b', 'iptables -S INPUT'),
      ],
    },
  ],
};
