Feature: Another host reaches the namespaces by a route, and sees who they are
  node02 is on the lan with node03 and reaches it. That 10.0.1.2 is behind node03 it has to be told by a route. node03 needs nothing more: the
  article is right in that, because its four rules accept whatever comes from or goes to the cables, to and from anywhere.

  Nothing is translated on the way: node02 sees the address of demo01. Calico's BGP mode works like that.

  Background: the four rules are in place
    Given the topology "joined-namespaces"
    And node03 runs:
      """
      iptables -t filter -A FORWARD -o vethhost01 -j ACCEPT
      iptables -t filter -A FORWARD -i vethhost01 -j ACCEPT
      iptables -t filter -A FORWARD -i vethhost02 -j ACCEPT
      iptables -t filter -A FORWARD -o vethhost02 -j ACCEPT
      """

  Rule: Without a route on node02 neither direction works

    Scenario: node02 sends to its gateway
      When node02 pings demo01
      Then it leaves node02 by enp2s0 via gateway
      And it does not leave node02 via node03
      And it is not delivered to demo01

    Scenario: From demo01 the request arrives; the reply goes to the gateway
      When demo01 pings node02
      Then it is delivered to node02
      And the reply leaves node02 by enp2s0 via gateway
      And it is lost

    Scenario: The two hosts reach each other all the while
      Then the reachability is:
        |        | node02 | node03 |
        | node02 |        | ok     |
        | node03 | ok     |        |

  Rule: With the routes on node02 both directions work

    Background:
      Given node02 runs:
        """
        route add -host 10.0.1.2 gw 100.100.198.250
        route add -host 10.0.2.2 gw 100.100.198.250
        """

    Scenario: The routes
      Then the routes on node02 are:
        """
        default via 100.100.198.254 dev enp2s0
        10.0.1.2 via 100.100.198.250 dev enp2s0
        10.0.2.2 via 100.100.198.250 dev enp2s0
        100.100.198.0/24 dev enp2s0 proto kernel scope link src 100.100.198.253
        """

    Scenario: Everybody reaches everybody
      Then the reachability is:
        |        | node02 | node03 | demo01 | demo02 |
        | node02 |        | ok     | ok     | ok     |
        | node03 | ok     |        | ok     | ok     |
        | demo01 | ok     | ok     |        | ok     |
        | demo02 | ok     | ok     | ok     |        |

    Scenario: The way from node02
      When node02 pings demo01
      Then it leaves node02 by enp2s0 via node03
      And it matches rule 1 of FORWARD on node03
      And it leaves node03 by vethhost01
      And the reply matches rule 2 of FORWARD on node03

    Scenario: On node03 nothing was added for it
      Then the routes on node03 are:
        """
        default via 100.100.198.254 dev enp2s0
        10.0.1.2 dev vethhost01 scope link
        10.0.2.2 dev vethhost02 scope link
        100.100.198.0/24 dev enp2s0 proto kernel scope link src 100.100.198.250
        """

    Scenario: A namespace whose rules are taken away is cut off again, the other is not
      Given node03 runs:
        """
        iptables -D FORWARD -o vethhost01 -j ACCEPT
        iptables -D FORWARD -i vethhost01 -j ACCEPT
        """
      When node02 pings demo02
      Then it is answered
      When node02 pings demo01
      Then it is dropped by the FORWARD policy on node03

    Scenario: node03 has to forward
      Given net.ipv4.ip_forward is 0 on node03
      When node02 pings demo01
      Then it is dropped because of forwarding-disabled on node03

  Rule: Rules that name both cables are not enough for a third party

    Scenario: What comes from a cable and does not go to the other one is dropped
      Given node03 runs:
        """
        iptables -F FORWARD
        iptables -A FORWARD -o vethhost01 -j ACCEPT
        iptables -A FORWARD -o vethhost02 -j ACCEPT
        """
      When demo01 pings demo02
      Then it is answered
      When demo01 pings node02
      Then it is dropped by the FORWARD policy on node03

  Rule: The far end sees the namespace's own address

    Background:
      Given node02 runs:
        """
        route add -host 10.0.1.2 gw 100.100.198.250
        """

    Scenario: The source is demo01
      When demo01 pings node02
      Then it is not masqueraded
      And node02 sees it from demo01
      And it is answered

    Scenario: demo01 sees node02
      When node02 pings demo01
      Then demo01 sees it from node02

    Scenario: With MASQUERADE the source is node03
      Given node03 runs:
        """
        iptables -t nat -A POSTROUTING -s 10.0.1.2 -o enp2s0 -j MASQUERADE
        """
      When demo01 pings node02
      Then node02 sees it from node03
      And it is answered

    Scenario: With MASQUERADE node02 needs no route to answer, and still has none to ask
      Given node03 runs:
        """
        iptables -t nat -A POSTROUTING -s 10.0.2.2 -o enp2s0 -j MASQUERADE
        """
      When demo02 pings node02
      Then it is answered
      When node02 pings demo02
      Then it is not delivered to demo02
