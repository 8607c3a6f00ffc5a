Feature: The note on two Docker hosts needs routes that it never mentions
  Two hosts, each with containers on its docker0, and the wish that containers reach each other by their own addresses. The note empties a
  nat chain and opens a filter chain. All of that is in vain as long as the hosts do not know where the other's containers are. Somebody
  must have added routes, on the hosts or on their gateway: without them none of the note's pings could have been answered.

  Background: all that the note does is done, on both hosts
    Given the topology "two-hosts"
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

  Rule: Without routes the packet goes to the default gateway

    Scenario: a-master knows its own containers and the lan, and nothing of 172.17.2.0/24
      Then the routes on a-master are:
        """
        default via 172.16.91.2 dev ens33
        172.16.91.0/24 dev ens33 proto kernel scope link src 172.16.91.131
        172.17.1.0/24 dev docker0 proto kernel scope link src 172.17.1.1
        """

    Scenario: From m-web1
      When m-web1 pings s-web1
      Then it leaves a-master by ens33 via gateway
      And it does not leave a-master via a-slave1
      And it is not delivered to s-web1

    Scenario: From s-web1
      When s-web1 pings m-web1
      Then it leaves a-slave1 by ens33 via gateway
      And it is not delivered to m-web1

    Scenario: The hosts reach each other, and that is no help
      Then the reachability is:
        |          | a-master | a-slave1 | m-web1 | s-web1 |
        | a-master |          | ok       | ok     | -      |
        | a-slave1 | ok       |          | -      | ok     |
        | m-web1   | ok       | -        |        | -      |
        | s-web1   | -        | ok       | -      |        |

  Rule: With a route on the sender's host alone, the request arrives

    Background:
      Given a-master runs:
        """
        ip route add 172.17.2.0/24 via 172.16.91.132
        """

    Scenario: The reply goes to the gateway of the other host
      When m-web1 pings s-web1
      Then it leaves a-master by ens33 via a-slave1
      And it is delivered to s-web1
      And the reply leaves a-slave1 by ens33 via gateway
      And it is not answered

    Scenario: It is answered if a-master lends its address, which a-slave1 knows
      Docker's MASQUERADE rule does that. The note removes it: see nat-postrouting.feature.

      Given a-master runs:
        """
        iptables -t nat -A POSTROUTING -s 172.17.1.0/24 ! -o docker0 -j MASQUERADE
        """
      When m-web1 pings s-web1
      Then s-web1 sees it from a-master
      And it is answered

  Rule: With a route on both hosts the containers reach each other

    Background:
      Given a-master runs:
        """
        ip route add 172.17.2.0/24 via 172.16.91.132
        """
      And a-slave1 runs:
        """
        ip route add 172.17.1.0/24 via 172.16.91.131
        """

    Scenario: From m-web1
      When m-web1 pings s-web1
      Then it leaves a-master by ens33 via a-slave1
      And it leaves a-slave1 by docker0
      And the reply leaves a-slave1 by ens33 via a-master
      And it is answered

    Scenario: Everybody reaches everybody
      Then the reachability is:
        |          | a-master | a-slave1 | m-web1 | s-web1 |
        | a-master |          | ok       | ok     | ok     |
        | a-slave1 | ok       |          | ok     | ok     |
        | m-web1   | ok       | ok       |        | ok     |
        | s-web1   | ok       | ok       | ok     |        |

    Scenario: The containers themselves need no route: they send everything to their host
      Then the routes on m-web1 are:
        """
        default via 172.17.1.1 dev eth0
        172.17.1.0/24 dev eth0 proto kernel scope link src 172.17.1.2
        """
