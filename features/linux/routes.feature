Feature: The route with the longest prefix wins
  A host compares the destination with all its routes and takes the most special one. Only among routes to the same prefix the metric
  decides. Before the routes come the rules of `ip rule`, which say in which table to look.

  Background: ann and bob are on two wires, and a router joins them
    Given the topology "one-router"

  Rule: The longest prefix wins

    Scenario: A route to one address beats the route of its subnet
      Given router runs:
        """
        ip route add blackhole 10.0.2.2
        """
      When ann pings bob
      Then it is dropped because of blackhole on router

    Scenario: A shorter one does not
      Given router runs:
        """
        ip route add blackhole 10.0.0.0/16
        """
      When ann pings bob
      Then it is answered

  Rule: Among equals the lowest metric wins

    Scenario: A better route takes the place of the default route
      Given ann runs:
        """
        ip route del default
        ip route add default via 10.0.1.1 metric 20
        ip route add blackhole default metric 10
        """
      When ann pings bob
      Then it is unreachable: "Invalid argument"

    Scenario: A worse one waits
      Given ann runs:
        """
        ip route del default
        ip route add default via 10.0.1.1 metric 20
        ip route add blackhole default metric 30
        """
      When ann pings bob
      Then it is answered

  Rule: Rules are asked before routes

    Scenario: A rule for a source sends it to a table of its own
      Given router runs:
        """
        ip rule add from 10.0.1.2 table 100
        ip route add unreachable default table 100
        """
      When ann pings bob
      Then it is unreachable: "Destination Host Unreachable"

    Scenario: A table without a route for the destination passes it on to the next rule
      Given router runs:
        """
        ip rule add from 10.0.1.2 table 100
        ip route add unreachable 10.0.9.0/24 table 100
        """
      When ann pings bob
      Then it is answered

  Rule: A route lives as long as its interface is up

    Scenario: With the interface go the routes over it
      Given router runs:
        """
        ip link set eth1 down
        """
      When ann pings bob
      Then it has no route on router
      And it is unreachable: "Destination Net Unreachable"

    Scenario: Back up, the subnet is there again
      Given router runs:
        """
        ip link set eth1 down
        ip link set eth1 up
        """
      When ann pings bob
      Then it is answered

    Scenario: But not what somebody had added
      Given router runs:
        """
        ip route add 10.7.7.0/24 via 10.0.2.2
        ip link set eth1 down
        ip link set eth1 up
        """
      When ann pings 10.7.7.7
      Then it has no route on router

  Rule: A gateway has to be a neighbour

    Scenario: A gateway beyond another gateway is refused
      When ann runs:
        """
        ! ip route add 10.7.7.0/24 via 10.0.2.2
        """
      Then the routes on ann are:
        """
        default via 10.0.1.1 dev eth0
        10.0.1.0/24 dev eth0 proto kernel scope link src 10.0.1.2
        """
