Feature: A closed port speaks
  A host that is there but does not listen says so: TCP by a reset, UDP by an ICMP error. A sender that hears
  nothing at all has not met a closed port, but a firewall or a lost packet.

  Background:
    Given the topology:
      """
      lan:
        left: { cidr: 10.0.1.0/24 }
        right: { cidr: 10.0.2.0/24 }
      nodes:
        ann: { interfaces: { eth0: 10.0.1.2/24 }, routes: [ default via 10.0.1.1 ] }
        router: { interfaces: { eth0: 10.0.1.1/24, eth1: 10.0.2.1/24 }, sysctls: { net.ipv4.ip_forward: 1 } }
        bob: { interfaces: { eth0: 10.0.2.2/24 }, routes: [ default via 10.0.2.1 ], listens: [80/tcp, 53/udp] }
      """

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
