Feature: Watching a packet with TRACE
  `iptables -t raw -A PREROUTING -p icmp -j TRACE` makes the kernel log each rule that a packet matches, in /var/log/messages or
  syslog. Here nothing has to be switched on: what the kernel would log can be claimed of every packet, line by line.

  A line says table, chain and what was met there: `rule:3` is the third rule, and it matched; `return:5` is the end of a chain
  with four rules; `policy:2` is the end of a built-in chain with one rule. Rules that do not match leave no line. A rule
  without any condition that accepts, drops or returns is logged as `return` or `policy`, too: DOCKER-USER's only rule shows as `return:1`.

  Background:
    Given the topology "calico-docker"

  Rule: A trace shows every rule that matched, in order

    Scenario: A request between neighbours, in all tables
      Given web1 on master and web2 on master
      When web1 pings web2
      Then it is traced on master as:
        """
        raw:PREROUTING:rule:1 IN=<web1> OUT= SRC=web1 DST=web2 TTL=64 MARK=0x0
        raw:cali-PREROUTING:rule:1
        raw:cali-PREROUTING:rule:2
        raw:cali-PREROUTING:return:5 MARK=0x4000000
        raw:PREROUTING:policy:2
        mangle:PREROUTING:rule:1
        mangle:cali-PREROUTING:rule:3
        nat:PREROUTING:rule:1
        nat:cali-PREROUTING:rule:1
        nat:cali-fip-dnat:return:1
        nat:cali-PREROUTING:return:2
        nat:PREROUTING:policy:3
        mangle:FORWARD:policy:1 IN=<web1> OUT=<web2> TTL=63
        filter:FORWARD:rule:1
        filter:cali-FORWARD:rule:1
        filter:cali-from-wl-dispatch:rule:1
        filter:cali-fw-<web1>:rule:3
        filter:cali-fw-<web1>:rule:4
        filter:cali-pro-net1:rule:1 MARK=0x4000000
        filter:cali-pro-net1:rule:2 MARK=0x5000000
        filter:cali-fw-<web1>:rule:5
        filter:cali-FORWARD:rule:2
        filter:cali-to-wl-dispatch:rule:2
        filter:cali-tw-<web2>:rule:3 MARK=0x5000000
        filter:cali-tw-<web2>:rule:4 MARK=0x4000000
        filter:cali-pri-net1:rule:1
        filter:cali-pri-net1:rule:2 MARK=0x5000000
        filter:cali-tw-<web2>:rule:5
        filter:cali-FORWARD:rule:3
        mangle:POSTROUTING:policy:1
        nat:POSTROUTING:rule:1
        nat:cali-POSTROUTING:rule:1
        nat:cali-fip-snat:return:1
        nat:cali-POSTROUTING:rule:2
        nat:cali-nat-outgoing:return:2
        nat:cali-POSTROUTING:return:3
        nat:POSTROUTING:policy:3 IN=<web1> OUT=<web2> SRC=web1 DST=web2 TTL=63 MARK=0x5000000
        """

    Scenario: Its reply is much shorter, and has no lines of the nat table
      Given web1 on master and web2 on master
      When web1 pings web2
      Then the reply is traced on master as:
        """
        raw:PREROUTING:rule:1 IN=<web2> OUT= SRC=web2 DST=web1
        raw:cali-PREROUTING:rule:1
        raw:cali-PREROUTING:rule:2
        raw:cali-PREROUTING:return:5 MARK=0x4000000
        raw:PREROUTING:policy:2
        mangle:PREROUTING:rule:1
        mangle:cali-PREROUTING:rule:1
        mangle:FORWARD:policy:1
        filter:FORWARD:rule:1
        filter:cali-FORWARD:rule:1
        filter:cali-from-wl-dispatch:rule:2
        filter:cali-fw-<web2>:rule:1
        mangle:POSTROUTING:policy:1 IN=<web2> OUT=<web1> TTL=63 MARK=0x4000000
        """

  Rule: A trace ends where the packet does

    Scenario: The last line is the rule that dropped it
      Given web3 on slave1
      When master pings web3
      Then it is traced in filter on slave1 as:
        """
        filter:FORWARD:rule:1 IN=ens33 OUT=<web3> SRC=master DST=web3
        filter:cali-FORWARD:rule:2
        filter:cali-to-wl-dispatch:rule:1
        filter:cali-tw-<web3>:rule:3
        filter:cali-tw-<web3>:rule:4
        filter:cali-pri-net1:return:3
        filter:cali-tw-<web3>:rule:6 IN=ens33 OUT=<web3> MARK=0x0
        """

    Scenario: Or the policy, after every chain on the way had nothing to say
      Given client runs:
        """
        ip route add 8.8.8.8 via 172.16.91.225
        """
      When client pings internet
      Then it is traced in filter on master as:
        """
        filter:FORWARD:rule:1 IN=ens33 OUT=ens33
        filter:cali-FORWARD:rule:5
        filter:cali-FORWARD:rule:6
        filter:cali-from-host-endpoint:return:1
        filter:cali-FORWARD:rule:7
        filter:cali-to-host-endpoint:return:1
        filter:cali-FORWARD:return:9
        filter:FORWARD:rule:2
        filter:DOCKER-USER:return:1
        filter:FORWARD:rule:3
        filter:DOCKER-ISOLATION-STAGE-1:return:2
        filter:FORWARD:policy:8
        """

  Rule: Each node has a trace of its own

    Scenario: The sender's node in the filter table
      Given web1 on master and web3 on slave1
      When web1 pings web3
      Then it is traced in filter on master as:
        """
        filter:FORWARD:rule:1 IN=<web1> OUT=ens33
        filter:cali-FORWARD:rule:1
        filter:cali-from-wl-dispatch:rule:1
        filter:cali-fw-<web1>:rule:3
        filter:cali-fw-<web1>:rule:4
        filter:cali-pro-net1:rule:1
        filter:cali-pro-net1:rule:2
        filter:cali-fw-<web1>:rule:5
        filter:cali-FORWARD:rule:3 MARK=0x5000000
        """

    Scenario: The receiver's node in the filter table
      Given web1 on master and web3 on slave1
      When web1 pings web3
      Then it is traced in filter on slave1 as:
        """
        filter:FORWARD:rule:1 IN=ens33 OUT=<web3> MARK=0x0
        filter:cali-FORWARD:rule:2
        filter:cali-to-wl-dispatch:rule:1
        filter:cali-tw-<web3>:rule:3
        filter:cali-tw-<web3>:rule:4
        filter:cali-pri-net1:rule:1
        filter:cali-pri-net1:rule:2 MARK=0x1000000
        filter:cali-tw-<web3>:rule:5
        filter:cali-FORWARD:rule:4
        """

    Scenario: A masquerade shows only in what comes after it
      The line of the rule itself still has the old source.

      Given web1 on master
      When web1 pings internet
      Then it is traced in nat on master as:
        """
        nat:PREROUTING:rule:1 SRC=web1 DST=internet
        nat:cali-PREROUTING:rule:1
        nat:cali-fip-dnat:return:1
        nat:cali-PREROUTING:return:2
        nat:PREROUTING:policy:3
        nat:POSTROUTING:rule:1
        nat:cali-POSTROUTING:rule:1
        nat:cali-fip-snat:return:1
        nat:cali-POSTROUTING:rule:2
        nat:cali-nat-outgoing:rule:1 SRC=web1 DST=internet
        """
