Feature: A router forwards, or says why not
  A host forwards packets of others only if net.ipv4.ip_forward says so. Without it they are thrown away in silence: a host that
  is no router does not complain about strangers' packets. A router does complain, by ICMP, if it knows no route.

  Background: ann and bob are on two wires, and a router joins them
    Given the topology "one-router"

  Rule: ip_forward decides whether a host is a router

    Scenario: With 1 the packet arrives
      Given net.ipv4.ip_forward is 1 on router
      When ann pings bob
      Then it is answered
      And it leaves router by eth1 via bob

    Scenario: With 0 it vanishes without a word
      Given net.ipv4.ip_forward is 0 on router
      When ann pings bob
      Then it is dropped because of forwarding-disabled on router
      And it is lost

    Scenario: What counts is the interface by which it comes in
      Given net.ipv4.conf.eth0.forwarding is 0 on router
      When ann pings bob
      Then it is dropped because of forwarding-disabled on router
      When bob pings ann
      Then the reply is dropped because of forwarding-disabled on router

    Scenario: The host itself is reached in any case
      Given net.ipv4.ip_forward is 0 on router
      When ann pings router
      Then it is answered

  Rule: A router says which kind of route it has

    Scenario: No route at all
      When ann pings 10.7.7.7
      Then it has no route on router
      And it is unreachable: "Destination Net Unreachable"

    Scenario Outline: A route of the type <type>
      Given router runs:
        """
        ip route add <type> 10.7.7.0/24
        """
      When ann pings 10.7.7.7
      Then it is unreachable: "<told>"

      Examples:
        | type        | told                         |
        | unreachable | Destination Host Unreachable |
        | prohibit    | Packet filtered              |
        | throw       | Destination Net Unreachable  |

    Scenario: A blackhole says nothing
      Given router runs:
        """
        ip route add blackhole 10.7.7.0/24
        """
      When ann pings 10.7.7.7
      Then it is dropped because of blackhole on router
      And it is lost

  Rule: A host that has no route for its own packet is told at once, and sends nothing

    Scenario: No route at all
      When router pings 10.7.7.7
      Then it is unreachable: "Network is unreachable"

    Scenario Outline: A route of the type <type>
      Given router runs:
        """
        ip route add <type> 10.7.7.0/24
        """
      When router pings 10.7.7.7
      Then it is unreachable: "<told>"

      Examples:
        | type        | told                   |
        | unreachable | No route to host       |
        | blackhole   | Invalid argument       |
        | throw       | Network is unreachable |

  Rule: A host that has no way back does not answer

    Scenario: The request arrives, and that is all
      Given bob runs:
        """
        ip route del default
        """
      When ann pings bob
      Then it is delivered to bob
      And it is lost

  Rule: A router limits how often it complains

    Scenario: The third complaint in a row is kept back
      When ann pings 10.7.7.7
      Then it is unreachable: "Destination Net Unreachable"
      When ann pings 10.7.7.7
      Then it is unreachable: "Destination Net Unreachable"
      When ann pings 10.7.7.7
      Then it has no route on router
      And it is lost
