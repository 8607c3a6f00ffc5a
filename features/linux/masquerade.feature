Feature: MASQUERADE lends the address of the way out
  SNAT writes an address that a person chose. MASQUERADE chooses one itself: the first address of the interface by which
  the packet leaves, of the subnet in which the next hop is. Secondary addresses are never chosen.

  Background: ann and bob are on two wires, and a router joins them
    Given the topology "one-router"

  Rule: The address is the outgoing interface's

    Scenario: What leaves by eth1 gets an address of eth1
      Given router runs:
        """
        iptables -t nat -A POSTROUTING -j MASQUERADE
        """
      When ann pings bob
      Then it is masqueraded on router as 10.0.2.1
      And bob sees it from 10.0.2.1
      And it is answered

    Scenario: What leaves by eth0 gets an address of eth0
      Given router runs:
        """
        iptables -t nat -A POSTROUTING -j MASQUERADE
        """
      When bob pings ann
      Then it is masqueraded on router as 10.0.1.1

    Scenario: Without a rule it keeps its own
      When ann pings bob
      Then it is not masqueraded
      And bob sees it from ann

  Rule: Of several addresses it is the first of the next hop's subnet

    Scenario: A secondary address is not chosen
      Given router runs:
        """
        ip addr add 10.0.2.7/24 dev eth1
        iptables -t nat -A POSTROUTING -j MASQUERADE
        """
      When ann pings bob
      Then it is masqueraded on router as 10.0.2.1

    Scenario: An earlier address of another subnet is not chosen
      Given router runs:
        """
        ip addr del 10.0.2.1/24 dev eth1
        ip addr add 10.0.3.1/24 dev eth1
        ip addr add 10.0.2.1/24 dev eth1
        iptables -t nat -A POSTROUTING -j MASQUERADE
        """
      When ann pings bob
      Then it is masqueraded on router as 10.0.2.1

  Rule: Replies are turned back by the connection's entry

    Scenario: The reply reaches the sender as if nothing had been
      Given router runs:
        """
        iptables -t nat -A POSTROUTING -j MASQUERADE
        """
      When ann pings bob
      Then the reply is delivered to ann
      And ann sees the reply from bob
      And the reply does not pass nat POSTROUTING

    Scenario: The entry says how
      Given router runs:
        """
        iptables -t nat -A POSTROUTING -j MASQUERADE
        """
      When ann pings bob
      Then conntrack on router lists:
        """
        icmp 1 src=ann dst=bob type=8 code=0 src=bob dst=10.0.2.1 type=0 code=0
        """

  Rule: SNAT takes any address, even one that nobody has

    Scenario: The request arrives, but the reply looks for somebody who is not there
      Given router runs:
        """
        iptables -t nat -A POSTROUTING -j SNAT --to-source 10.0.2.99
        """
      When ann pings bob
      Then bob sees it from 10.0.2.99
      And the reply does not leave bob
      And it is lost

  Rule: MASQUERADE belongs to POSTROUTING

    Scenario: In PREROUTING it is refused
      When router runs:
        """
        ! iptables -t nat -A PREROUTING -j MASQUERADE
        """
      Then the nat table on router is:
        """
        -P PREROUTING ACCEPT
        -P INPUT ACCEPT
        -P OUTPUT ACCEPT
        -P POSTROUTING ACCEPT
        """
