Feature: ARP finds the neighbour
  Before a packet leaves, the host asks the wire who has the next hop's address. It asks three times, a second apart. Whoever
  is not there does not answer, and after three seconds everything that waited is given up.

  Background: ann and bob are on two wires, and a router joins them
    Given the topology "one-router"

  Rule: A neighbour that does not answer is unreachable

    Scenario: On the own wire the sender itself gives up
      When ann pings 10.0.1.99
      Then it is unreachable: "Destination Host Unreachable"

    Scenario: On the last wire the router does, and tells the sender
      When ann pings 10.0.2.99
      Then it is unreachable: "Destination Host Unreachable"
      And ann sees the error from router

    Scenario: A neighbour that answers gets the packet
      When ann pings bob
      Then it is answered
      And it leaves ann by eth0 via router

  Rule: A host answers for all its addresses, on every interface

    Scenario: An address on the far side of the router is the router's, too
      When ann pings 10.0.2.1
      Then it is answered
      And it is delivered to router

    Scenario: Even if the router does not forward, because nothing has to be forwarded
      Given net.ipv4.ip_forward is 0 on router
      When ann pings 10.0.2.1
      Then it is answered
