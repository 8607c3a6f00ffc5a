Feature: A node must be a router
  Each node is the router of its containers, so that nothing works between containers without net.ipv4.ip_forward.
  Docker sets it to 1 when it starts; Felix of this time leaves it alone and sets only the `forwarding` of each
  container's interface. Whoever writes ip_forward writes all of those, too.

  A packet that would have to be forwarded then vanishes between PREROUTING and FORWARD. No rule drops it, no policy, and
  nobody is told.

  Background:
    Given the topology "calico-docker"
    And web1 on master and web2 on master and web3 on slave1

  Rule: With ip_forward 0 a node forwards nothing

    Scenario: A packet from another node vanishes before FORWARD
      Given net.ipv4.ip_forward is 0 on master
      When web3 pings web1
      Then it passes PREROUTING on master
      And it does not pass FORWARD on master
      And it is dropped because of forwarding-disabled on master
      And it is lost

    Scenario: With ip_forward 1 the same packet arrives
      Given net.ipv4.ip_forward is 1 on master
      When web3 pings web1
      Then it is answered

    Scenario: A node does not reach another node's container, even if the profile admits it
      Given slave1 runs:
        """
        ipset add cali4-s:dmxNq1uG7U174OAEUuueUSA 172.16.91.225
        """
      When master pings web3
      Then it is answered
      When slave1 runs:
        """
        sysctl -w net.ipv4.ip_forward=0
        """
      And master pings web3
      Then it is dropped because of forwarding-disabled on slave1

    Scenario: Nodes still reach each other, because nothing is forwarded for that
      Given net.ipv4.ip_forward is 0 on master
      When slave1 pings master
      Then it is answered

  Rule: A node reaches its own container without forwarding, as long as the container knows its gateway

    Scenario: The ping needs no forwarding, only OUTPUT and INPUT
      When master pings web1
      Then it is answered
      When master runs:
        """
        sysctl -w net.ipv4.ip_forward=0
        """
      And master pings web1
      Then it is answered

    Scenario: A container that never spoke cannot answer, because its gateway is a forwarding matter
      The gateway 169.254.1.1 exists only in the ARP replies of proxy_arp, and who does not forward does not reply.

      Given net.ipv4.ip_forward is 0 on master
      When master pings web1
      Then it is delivered to web1
      And it is lost

    Scenario: Nor can it begin a conversation with anyone
      Given net.ipv4.ip_forward is 0 on master
      When web1 pings master
      Then it is unreachable: "Destination Host Unreachable"
