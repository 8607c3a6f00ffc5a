Feature: A closed port speaks
  A host that is there but does not listen says so: TCP by a reset, UDP by an ICMP error. A sender that hears
  nothing at all has not met a closed port, but a firewall or a lost packet.

  Background: ann and bob are on two wires, and a router joins them
    Given the topology "one-router"

  Rule: Where something listens, there is an answer

    Scenario: A TCP connection to an open port
      When ann connects to bob on port 80
      Then it is delivered to bob and is answered

    Scenario: A UDP datagram to an open port
      When ann sends udp to bob on port 53
      Then it is delivered to bob and is answered

  Rule: Where nothing listens, there is a refusal from the host itself

    Scenario: A TCP connection to a closed port
      When ann connects to bob on port 81
      Then it is refused
      And it is not rejected

    Scenario: A UDP datagram to a closed port
      When ann sends udp to bob on port 54
      Then it is refused
      And ann sees the error from bob

    Scenario: An open TCP port is not an open UDP port
      When ann sends udp to bob on port 80
      Then it is refused

  Rule: A firewall can keep the host from hearing, or from speaking

    Scenario: A dropped connection is not refused but lost
      Given bob runs:
        """
        iptables -A INPUT -p tcp -j DROP
        """
      When ann connects to bob on port 81
      Then it is lost
      And it is not refused

    Scenario: A refusal that cannot leave is lost, too
      Given bob runs:
        """
        iptables -A OUTPUT -p icmp -j DROP
        """
      When ann sends udp to bob on port 54
      Then the error is dropped by rule 1 of OUTPUT on bob
      And it is lost
