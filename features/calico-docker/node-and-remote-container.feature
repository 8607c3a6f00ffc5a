Feature: A node and a container on another node
  This is the surprise of the story. The routes are there: BIRD tells every node where every block of addresses is.
  Yet a node does not reach a container on another node, while the container does reach the node.

  The profile that Calico makes for a Docker network lets in nobody but the members of that network. Nodes are
  no members. For its own node a container makes an exception (the packet comes from OUTPUT and is not asked); for
  other nodes it does not. The drop is silent: nobody tells the pinger.

  Background:
    Given the topology "calico-docker"
    And web3 on slave1

  Rule: A node does not reach another node's container, because no profile admits nodes

    Scenario: The ping arrives at the container's node and dies at its door
      When master pings web3
      Then it leaves master by ens33 via slave1
      And it passes FORWARD, cali-FORWARD, cali-to-wl-dispatch, cali-tw-<web3>, cali-pri-net1 on slave1
      And it is dropped by rule 6 of cali-tw-<web3> on slave1
      And it is lost

    Scenario: What the profile misses is the node's address in the network's ip set
      When master pings web3
      Then it does not match rule 1 of cali-pri-net1 on slave1
      And it is not masqueraded

    Scenario: The container's own node is not asked
      When slave1 pings web3
      Then it is answered
      And it does not pass cali-tw-<web3>

    Scenario: A TCP connection fares no better
      When master connects to web3 on port 80
      Then it is dropped by rule 6 of cali-tw-<web3> on slave1

  Rule: It works as soon as the profile admits the node

    Scenario: With the node's address in the network's ip set the ping is answered
      When master pings web3
      Then it is lost
      When slave1 runs:
        """
        ipset add cali4-s:dmxNq1uG7U174OAEUuueUSA 172.16.91.225
        """
      And master pings web3
      Then it is answered
      And it matches rule 5 of cali-tw-<web3> on slave1
      And web3 sees it from master

    Scenario: A rule in the profile for the network of the nodes admits them all
      A profile's rule accepts by setting the accept mark, 0x1000000; rule 5 of `cali-tw-` looks at it.

      Given slave1 runs:
        """
        iptables -I cali-pri-net1 -s 172.16.91.0/24 -j MARK --set-xmark 0x1000000/0x1000000
        """
      When master pings web3
      Then it is answered
      When slave2 pings web3
      Then it is answered

    Scenario: The set of the other node does not matter
      Every node that has a container of the network keeps its own copy of the set, and the node of the receiver decides.

      Given web1 on master
      And master runs:
        """
        ipset add cali4-s:dmxNq1uG7U174OAEUuueUSA 172.16.91.225
        """
      When master pings web3
      Then it is dropped by rule 6 of cali-tw-<web3> on slave1

    Scenario: The container's reply is routed home with its own address
      A reply belongs to the connection of its request: cali-nat-outgoing, which would masquerade it, is not asked.

      Given slave1 runs:
        """
        ipset add cali4-s:dmxNq1uG7U174OAEUuueUSA 172.16.91.225
        """
      When master pings web3
      Then the reply does not pass cali-nat-outgoing and is not masqueraded
      And master sees the reply from web3

  Rule: A container reaches another node, disguised as its own node

    Scenario: The ping is masqueraded on its way out and answered
      When web3 pings master
      Then it is answered
      And it passes FORWARD, cali-from-wl-dispatch, cali-fw-<web3> on slave1
      And it matches rule 1 of cali-nat-outgoing on slave1
      And it is masqueraded on slave1 as slave1

    Scenario: The other node sees the container's node, not the container
      When web3 pings master
      Then it is delivered to master
      And master sees it from slave1
      And master does not see it from web3

    Scenario: On the other node it is an ordinary packet for the host itself
      When web3 pings master
      Then it passes INPUT, cali-INPUT on master
      And it does not pass cali-wl-to-host, FORWARD on master

    Scenario: The reply finds its way back to the container through the connection's entry
      When web3 pings master
      Then the reply leaves master by ens33 via slave1
      And the reply is delivered to web3
      And the reply matches rule 1 of cali-tw-<web3> on slave1

    Scenario: Its own node needs no disguise
      When web3 pings slave1
      Then it is answered and is not masqueraded
      And slave1 sees it from web3
