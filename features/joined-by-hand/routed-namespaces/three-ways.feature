Feature: A packet goes one of three ways through a host
  What a host sends itself: routing, OUTPUT, POSTROUTING. What is for the host: PREROUTING, routing, INPUT. What it forwards:
  PREROUTING, routing, FORWARD, POSTROUTING. Each chain sits on one or two of these ways, so that a rule in the wrong
  chain does nothing.

  In the article every packet passes the interface enp2s0 on its way, also between the host and its own namespaces. It does not: it leaves by
  the cable that the route names, and enp2s0 never has to do with it. The article calls the host 100.100.198.252 there, too; it
  is 100.100.198.250.

  Background: the four rules are in place, and every table is there
    Given the topology "joined-namespaces"
    And node03 runs:
      """
      iptables -t filter -A FORWARD -o vethhost01 -j ACCEPT
      iptables -t filter -A FORWARD -i vethhost01 -j ACCEPT
      iptables -t filter -A FORWARD -i vethhost02 -j ACCEPT
      iptables -t filter -A FORWARD -o vethhost02 -j ACCEPT
      iptables -t raw -A PREROUTING -m mark --mark 0x1 -j ACCEPT
      iptables -t mangle -A PREROUTING -m mark --mark 0x1 -j ACCEPT
      """

  Rule: What is sent passes OUTPUT and POSTROUTING

    Scenario: The host's request to demo01
      When node03 pings demo01
      Then it takes the path:
        | node   | hook        | table  | chain       | rule   |
        | node03 | OUTPUT      | raw    | OUTPUT      | policy |
        | node03 | OUTPUT      | mangle | OUTPUT      | policy |
        | node03 | OUTPUT      | filter | OUTPUT      | policy |
        | node03 | POSTROUTING | mangle | POSTROUTING | policy |
      And it does not pass PREROUTING, INPUT, FORWARD on node03

    Scenario: The chains on this way, as the article lists them
      When node03 runs:
        """
        iptables -t raw --line-numbers -nvL OUTPUT  #查看iptables指定表的指定链的相关规则命名 `riptables -t <表名> --line-numbers -nvL <链名称>`  该命令的解读：打印OUTPUT链中的所有raw类型的规则，并能从policy的值获取该类规则集合的默认通行策略
        iptables -t mangle --line-numbers -nvL OUTPUT
        iptables -t nat --line-numbers -nvL OUTPUT
        iptables -t filter --line-numbers -nvL OUTPUT #该链功能最强大，四种类型的功能都有
        iptables -t mangle --line-numbers -nvL POSTROUTING  #命令使用方式同上，POSTROUTING是网络命名空间的`出口关卡`
        iptables -t nat --line-numbers -nvL POSTROUTING
        """
      Then it prints:
        """
        Chain OUTPUT (policy ACCEPT 0 packets, 0 bytes)
        num   pkts bytes target     prot opt in     out     source               destination
        Chain OUTPUT (policy ACCEPT 0 packets, 0 bytes)
        num   pkts bytes target     prot opt in     out     source               destination
        Chain OUTPUT (policy ACCEPT 0 packets, 0 bytes)
        num   pkts bytes target     prot opt in     out     source               destination
        Chain OUTPUT (policy ACCEPT 0 packets, 0 bytes)
        num   pkts bytes target     prot opt in     out     source               destination
        Chain POSTROUTING (policy ACCEPT 0 packets, 0 bytes)
        num   pkts bytes target     prot opt in     out     source               destination
        Chain POSTROUTING (policy ACCEPT 0 packets, 0 bytes)
        num   pkts bytes target     prot opt in     out     source               destination
        """

    Scenario: It leaves by the cable, not by enp2s0
      When node03 pings demo01
      Then it leaves node03 by vethhost01
      And it does not leave node03 by enp2s0

    Scenario: The route is found first: without one there is no packet that OUTPUT could count
      Given node03 runs:
        """
        ip route del 10.0.1.2
        ip route del default
        """
      When node03 pings 10.0.1.2
      Then it is unreachable: "Network is unreachable"
      When node03 runs:
        """
        iptables -nvL OUTPUT | head -1
        """
      Then it prints:
        """
        Chain OUTPUT (policy ACCEPT 0 packets, 0 bytes)
        """

    Scenario: A DROP in OUTPUT stops it
      Given node03 runs:
        """
        iptables -A OUTPUT -o vethhost01 -j DROP
        """
      When node03 pings demo01
      Then it is dropped by rule 1 of OUTPUT on node03

    Scenario Outline: A DROP in <chain> does not
      Given node03 runs:
        """
        iptables -I <chain> -p icmp -m icmp --icmp-type echo-request -j DROP
        """
      When node03 pings demo01
      Then it is answered

      Examples:
        | chain   |
        | INPUT   |
        | FORWARD |

  Rule: What is for the host passes PREROUTING and INPUT

    Scenario: demo01's reply to the host
      When node03 pings demo01
      Then the reply takes the path:
        | node   | hook       | table  | chain      | rule   |
        | node03 | PREROUTING | raw    | PREROUTING | policy |
        | node03 | PREROUTING | mangle | PREROUTING | policy |
        | node03 | INPUT      | mangle | INPUT      | policy |
        | node03 | INPUT      | filter | INPUT      | policy |
      And the reply does not pass OUTPUT, FORWARD, POSTROUTING on node03

    Scenario: The chains on this way, as the article lists them
      When node03 runs:
        """
        iptables -t raw --line-numbers -nvL PREROUTING #命令使用方式同上，PREROUTING是网络命名空间的`入口关卡`
        iptables -t mangle --line-numbers -nvL PREROUTING
        iptables -t nat --line-numbers -nvL PREROUTING
        iptables -t mangle --line-numbers -nvL INPUT #命令使用方式同上，经过INPUT链的报文就能进协议栈了
        iptables -t nat --line-numbers -nvL INPUT
        iptables -t filter --line-numbers -nvL INPUT
        """
      Then it prints:
        """
        Chain PREROUTING (policy ACCEPT 0 packets, 0 bytes)
        num   pkts bytes target     prot opt in     out     source               destination
        1        0     0 ACCEPT     0    --  *      *       0.0.0.0/0            0.0.0.0/0            mark match 0x1
        Chain PREROUTING (policy ACCEPT 0 packets, 0 bytes)
        num   pkts bytes target     prot opt in     out     source               destination
        1        0     0 ACCEPT     0    --  *      *       0.0.0.0/0            0.0.0.0/0            mark match 0x1
        Chain PREROUTING (policy ACCEPT 0 packets, 0 bytes)
        num   pkts bytes target     prot opt in     out     source               destination
        Chain INPUT (policy ACCEPT 0 packets, 0 bytes)
        num   pkts bytes target     prot opt in     out     source               destination
        Chain INPUT (policy ACCEPT 0 packets, 0 bytes)
        num   pkts bytes target     prot opt in     out     source               destination
        Chain INPUT (policy ACCEPT 0 packets, 0 bytes)
        num   pkts bytes target     prot opt in     out     source               destination
        """

    Scenario: demo01's request to the host goes the same way
      When demo01 pings node03
      Then it passes PREROUTING, INPUT on node03
      And it does not pass OUTPUT, FORWARD, POSTROUTING on node03

    Scenario: The host's address may be that of another interface
      The address is on enp2s0, the packet comes in by vethhost01. It is for the host all the same.

      Given node03 runs:
        """
        iptables -A INPUT -i enp2s0 -j DROP
        """
      When demo01 pings node03
      Then it does not match rule 1 of INPUT on node03
      And it is answered

    Scenario: Nothing has to be forwarded for it
      Given net.ipv4.ip_forward is 0 on node03
      When demo01 pings node03
      Then it is answered

    Scenario: A DROP in INPUT stops it
      Given node03 runs:
        """
        iptables -A INPUT -i vethhost01 -j DROP
        """
      When demo01 pings node03
      Then it is dropped by rule 1 of INPUT on node03

    Scenario Outline: A DROP in <chain> does not
      Given node03 runs:
        """
        iptables -I <chain> -p icmp -m icmp --icmp-type echo-request -j DROP
        """
      When demo01 pings node03
      Then it is answered

      Examples:
        | chain   |
        | OUTPUT  |
        | FORWARD |

  Rule: What is forwarded passes PREROUTING, FORWARD and POSTROUTING

    Scenario: demo01's request to demo02
      When demo01 pings demo02
      Then it takes the path:
        | node   | hook        | table  | chain       | rule   |
        | node03 | PREROUTING  | raw    | PREROUTING  | policy |
        | node03 | PREROUTING  | mangle | PREROUTING  | policy |
        | node03 | FORWARD     | mangle | FORWARD     | policy |
        | node03 | FORWARD     | filter | FORWARD     |      2 |
        | node03 | POSTROUTING | mangle | POSTROUTING | policy |
      And it does not pass INPUT, OUTPUT on node03

    Scenario: The chains on this way, as the article lists them
      When node03 runs:
        """
        iptables -t mangle --line-numbers -nvL FORWARD  #mangle类型的规则默认policy规则ACCEPT
        iptables -t filter --line-numbers -nvL FORWARD  #filter类型的规则policy默认为DROP
        # 可以看到该类规则已经DROP了很多个packets，如果一直测试ping，能看到被DROP的包会一直增长
        """
      Then it prints:
        """
        Chain FORWARD (policy ACCEPT 0 packets, 0 bytes)
        num   pkts bytes target     prot opt in     out     source               destination
        Chain FORWARD (policy DROP 0 packets, 0 bytes)
        num   pkts bytes target     prot opt in     out     source               destination
        1        0     0 ACCEPT     0    --  *      vethhost01  0.0.0.0/0            0.0.0.0/0
        2        0     0 ACCEPT     0    --  vethhost01 *       0.0.0.0/0            0.0.0.0/0
        3        0     0 ACCEPT     0    --  vethhost02 *       0.0.0.0/0            0.0.0.0/0
        4        0     0 ACCEPT     0    --  *      vethhost02  0.0.0.0/0            0.0.0.0/0
        """

    Scenario: The reply is forwarded, too: a router sees a conversation twice
      When demo01 pings demo02
      Then the reply passes PREROUTING, FORWARD, POSTROUTING on node03
      And the reply does not pass INPUT, OUTPUT on node03

    Scenario: It comes in by one cable and leaves by the other
      When demo01 pings demo02
      Then it leaves node03 by vethhost02
      And it does not leave node03 by enp2s0

    Scenario: The route is found first: without one FORWARD is not even asked
      Given node03 runs:
        """
        ip route del 10.0.2.2
        ip route del default
        """
      When demo01 pings 10.0.2.2
      Then it has no route on node03
      And it passes PREROUTING on node03
      And it does not pass FORWARD on node03
      And it is unreachable: "Destination Net Unreachable"

    Scenario: A DROP in FORWARD stops it
      Given node03 runs:
        """
        iptables -I FORWARD -i vethhost01 -j DROP
        """
      When demo01 pings demo02
      Then it is dropped by rule 1 of FORWARD on node03

    Scenario Outline: A DROP in <chain> does not
      Given node03 runs:
        """
        iptables -I <chain> -j DROP
        """
      When demo01 pings demo02
      Then it is answered

      Examples:
        | chain  |
        | INPUT  |
        | OUTPUT |

  Rule: Each hop takes one from the time to live, each way of its own does not

    Scenario: Forwarded once
      When demo01 pings demo02
      Then it is traced in mangle on node03 as:
        """
        mangle:PREROUTING:policy:2 IN=vethhost01 OUT= TTL=64
        mangle:FORWARD:policy:1 IN=vethhost01 OUT=vethhost02 TTL=63
        mangle:POSTROUTING:policy:1 IN=vethhost01 OUT=vethhost02 TTL=63
        """

    Scenario: Received
      When demo01 pings node03
      Then it is traced in mangle on node03 as:
        """
        mangle:PREROUTING:policy:2 IN=vethhost01 OUT= TTL=64
        mangle:INPUT:policy:1 IN=vethhost01 OUT= TTL=64
        """

    Scenario: Sent
      When node03 pings demo01
      Then it is traced in mangle on node03 as:
        """
        mangle:OUTPUT:policy:1 IN= OUT=vethhost01 TTL=64
        mangle:POSTROUTING:policy:1 IN= OUT=vethhost01 TTL=64
        """
