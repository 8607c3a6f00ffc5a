Feature: proxy_arp answers for others
  With proxy_arp a host answers ARP requests for addresses that it could forward to. The asker thinks that the
  address is on its own wire, and never learns of the router.

  In these scenarios ann believes that everybody is on her own wire.

  Background: ann and bob are on two wires, and a router joins them
    Given the topology "one-router"
    And ann runs:
      """
      ip route del default
      ip route add default dev eth0
      """

  Rule: It answers where it could forward

    Scenario: Without proxy_arp nobody answers for bob
      When ann pings bob
      Then it is unreachable: "Destination Host Unreachable"
      And it does not leave router

    Scenario: With proxy_arp the router does
      Given net.ipv4.conf.eth0.proxy_arp is 1 on router
      When ann pings bob
      Then it is answered
      And it leaves router by eth1 via bob

    Scenario: all.proxy_arp is as good
      Given net.ipv4.conf.all.proxy_arp is 1 on router
      When ann pings bob
      Then it is answered

  Rule: It does not answer where it could not

    Scenario: Not without forwarding
      Given net.ipv4.conf.eth0.proxy_arp is 1 on router
      And net.ipv4.conf.eth0.forwarding is 0 on router
      When ann pings bob
      Then it is unreachable: "Destination Host Unreachable"

    Scenario: Not without a route
      Given net.ipv4.conf.eth0.proxy_arp is 1 on router
      When ann pings 10.7.7.7
      Then it is unreachable: "Destination Host Unreachable"

    Scenario: Not if the route leads back to where the question came from
      Given router runs:
        """
        sysctl -w net.ipv4.conf.eth0.proxy_arp=1
        ip route add 10.7.7.7 dev eth0
        """
      When ann pings 10.7.7.7
      Then it is unreachable: "Destination Host Unreachable"

    Scenario: It does answer for somebody who is not there, if the route leads elsewhere
      Given net.ipv4.conf.eth0.proxy_arp is 1 on router
      When ann pings 10.0.2.99
      Then it is unreachable: "Destination Host Unreachable"
      And ann sees the error from router
