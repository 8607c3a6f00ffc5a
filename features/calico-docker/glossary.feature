Feature: What the names of Calico's chains mean
  The names are short because iptables allows a chain no more than 28 characters. They say who is asked, and about which
  direction; always from the point of view of the container, not of the node.

  | name  | meaning                                                               |
  | ----- | --------------------------------------------------------------------- |
  | wl    | workload endpoint: a container                                        |
  | fw    | from workload: what a container sends                                 |
  | tw    | to workload: what a container is to receive                           |
  | from- | chooses by the interface where a packet comes in                      |
  | to-   | chooses by the interface where it goes out                            |
  | po    | policy outbound                                                       |
  | pi    | policy inbound                                                        |
  | pro   | profile outbound                                                      |
  | pri   | profile inbound                                                       |

  Background: web1 and web2 run on master, web3 on slave1
    Given the topology "calico-docker-web"

  Rule: wl is a workload endpoint, that is, a container

    Scenario: What a container sends to the node passes a chain with wl in its name
      When web1 pings master
      Then it passes cali-wl-to-host, cali-from-wl-dispatch on master

    Scenario: What nodes say to each other passes none
      When slave1 pings master
      Then it passes cali-INPUT on master
      And it does not pass cali-wl-to-host, cali-from-wl-dispatch, cali-to-wl-dispatch

  Rule: fw is from workload, tw is to workload

    Scenario: A packet passes fw of its sender and tw of its receiver
      When web1 pings web2
      Then it passes cali-fw-<web1>, cali-tw-<web2> on master

    Scenario: It does not pass tw of its sender or fw of its receiver
      When web1 pings web2
      Then it does not pass cali-tw-<web1>, cali-fw-<web2>

    Scenario: The end of such a name is the node's end of the container's veth pair
      When web1 pings web2
      Then it passes cali-fw-cali2bdb33ebbb0 on master

    Scenario: The reply is from the other workload
      When web1 pings web2
      Then the reply passes cali-fw-<web2> on master
      And the reply does not pass cali-fw-<web1>

  Rule: from-XXX chooses by where a packet comes from, to-XXX by where it goes

    Scenario: From a container of this node to another node
      When web1 pings web3
      Then it passes cali-from-wl-dispatch on master
      And it does not pass cali-to-wl-dispatch on master

    Scenario: From another node to a container of this node
      When web1 pings web3
      Then it passes cali-to-wl-dispatch on slave1
      And it does not pass cali-from-wl-dispatch on slave1

    Scenario: From the network to the node itself, where a host endpoint would have its say
      When slave1 pings master
      Then it passes raw cali-from-host-endpoint, filter cali-from-host-endpoint on master

    Scenario: From the node itself to the network
      When slave1 pings master
      Then it passes raw cali-to-host-endpoint, filter cali-to-host-endpoint on slave1

    Scenario: What comes from a container is no business of host endpoints
      When web1 pings master
      Then it does not pass cali-from-host-endpoint

  Rule: pri is a profile inbound, pro a profile outbound

    Scenario: The sender's way out is judged by pro, the receiver's way in by pri
      When web1 pings web2
      Then it passes cali-fw-<web1>, cali-pro-net1, cali-tw-<web2>, cali-pri-net1 on master

    Scenario: Each on its own node
      When web1 pings web3
      Then it passes cali-pro-net1 on master
      And it does not pass cali-pri-net1 on master
      And it passes cali-pri-net1 on slave1
      And it does not pass cali-pro-net1 on slave1

  Rule: pi is a policy inbound, po a policy outbound, and policies are asked before profiles

    Scenario: A policy inbound that accepts nothing closes the container, whatever its profile says
      Given master runs:
        """
        iptables -N cali-pi-closed
        iptables -I cali-tw-cali2bdb33ebbb0 4 -j cali-pi-closed
        iptables -I cali-tw-cali2bdb33ebbb0 5 -m mark --mark 0x0/0x2000000 -j DROP
        """
      When web2 pings web1
      Then it passes cali-tw-<web1>, cali-pi-closed on master
      And it does not pass cali-pri-net1
      And it is dropped by rule 5 of cali-tw-<web1> on master

    Scenario: A policy inbound has no say in what the container sends
      Given master runs:
        """
        iptables -N cali-pi-closed
        iptables -I cali-tw-cali2bdb33ebbb0 4 -j cali-pi-closed
        iptables -I cali-tw-cali2bdb33ebbb0 5 -m mark --mark 0x0/0x2000000 -j DROP
        """
      When web1 pings web2
      Then it is answered

    Scenario: A policy outbound that accepts nothing keeps the container silent
      Given master runs:
        """
        iptables -N cali-po-silent
        iptables -I cali-fw-cali2bdb33ebbb0 4 -j cali-po-silent
        iptables -I cali-fw-cali2bdb33ebbb0 5 -m mark --mark 0x0/0x2000000 -j DROP
        """
      When web1 pings web2
      Then it passes cali-fw-<web1>, cali-po-silent on master
      And it does not pass cali-pro-net1
      And it is dropped by rule 5 of cali-fw-<web1> on master

    Scenario: A policy that accepts makes the profile superfluous
      Given master runs:
        """
        iptables -N cali-pi-open
        iptables -A cali-pi-open -j MARK --set-xmark 0x1000000/0x1000000
        iptables -I cali-tw-cali2bdb33ebbb0 4 -j cali-pi-open
        iptables -I cali-tw-cali2bdb33ebbb0 5 -m mark --mark 0x1000000/0x1000000 -j RETURN
        """
      When slave1 pings web1
      Then it passes cali-pi-open on master
      And it does not pass cali-pri-net1
      And it is answered
