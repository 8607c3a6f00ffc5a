Feature: rp_filter asks whether the way back is the way in
  A sender can write any source address. With rp_filter a host looks up the route to the source before it believes a packet:
  strictly (1), the route has to lead out of the interface by which the packet came in; loosely (2), there has to be a route at all.
  The larger of the setting for all interfaces and the one for this interface counts.

  In these scenarios ann writes 10.9.9.9 as her address, and the router has no route to it, unless a scenario gives it one.

  Background: ann and bob are on two wires, and a router joins them
    Given the topology "one-router"
    And ann runs:
      """
      iptables -t nat -A POSTROUTING -j SNAT --to-source 10.9.9.9
      """

  Rule: Without rp_filter every source is believed

    Scenario: The packet is forwarded, and its reply has nowhere to go
      Given net.ipv4.conf.eth0.rp_filter is 0 on router
      When ann pings bob
      Then it is delivered to bob
      And bob sees it from 10.9.9.9
      And the reply has no route on router
      And it is lost

  Rule: Strictly, the source has to be where the packet comes from

    Scenario: Without a route to the source it is dropped
      Given net.ipv4.conf.eth0.rp_filter is 1 on router
      When ann pings bob
      Then it is dropped because of rp-filter on router

    Scenario: With a route elsewhere it is dropped, too
      Given router runs:
        """
        sysctl -w net.ipv4.conf.eth0.rp_filter=1
        ip route add 10.9.9.0/24 via 10.0.2.2
        """
      When ann pings bob
      Then it is dropped because of rp-filter on router

    Scenario: With a route back to the interface it passes
      Given router runs:
        """
        sysctl -w net.ipv4.conf.eth0.rp_filter=1
        ip route add 10.9.9.0/24 via 10.0.1.2
        """
      When ann pings bob
      Then it is answered

    Scenario: The setting for all interfaces is as good
      Given net.ipv4.conf.all.rp_filter is 1 on router
      When ann pings bob
      Then it is dropped because of rp-filter on router

  Rule: Loosely, any route to the source will do

    Scenario: Without one it is dropped
      Given net.ipv4.conf.eth0.rp_filter is 2 on router
      When ann pings bob
      Then it is dropped because of rp-filter on router

    Scenario: With one it passes, wherever it leads
      Given router runs:
        """
        sysctl -w net.ipv4.conf.eth0.rp_filter=2
        ip route add 10.9.9.0/24 via 10.0.2.2
        """
      When ann pings bob
      Then it is delivered to bob

  Rule: A host believes no packet that bears its own address

    Scenario: Whatever rp_filter says, it is a martian
      Given ann runs:
        """
        iptables -t nat -R POSTROUTING 1 -j SNAT --to-source 10.0.2.1
        """
      When ann pings bob
      Then it is dropped because of martian-source on router
