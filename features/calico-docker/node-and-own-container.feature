Feature: A node and its own container
  Felix gives every container a route of its own, `172.20.219.64 dev cali...`, so that a node reaches
  its own containers over their veth pairs, without any bridge. These packets begin or end on the node
  itself: they pass OUTPUT or INPUT, never FORWARD.

  A container's policy guards it against other containers and machines, not against its own node. Whoever
  owns the node owns its containers anyway, and health checks have to work whatever the policy says. The
  other way round a container's egress policy does apply, and what then becomes of the packet is one setting of
  Felix, DefaultEndpointToHostAction.

  Background:
    Given the topology "calico-docker"
    And web1 on master

  Rule: A node reaches its own container through OUTPUT, whatever the container's policy

    Scenario: The node's ping goes out by the container's veth and is answered
      When master pings web1
      Then it is answered
      And it passes OUTPUT, POSTROUTING on master
      And it leaves master by <web1>
      And web1 sees it from master
      And it is not masqueraded

    Scenario: cali-OUTPUT sends it back before any policy of the container is asked
      When master pings web1
      Then it matches rule 2 of filter cali-OUTPUT on master
      And it does not pass FORWARD, cali-to-wl-dispatch, cali-tw-<web1>

    Scenario: The reply comes in by INPUT and is taken as part of an established connection
      When master pings web1
      Then the reply passes cali-INPUT, cali-wl-to-host, cali-from-wl-dispatch, cali-fw-<web1> on master
      And the reply matches rule 1 of cali-fw-<web1>
      And the reply does not pass FORWARD

    Scenario: Even a container of which nobody may know is reached by its own node
      Given master runs:
        """
        ipset flush cali4-s:dmxNq1uG7U174OAEUuueUSA
        """
      When master pings web1
      Then it is answered

    Scenario: Another node is not so lucky
      When slave1 pings web1
      Then it is dropped by rule 6 of cali-tw-<web1> on master

  Rule: A container reaches its own node through INPUT, if its egress policy lets it go

    Scenario: The container's ping is delivered to the node
      When web1 pings master
      Then it is answered
      And it is delivered to master
      And it passes PREROUTING, cali-INPUT, cali-wl-to-host, cali-from-wl-dispatch, cali-fw-<web1> on master
      And it matches rule 2 of cali-wl-to-host
      And it does not pass FORWARD and is not masqueraded

    Scenario: The node's reply is exempt from policy like everything that a node sends to its containers
      When web1 pings master
      Then the reply passes OUTPUT on master
      And the reply matches rule 2 of filter cali-OUTPUT
      And the reply leaves master by <web1>

    Scenario: A profile without an egress rule keeps the container from its own node
      Given master runs:
        """
        iptables -F cali-pro-net1
        """
      When web1 pings master
      Then it is dropped by rule 6 of cali-fw-<web1> on master
      And it is lost

    Scenario: DefaultEndpointToHostAction DROP closes the node to its containers
      Given master runs:
        """
        iptables -R cali-wl-to-host 2 -m comment --comment "Configured DefaultEndpointToHostAction" -j DROP
        """
      When web1 pings master
      Then it is dropped by rule 2 of cali-wl-to-host on master

    Scenario: What the node asked for comes back all the same, because cali-fw- accepts it first
      Given master runs:
        """
        iptables -R cali-wl-to-host 2 -m comment --comment "Configured DefaultEndpointToHostAction" -j DROP
        """
      When master pings web1
      Then it is answered
      And the reply matches rule 1 of cali-fw-<web1>

  Rule: Ports are a matter of who listens, not of Calico

    Scenario: The web server in the container accepts the node's connection
      When master connects to web1 on port 80
      Then it is answered

    Scenario: A port on which nothing listens is refused by the container itself
      When master connects to web1 on port 81
      Then it leaves master by <web1> and is refused

    Scenario: The node listens on nothing, and says so to its container
      When web1 connects to master on port 80
      Then it passes cali-wl-to-host on master and is refused
