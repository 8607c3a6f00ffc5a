Feature: Finding the fault by the walk
  The note ends with a checklist for when a ping is not answered: follow the packet and see where it ends, look with tcpdump, look at
  ip_forward, look at the chains. Each scenario breaks one thing in a network that works, and asks where the packet ended.

  Background: a network that works both ways
    Given the topology "two-hosts-routed"
    And a-master runs:
      """
      iptables -t nat -F POSTROUTING
      iptables -P FORWARD ACCEPT
      """
    And a-slave1 runs:
      """
      iptables -t nat -F POSTROUTING
      iptables -P FORWARD ACCEPT
      """

  Rule: The whole way, while nothing is broken

    Scenario: There
      When m-web1 pings s-web1
      Then it leaves m-web1 by eth0 via a-master
      And it passes PREROUTING, FORWARD, POSTROUTING on a-master
      And it leaves a-master by ens33 via a-slave1
      And it passes PREROUTING, FORWARD, POSTROUTING on a-slave1
      And it leaves a-slave1 by docker0
      And it is delivered to s-web1

    Scenario: And back
      When m-web1 pings s-web1
      Then the reply leaves s-web1 by eth0 via a-slave1
      And the reply leaves a-slave1 by ens33 via a-master
      And the reply leaves a-master by docker0
      And the reply is delivered to m-web1
      And it is answered

  Rule: First: on which leg, and on which host, does it end?

    Scenario: The container has no default route: it sends nothing
      Given m-web1 runs:
        """
        ip route del default
        """
      When m-web1 pings s-web1
      Then it is unreachable: "Network is unreachable"

    Scenario: The container's gateway is wrong: nobody answers to that address
      Given m-web1 runs:
        """
        ip route del default
        ip route add default via 172.17.1.254
        """
      When m-web1 pings s-web1
      Then it is unreachable: "Destination Host Unreachable"
      And it does not leave a-master

    Scenario: a-master has no route: it leaves for the gateway
      Given a-master runs:
        """
        ip route del 172.17.2.0/24
        """
      When m-web1 pings s-web1
      Then it leaves a-master by ens33 via gateway

    Scenario: a-master's route names a host that is not there
      Given a-master runs:
        """
        ip route replace 172.17.2.0/24 via 172.16.91.199
        """
      When m-web1 pings s-web1
      Then it is unreachable: "Destination Host Unreachable"
      And it does not leave a-slave1

    Scenario: a-slave1 has no route: the request arrives, the reply leaves for the gateway
      Given a-slave1 runs:
        """
        ip route del 172.17.1.0/24
        """
      When m-web1 pings s-web1
      Then it is delivered to s-web1
      And the reply leaves a-slave1 by ens33 via gateway

    Scenario: The other container has no way back: the request arrives, and there is no reply
      Given s-web1 runs:
        """
        ip route del default
        """
      When m-web1 pings s-web1
      Then it is delivered to s-web1
      And it is lost

    Scenario: The other container is gone from its address
      Given s-web1 runs:
        """
        ip addr flush dev eth0
        """
      When m-web1 pings 172.17.2.2
      Then it is dropped because of neighbour-failed on a-slave1
      And it is unreachable: "Destination Host Unreachable"

    Scenario: docker0 is down on a-slave1
      Given a-slave1 runs:
        """
        ip link set docker0 down
        """
      When m-web1 pings s-web1
      Then it is not delivered to s-web1
      And it does not leave a-slave1 by docker0

  Rule: What tcpdump would show at each place is what passes there

    Scenario: A request that comes in and does not go out was stopped on that host
      Given a-slave1 runs:
        """
        iptables -I DOCKER-USER -d 172.17.2.2 -j DROP
        """
      When m-web1 pings s-web1
      Then it leaves a-master by ens33 via a-slave1
      And it passes PREROUTING on a-slave1
      And it does not leave a-slave1 by docker0

    Scenario: The source that the other end sees tells whether somebody translates
      Given a-master runs:
        """
        iptables -t nat -A POSTROUTING -s 172.17.1.0/24 ! -o docker0 -j MASQUERADE
        """
      When m-web1 pings s-web1
      Then s-web1 does not see it from m-web1
      And s-web1 sees it from a-master

    Scenario: It is m-web1 itself where nobody does
      When m-web1 pings s-web1
      Then s-web1 sees it from m-web1

  Rule: Then: do both hosts forward?

    Scenario Outline: ip_forward is 0 on <host>
      Given net.ipv4.ip_forward is 0 on <host>
      When m-web1 pings s-web1
      Then it is dropped because of forwarding-disabled on <host>

      Examples:
        | host     |
        | a-master |
        | a-slave1 |

    Scenario: One interface may be excepted
      Given net.ipv4.conf.docker0.forwarding is 0 on a-slave1
      When m-web1 pings s-web1
      Then it is delivered to s-web1
      And the reply is dropped because of forwarding-disabled on a-slave1

    Scenario: rp_filter may not believe the way by which it comes
      Given a-slave1 runs:
        """
        sysctl -w net.ipv4.conf.all.rp_filter=1
        ip route replace 172.17.1.0/24 dev docker0
        """
      When m-web1 pings s-web1
      Then it is dropped because of rp-filter on a-slave1

  Rule: Then: which chain stops it?

    Scenario: A policy
      Given a-slave1 runs:
        """
        iptables -P FORWARD DROP
        """
      When m-web1 pings s-web1
      Then it is dropped by the FORWARD policy on a-slave1

    Scenario: A rule of somebody's own
      Given a-master runs:
        """
        iptables -I DOCKER-USER -s 172.17.1.2 -d 172.17.2.0/24 -j DROP
        """
      When m-web1 pings s-web1
      Then it is dropped by rule 1 of DOCKER-USER on a-master

    Scenario: A rule that meets the reply only
      Given a-slave1 runs:
        """
        iptables -I DOCKER-USER -i docker0 -p icmp -m icmp --icmp-type echo-reply -j DROP
        """
      When m-web1 pings s-web1
      Then it is delivered to s-web1
      And the reply is dropped by rule 1 of DOCKER-USER on a-slave1

    Scenario: A rule in a table where nobody looks
      Given a-slave1 runs:
        """
        iptables -t mangle -A PREROUTING -s 172.17.1.0/24 -j DROP
        """
      When m-web1 pings s-web1
      Then it is dropped by rule 1 of mangle PREROUTING on a-slave1
      And it does not pass FORWARD on a-slave1

    Scenario: A rule in the container itself
      Given s-web1 runs:
        """
        iptables -A INPUT -p icmp -j DROP
        """
      When m-web1 pings s-web1
      Then it is dropped by rule 1 of INPUT on s-web1

    Scenario: The counters find it without a trace
      Given a-slave1 runs:
        """
        iptables -I DOCKER-USER -s 172.17.1.2 -j DROP
        """
      When m-web1 pings s-web1
      And a-slave1 runs:
        """
        iptables -t filter --line-numbers -nvL DOCKER-USER
        """
      Then it prints:
        """
        Chain DOCKER-USER (1 references)
        num   pkts bytes target     prot opt in     out     source               destination
        1        1    84 DROP       0    --  *      *       172.17.1.2           0.0.0.0/0
        2        0     0 RETURN     0    --  *      *       0.0.0.0/0            0.0.0.0/0
        """
