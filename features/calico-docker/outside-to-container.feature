Feature: A machine outside does not reach a container
  Machines that are no Calico nodes know no routes to containers. Routes can be added, but the profile of a
  container's network still lets in nobody but members. (To publish a container, Docker's port mapping is no help on a
  Calico network; one changes the profile.)

  Background:
    Given the topology "calico-docker"
    And web1 on master

  Rule: Without a route the outside does not even find the node

    Scenario: The router of the lan knows of no container
      When client pings web1
      Then it has no route on gateway
      And it is unreachable: "Destination Net Unreachable"

  Rule: With a route the profile still says no

    Scenario: A ping is dropped at the container's door
      Given client runs:
        """
        ip route add 172.20.219.64/26 via 172.16.91.225
        """
      When client pings web1
      Then it is dropped by rule 6 of cali-tw-<web1> on master
      And it is lost

    Scenario: So is a connection to its web server
      Given client runs:
        """
        ip route add 172.20.219.64/26 via 172.16.91.225
        """
      When client connects to web1 on port 80
      Then it passes cali-FORWARD, cali-to-wl-dispatch, cali-tw-<web1>, cali-pri-net1 on master
      And it is dropped by rule 6 of cali-tw-<web1> on master

    Scenario: The node itself is no container, and answers
      When client pings master
      Then it is answered
      And it passes INPUT, cali-INPUT on master
      And it does not pass cali-wl-to-host

  Rule: The profile can admit the outside

    Scenario: A rule for the lan in the profile lets the client in, and it needs no masquerade
      Given client runs:
        """
        ip route add 172.20.219.64/26 via 172.16.91.225
        """
      And master runs:
        """
        iptables -I cali-pri-net1 -s 172.16.91.0/24 -j MARK --set-xmark 0x1000000/0x1000000
        """
      When client connects to web1 on port 80
      Then it is answered
      And web1 sees it from client
      And the reply is not masqueraded
