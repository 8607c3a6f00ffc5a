Feature: Where routing sits between the chains
  What comes in passes PREROUTING first and is routed then; what goes out is routed first and passes POSTROUTING then. Routing is the
  fork in the road: to the host itself (INPUT), or through it (FORWARD). So whatever is to change a packet's way has to happen
  in PREROUTING, and whatever needs to know the way, such as the choice of the address that MASQUERADE lends, in POSTROUTING.

  Background:
    Given the topology "calico-docker"
    And web1 on master and web2 on master and web3 on slave1

  Rule: Routing forks the way of what comes in

    Scenario: To the host itself: PREROUTING, then INPUT
      When web1 pings master
      Then it passes PREROUTING, INPUT on master
      And it does not pass FORWARD, POSTROUTING on master

    Scenario: To somebody else: PREROUTING, then FORWARD, then POSTROUTING
      When web1 pings web3
      Then it passes PREROUTING, FORWARD, POSTROUTING on master
      And it does not pass INPUT, OUTPUT on master

    Scenario: From the host itself: OUTPUT, then POSTROUTING
      When master pings client
      Then it passes OUTPUT, POSTROUTING on master
      And it does not pass PREROUTING, FORWARD on master

    Scenario: From the host to itself: all around, out by lo and in again
      When master pings master
      Then it passes OUTPUT, POSTROUTING, PREROUTING, INPUT on master
      And it is answered

  Rule: What changes in PREROUTING changes the way

    Scenario: A destination translated in PREROUTING is forwarded instead of delivered
      Given master runs:
        """
        iptables -t nat -A PREROUTING -p icmp -i cali+ -d 172.16.91.225 -j DNAT --to-destination 172.16.91.227
        """
      When web1 pings master
      Then it is translated to slave2 on master
      And it passes PREROUTING, FORWARD on master
      And it does not pass INPUT on master
      And it is delivered to slave2

    Scenario: A mark set in PREROUTING chooses the routing table
      Given master runs:
        """
        iptables -t raw -A PREROUTING -i cali+ -j MARK --set-xmark 0x1/0x1
        ip rule add fwmark 0x1/0x1 table 100
        ip route add default via 172.16.91.227 table 100
        """
      When web1 pings internet
      Then it leaves master by ens33 via slave2

    Scenario: A mark set in POSTROUTING comes too late
      Given master runs:
        """
        iptables -t mangle -A POSTROUTING -j MARK --set-xmark 0x1/0x1
        ip rule add fwmark 0x1/0x1 table 100
        ip route add default via 172.16.91.227 table 100
        """
      When web1 pings internet
      Then it leaves master by ens33 via gateway

  Rule: What happens in POSTROUTING knows the way

    Scenario: A rule for one interface masquerades what leaves by it
      Given master runs:
        """
        iptables -t nat -I POSTROUTING -o ens33 -j MASQUERADE
        """
      When web1 pings web3
      Then it is masqueraded on master as master

    Scenario: And not what leaves by another
      Given master runs:
        """
        iptables -t nat -I POSTROUTING -o ens33 -j MASQUERADE
        """
      When web1 pings web2
      Then it is not masqueraded
      And it is answered

    Scenario: The masqueraded packet is no member of the network any more, and dies at the other end
      This is why cali-nat-outgoing asks for the destination: addresses are how Calico knows its own.

      Given master runs:
        """
        iptables -t nat -I POSTROUTING -o ens33 -j MASQUERADE
        """
      When web1 pings web3
      Then it is dropped by rule 6 of cali-tw-<web3> on slave1

  Rule: Where there is no route, there is nothing after PREROUTING

    Scenario: A node without a route for the destination says so to the container
      Given master runs:
        """
        ip route add 169.254.1.1 dev ens33
        ip route del default
        """
      When web1 pings internet
      Then it passes PREROUTING on master
      And it does not pass FORWARD on master
      And it has no route on master
      And it is unreachable: "Destination Net Unreachable"
