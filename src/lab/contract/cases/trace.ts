import { type ContractSection, ping, run, tcp, udp } from '../contract.js';
import { routed } from './networks.js';

const filter = (...lines: string[]) => routed({ iptables: { filter: lines } });
const PING = [ping('a', '10.0.2.2')];

export const TRACE: ContractSection = {
  title: 'the numbers of TRACE, and the order of tables and chains',
  cases: [
    {
      name: 'all five tables, forwarded, delivered, sent and through lo',
      blueprint: routed({
        listens: ['tcp 80'],
        iptables: {
          raw: [],
          mangle: [],
          nat: [],
          filter: ['-A INPUT -m conntrack --ctstate NEW'],
          security: [],
        },
      }),
      steps: [ping('a', '10.0.2.2'), ping('a', '10.0.1.1'), ping('r', '10.0.2.2'), tcp('r', '127.0.0.1', 80)],
    },
    {
      name: 'unconditional ACCEPT, DROP and RETURN count as the end of their chain',
      blueprint: filter(
        '-N U',
        '-A FORWARD -j U',
        '-A FORWARD -j ACCEPT',
        '-A FORWARD -j DROP',
        '-A U -j RETURN',
        '-A U -j DROP',
      ),
      steps: PING,
    },
    {
      name: 'an unconditional DROP of a user chain',
      blueprint: filter('-N U', '-A FORWARD -p icmp -j U', '-A U -j DROP'),
      steps: PING,
    },
    {
      name: 'an unconditional DROP of a built-in chain',
      blueprint: filter('-A FORWARD -p tcp', '-A FORWARD -j DROP'),
      steps: PING,
    },
    {
      name: 'with a comment they are rules',
      blueprint: filter(
        '-N U',
        '-A FORWARD -m comment --comment one -j U',
        '-A FORWARD -m comment --comment two -j ACCEPT',
        '-A U -m comment --comment three -j RETURN',
      ),
      steps: PING,
    },
    {
      name: 'an empty chain returns at 1',
      blueprint: filter('-N E', '-N F', '-A FORWARD -j E', '-A FORWARD -p icmp -j F', '-A F -p tcp -j DROP'),
      steps: PING,
    },
    {
      name: 'rules without a target, rules that only mark, rules that do not match',
      blueprint: filter(
        '-A FORWARD -p icmp',
        '-A FORWARD -p tcp',
        '-A FORWARD -j MARK --set-xmark 0x1/0xffffffff',
        '-A FORWARD',
      ),
      steps: PING,
    },
    {
      name: 'RETURN with a condition in a built-in chain leaves to the policy',
      blueprint: filter('-P FORWARD DROP', '-A FORWARD -p icmp -j RETURN', '-A FORWARD -j ACCEPT'),
      steps: PING,
    },
    {
      name: 'goto: what ends goes on behind the last jump',
      blueprint: filter(
        '-N A',
        '-N B',
        '-N C',
        '-A FORWARD -j A',
        '-A FORWARD -p icmp -j ACCEPT',
        '-A A -p icmp -g B',
        '-A A -j DROP',
        '-A B -p icmp -j C',
        '-A B -p icmp -j RETURN',
        '-A C -p icmp',
      ),
      steps: PING,
    },
    {
      name: 'goto from a built-in chain ends at its policy',
      blueprint: filter('-P FORWARD DROP', '-N A', '-A FORWARD -g A', '-A FORWARD -j ACCEPT', '-A A -p tcp -j ACCEPT'),
      steps: [ping('a', '10.0.2.2')],
    },
    {
      name: 'a chain entered twice',
      blueprint: filter(
        '-N A',
        '-A FORWARD -j A',
        '-A FORWARD -p icmp -j A',
        '-A A -p icmp -j MARK --set-xmark 0x10/0x10',
      ),
      steps: PING,
    },
    {
      name: 'jumps five deep and back',
      blueprint: filter(
        ...['A', 'B', 'C', 'D', 'E'].map((chain) => `-N ${chain}`),
        '-A FORWARD -j A',
        '-A A -j B',
        '-A B -j C',
        '-A C -j D',
        '-A D -j E',
        '-A E -p icmp -j RETURN',
        '-A D -p icmp -j ACCEPT',
      ),
      steps: PING,
    },
    {
      name: 'ACCEPT ends its table, not the next one',
      blueprint: routed({
        iptables: { mangle: ['-A FORWARD -j ACCEPT'], filter: ['-A FORWARD -p icmp -j DROP'], security: [] },
      }),
      steps: PING,
    },
    {
      name: 'negations',
      blueprint: filter(
        '-A FORWARD ! -s 10.0.1.0/24',
        '-A FORWARD ! -i ra',
        '-A FORWARD ! -p tcp',
        '-A FORWARD ! -o r+ -j DROP',
        '-A FORWARD -i r+ -o rb',
      ),
      steps: [ping('a', '10.0.2.2'), tcp('b', '10.0.1.2', 80)],
    },
    {
      name: 'icmp types, ports, multiport, flags',
      blueprint: filter(
        '-A FORWARD -p icmp -m icmp --icmp-type 8',
        '-A FORWARD -p icmp -m icmp --icmp-type 0',
        '-A FORWARD -p icmp -m icmp ! --icmp-type 3/3',
        '-A FORWARD -p tcp -m tcp --dport 80:90 --tcp-flags FIN,SYN,RST,ACK SYN',
        '-A FORWARD -p tcp -m tcp --sport 80',
        '-A FORWARD -p tcp -m multiport --dports 22,80',
        '-A FORWARD -p tcp -m multiport --ports 80,443',
        '-A FORWARD -p udp -m udp ! --dport 53',
      ),
      steps: [ping('a', '10.0.2.2'), tcp('a', '10.0.2.2', 80), udp('a', '10.0.2.2', 54)],
    },
    {
      name: 'address types',
      blueprint: routed({
        iptables: {
          raw: [
            '-A PREROUTING -m addrtype --dst-type LOCAL',
            '-A PREROUTING -m addrtype ! --dst-type LOCAL',
            '-A PREROUTING -m addrtype --src-type UNICAST --dst-type UNICAST',
            '-A PREROUTING -m addrtype --dst-type LOCAL --limit-iface-in',
            '-A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL',
          ],
        },
      }),
      steps: [
        ping('a', '10.0.2.2'),
        ping('a', '10.0.2.1'),
        ping('a', '10.0.1.1'),
        ping('r', '10.0.1.1'),
        ping('r', '127.0.0.1'),
      ],
    },
    {
      name: 'the small matches: lengths, TTL, ranges, packet types, stations, TOS',
      blueprint: filter(
        '-A FORWARD -m length --length 84',
        '-A FORWARD -m length ! --length 0:83',
        '-A FORWARD -m ttl --ttl-eq 63',
        '-A FORWARD -m ttl --ttl-lt 63',
        '-A FORWARD -m iprange --src-range 10.0.1.1-10.0.1.9',
        '-A FORWARD -m iprange ! --dst-range 10.0.1.1-10.0.1.9',
        '-A FORWARD -m pkttype --pkt-type unicast',
        '-A FORWARD -m tos --tos 0x00/0xff',
        '-A FORWARD -m dscp ! --dscp 0x00',
        '-A FORWARD -m mac ! --mac-source 02:00:00:00:00:99',
        '-A FORWARD -m physdev --physdev-in ra',
      ),
      steps: PING,
    },
    {
      name: 'every second packet',
      blueprint: filter('-A FORWARD -p udp -m statistic --mode nth --every 2 --packet 0'),
      steps: [udp('a', '10.0.2.2', 53), udp('a', '10.0.2.2', 53)],
    },
    {
      name: 'LOG goes on with the next rule',
      blueprint: filter(
        '-A FORWARD -p icmp -j LOG --log-prefix "seen: "',
        '-A FORWARD -p icmp -j NFLOG --nflog-group 9',
        '-A FORWARD -p icmp -j ACCEPT',
      ),
      steps: PING,
    },
    {
      name: 'TTL, TOS and DSCP are rewritten',
      blueprint: routed({
        iptables: {
          mangle: [
            '-A PREROUTING -i ra -j TTL --ttl-set 9',
            '-A FORWARD -i ra -j TOS --set-tos 0x10/0xff',
            '-A FORWARD -i ra -m tos --tos 0x10/0xff',
            '-A POSTROUTING -o rb -j DSCP --set-dscp 0x2e',
            '-A POSTROUTING -o rb -m dscp --dscp 0x2e',
            '-A PREROUTING -i rb -m dscp --dscp 0x2e -j TTL --ttl-set 1',
          ],
        },
      }),
      steps: PING,
    },
    {
      name: 'SET adds to a set, and the set knows from then on',
      blueprint: routed({
        ipsets: ['create seen hash:ip family inet hashsize 1024 maxelem 65536'],
        iptables: {
          filter: [
            '-A FORWARD -m set --match-set seen src',
            '-A FORWARD -i ra -j SET --add-set seen src',
            '-A FORWARD -m set --match-set seen dst',
          ],
        },
      }),
      steps: [ping('a', '10.0.2.2'), ping('a', '10.0.2.2'), run('r', 'ipset list seen | grep 10')],
    },
    {
      name: 'more kinds of ip sets',
      blueprint: routed({
        ipsets: [
          'create a hash:net,port family inet hashsize 1024 maxelem 65536',
          'add a 10.0.2.0/24,udp:53',
          'create b hash:ip,port,ip family inet hashsize 1024 maxelem 65536',
          'add b 10.0.1.2,udp:53,10.0.2.2',
          'create c hash:ip,port,net family inet hashsize 1024 maxelem 65536',
          'add c 10.0.1.2,udp:53,10.0.2.0/24',
          'create d hash:net,iface family inet hashsize 1024 maxelem 65536',
          'add d 10.0.1.0/24,ra',
          'create e bitmap:port range 50-60',
          'add e 53',
          'create f list:set size 8',
          'add f d',
          'create g hash:ip family inet hashsize 1024 maxelem 65536 netmask 24',
          'add g 10.0.1.0',
        ],
        iptables: {
          filter: [
            '-A FORWARD -m set --match-set a dst,dst',
            '-A FORWARD -m set --match-set b src,dst,dst',
            '-A FORWARD -m set --match-set c src,dst,dst',
            '-A FORWARD -m set --match-set d src,src',
            '-A FORWARD -m set --match-set e dst',
            '-A FORWARD -m set --match-set f src,src',
            '-A FORWARD -m set --match-set g src',
          ],
        },
      }),
      steps: [udp('a', '10.0.2.2', 53)],
    },
    {
      name: 'ip sets',
      blueprint: routed({
        ipsets: [
          'create hosts hash:ip family inet hashsize 1024 maxelem 65536',
          'add hosts 10.0.1.2',
          'create nets hash:net family inet hashsize 1024 maxelem 65536',
          'add nets 10.0.2.0/24',
          'add nets 10.0.2.2 nomatch',
          'create ports hash:ip,port family inet hashsize 1024 maxelem 65536',
          'add ports 10.0.2.2,tcp:80',
        ],
        iptables: {
          filter: [
            '-A FORWARD -m set --match-set hosts src',
            '-A FORWARD -m set ! --match-set hosts src',
            '-A FORWARD -m set --match-set nets dst',
            '-A FORWARD -m set --match-set nets src',
            '-A FORWARD -m set --match-set ports dst,dst',
          ],
        },
      }),
      steps: [ping('a', '10.0.2.2'), tcp('a', '10.0.2.2', 80)],
    },
    {
      name: 'counters: a rule counts what it matched, a policy what fell through',
      blueprint: filter(
        '-P FORWARD DROP',
        '-N U',
        '-A FORWARD -p icmp -j U',
        '-A FORWARD -p udp -j ACCEPT',
        '-A U -p icmp -m icmp --icmp-type 8',
        '-A U -p icmp -j RETURN',
      ),
      steps: [ping('a', '10.0.2.2'), udp('a', '10.0.2.2', 53), run('r', 'iptables-legacy-save -c -t filter')],
    },
  ],
};
