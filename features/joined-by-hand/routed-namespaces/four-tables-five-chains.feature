Feature: Four tables, five chains
  A chain is a checkpoint on a packet's way, a table is a kind of rule. Not every kind is at every checkpoint:

  |        | PREROUTING | INPUT | FORWARD | OUTPUT | POSTROUTING |
  | ------ | ---------- | ----- | ------- | ------ | ----------- |
  | raw    | yes        |       |         | yes    |             |
  | mangle | yes        | yes   | yes     | yes    | yes         |
  | nat    | yes        | yes   |         | yes    | yes         |
  | filter |            | yes   | yes     | yes    |             |

  The article reads them with `iptables -t TABLE --line-numbers -nvL CHAIN`. (There is a fifth table, security, for the labels of SELinux, at the
  same checkpoints as filter. CentOS 6 had no INPUT in nat.)

  Background:
    Given the topology "joined-namespaces"

  Rule: A table has the chains of its checkpoints

    Scenario Outline: <table> has <chain>
      When node03 runs:
        """
        iptables -t <table> --line-numbers -nvL <chain>
        """
      Then it prints:
        """
        Chain <chain> (policy ACCEPT 0 packets, 0 bytes)
        num   pkts bytes target     prot opt in     out     source               destination
        """

      Examples:
        | table  | chain       |
        | raw    | PREROUTING  |
        | raw    | OUTPUT      |
        | mangle | PREROUTING  |
        | mangle | INPUT       |
        | mangle | FORWARD     |
        | mangle | OUTPUT      |
        | mangle | POSTROUTING |
        | nat    | PREROUTING  |
        | nat    | INPUT       |
        | nat    | OUTPUT      |
        | nat    | POSTROUTING |
        | filter | INPUT       |
        | filter | OUTPUT      |

    Scenario: filter has FORWARD, and here its policy is DROP
      When node03 runs:
        """
        iptables -t filter --line-numbers -nvL FORWARD
        """
      Then it prints:
        """
        Chain FORWARD (policy DROP 0 packets, 0 bytes)
        num   pkts bytes target     prot opt in     out     source               destination
        """

    Scenario Outline: <table> has no <chain>
      When node03 runs:
        """
        iptables -t <table> --line-numbers -nvL <chain>
        """
      Then it prints nothing
      And it fails with "No chain/target/match by that name."

      Examples:
        | table  | chain       |
        | raw    | INPUT       |
        | raw    | FORWARD     |
        | raw    | POSTROUTING |
        | nat    | FORWARD     |
        | filter | PREROUTING  |
        | filter | POSTROUTING |

    Scenario: No other table is there by default
      When node03 runs:
        """
        iptables -t nosuch -nL
        """
      Then it fails with "nosuch"

  Rule: At a checkpoint the tables are asked in a fixed order

    Background: a rule that logs nothing and decides nothing, in every table, and connections are tracked
      Given node03 runs:
        """
        iptables -P FORWARD ACCEPT
        iptables -t raw -A PREROUTING -j MARK --set-mark 0
        iptables -t raw -A OUTPUT -j MARK --set-mark 0
        iptables -t mangle -A PREROUTING -m conntrack --ctstate NEW
        iptables -t nat -A PREROUTING -p icmp
        iptables -t nat -A INPUT -p icmp
        iptables -t nat -A OUTPUT -p icmp
        iptables -t nat -A POSTROUTING -p icmp
        """

    Scenario: Forwarded: raw, mangle, nat; mangle, filter; mangle, nat
      When demo01 pings demo02
      Then it takes the path:
        | node   | hook        | table  |
        | node03 | PREROUTING  | raw    |
        | node03 | PREROUTING  | mangle |
        | node03 | PREROUTING  | nat    |
        | node03 | FORWARD     | mangle |
        | node03 | FORWARD     | filter |
        | node03 | POSTROUTING | mangle |
        | node03 | POSTROUTING | nat    |

    Scenario: Received: raw, mangle, nat; mangle, filter, nat
      When demo01 pings node03
      Then it takes the path:
        | node   | hook       | table  |
        | node03 | PREROUTING | raw    |
        | node03 | PREROUTING | mangle |
        | node03 | PREROUTING | nat    |
        | node03 | INPUT      | mangle |
        | node03 | INPUT      | filter |
        | node03 | INPUT      | nat    |

    Scenario: Sent: raw, mangle, nat, filter; mangle, nat
      When node03 pings demo01
      Then it takes the path:
        | node   | hook        | table  |
        | node03 | OUTPUT      | raw    |
        | node03 | OUTPUT      | mangle |
        | node03 | OUTPUT      | nat    |
        | node03 | OUTPUT      | filter |
        | node03 | POSTROUTING | mangle |
        | node03 | POSTROUTING | nat    |

    Scenario: nat is asked about the first packet of a connection only, and the reply is not one
      When demo01 pings demo02
      Then it passes nat PREROUTING, nat POSTROUTING on node03
      And the reply does not pass nat PREROUTING, nat POSTROUTING on node03
      And the reply passes raw PREROUTING, mangle FORWARD, filter FORWARD on node03

  Rule: filter decides who may pass

    Scenario: It drops
      Given node03 runs:
        """
        iptables -t filter -A INPUT -s 10.0.1.2 -j DROP
        """
      When demo01 pings node03
      Then it is dropped by rule 1 of INPUT on node03

    Scenario: What it does not name passes
      Given node03 runs:
        """
        iptables -t filter -A INPUT -s 10.0.1.2 -j DROP
        """
      When demo02 pings node03
      Then it is answered

    Scenario: nat must not: iptables refuses
      When node03 runs:
        """
        iptables -t nat -A PREROUTING -s 10.0.1.2 -j DROP
        """
      Then it fails with 'The "nat" table is not intended for filtering'

  Rule: nat translates addresses

    Background:
      Given node03 runs:
        """
        iptables -P FORWARD ACCEPT
        """

    Scenario: The sender's
      Given node03 runs:
        """
        iptables -t nat -A POSTROUTING -s 10.0.1.2 -o enp2s0 -j MASQUERADE
        """
      When demo01 pings node02
      Then it is masqueraded on node03 as node03
      And node02 sees it from node03
      And it is answered

    Scenario: Without the rule the sender stays who it is
      When demo01 pings node02
      Then it is not masqueraded
      And node02 sees it from demo01

    Scenario: The receiver's
      Given node03 runs:
        """
        iptables -t nat -A PREROUTING -i vethhost01 -d 10.9.9.9 -j DNAT --to-destination 10.0.2.2
        """
      When demo01 pings 10.9.9.9
      Then it is translated to demo02 on node03
      And it is answered

    Scenario: filter cannot: iptables refuses
      When node03 runs:
        """
        iptables -t filter -A FORWARD -j MASQUERADE
        """
      Then it fails with "Invalid argument"

  Rule: mangle changes packets, for instance a mark that routing obeys

    Background:
      Given node03 runs:
        """
        iptables -P FORWARD ACCEPT
        ip route add blackhole default table 100
        ip rule add fwmark 0x1 lookup 100
        """

    Scenario: A marked packet takes the other routing table
      Given node03 runs:
        """
        iptables -t mangle -A PREROUTING -i vethhost01 -j MARK --set-mark 0x1
        """
      When demo01 pings demo02
      Then it carries mark 0x1 after mangle PREROUTING on node03
      And it is dropped because of blackhole on node03

    Scenario: One that is not marked takes the main one
      Given node03 runs:
        """
        iptables -t mangle -A PREROUTING -i vethhost02 -p tcp -j MARK --set-mark 0x1
        """
      When demo01 pings demo02
      Then it is answered

  Rule: raw keeps packets out of connection tracking, and so out of nat

    Background:
      Given node03 runs:
        """
        iptables -P FORWARD ACCEPT
        iptables -t nat -A POSTROUTING -s 10.0.1.2 -o enp2s0 -j MASQUERADE
        """

    Scenario: With NOTRACK there is no translation and no memory
      Given node03 runs:
        """
        iptables -t raw -A PREROUTING -i vethhost01 -j NOTRACK
        """
      When demo01 pings node02
      Then it does not pass nat POSTROUTING
      And node02 sees it from demo01
      And conntrack on node03 lists nothing

    Scenario: Without it there is both
      When demo01 pings node02
      Then it passes nat POSTROUTING on node03
      And node02 sees it from node03
      And conntrack on node03 lists:
        """
        icmp 1 src=demo01 dst=node02 src=node02 dst=node03
        """
