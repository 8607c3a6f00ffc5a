Feature: Emptying POSTROUTING is not what lets the containers through
  Docker masquerades what its containers send to anywhere but docker0. The note empties that chain on a-master first, "to prevent NAT", and
  shows a ping before and one after. Both fail: what stops them is the FORWARD policy of a-slave1. Emptying the chain changes whom the
  other container sees, and whether the answer needs a route; and it costs the containers their way to the rest of the world.

  Background:
    Given the topology "two-hosts-routed"

  Rule: Before and after, the packet ends at the FORWARD policy of a-slave1

    Scenario: Before
      When m-web1 pings s-web1
      Then it is masqueraded on a-master as a-master
      And it is dropped by the FORWARD policy on a-slave1
      And it is lost

    Scenario: After
      Given a-master runs:
        """
        iptables -t nat -F POSTROUTING
        """
      When m-web1 pings s-web1
      Then it is not masqueraded
      And it is dropped by the FORWARD policy on a-slave1
      And it is lost

  Rule: With a-slave1 open, both are answered; the other end sees the difference

    Background:
      Given a-slave1 runs:
        """
        iptables -P FORWARD ACCEPT
        """

    Scenario: Before, s-web1 sees the host
      When m-web1 pings s-web1
      Then it is masqueraded on a-master as a-master
      And s-web1 sees it from a-master
      And it is answered

    Scenario: After, s-web1 sees the container
      Given a-master runs:
        """
        iptables -t nat -F POSTROUTING
        """
      When m-web1 pings s-web1
      Then s-web1 sees it from m-web1
      And it is answered

    Scenario: Before, a-slave1 answers a neighbour and needs no route to a-master's containers
      Given a-slave1 runs:
        """
        ip route del 172.17.1.0/24
        """
      When m-web1 pings s-web1
      Then it is answered

    Scenario: After, it needs one
      Given a-slave1 runs:
        """
        ip route del 172.17.1.0/24
        """
      And a-master runs:
        """
        iptables -t nat -F POSTROUTING
        """
      When m-web1 pings s-web1
      Then it is delivered to s-web1
      And the reply leaves a-slave1 by ens33 via gateway
      And it is not answered

  Rule: It empties one chain of one table

    Scenario: Before
      Then the nat table on a-master is:
        """
        -P PREROUTING ACCEPT
        -P INPUT ACCEPT
        -P OUTPUT ACCEPT
        -P POSTROUTING ACCEPT
        -N DOCKER
        -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
        -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
        -A POSTROUTING -s 172.17.1.0/24 ! -o docker0 -j MASQUERADE
        -A DOCKER -i docker0 -j RETURN
        """

    Scenario: After
      When a-master runs:
        """
        iptables -t nat -F POSTROUTING
        """
      Then the nat table on a-master is:
        """
        -P PREROUTING ACCEPT
        -P INPUT ACCEPT
        -P OUTPUT ACCEPT
        -P POSTROUTING ACCEPT
        -N DOCKER
        -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
        -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
        -A DOCKER -i docker0 -j RETURN
        """

    Scenario: Without -t nat there is no such chain
      When a-master runs:
        """
        iptables -F POSTROUTING
        """
      Then it fails with "No chain/target/match by that name."
      And the nat table on a-master has:
        """
        -A POSTROUTING -s 172.17.1.0/24 ! -o docker0 -j MASQUERADE
        """

  Rule: It costs the containers their way to everybody who has no route to them

    Scenario: Before, the internet answers the host
      When m-web1 pings internet
      Then internet sees it from a-master
      And it is answered

    Scenario: After, it answers an address that it does not know
      Given a-master runs:
        """
        iptables -t nat -F POSTROUTING
        """
      When m-web1 pings internet
      Then internet sees it from m-web1
      And it is not answered

    Scenario: An exception for the other containers would have been enough
      Given a-master runs:
        """
        iptables -t nat -I POSTROUTING -d 172.17.2.0/24 -j ACCEPT
        """
      And a-slave1 runs:
        """
        iptables -P FORWARD ACCEPT
        """
      When m-web1 pings s-web1
      Then s-web1 sees it from m-web1
      And it is answered
      When m-web1 pings internet
      Then it is answered
