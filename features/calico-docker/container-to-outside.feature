Feature: A container reaches the outside, masqueraded
  Nobody outside knows the way back to a container's address. Where a pool has natOutgoing, the container's node
  lends its own address to every connection that leaves the pools: one rule in cali-nat-outgoing, with two ip sets. The
  source has to be in a pool with natOutgoing, and the destination in no pool at all.

  Background:
    Given the topology "calico-docker"
    And web1 on master and web3 on slave1

  Rule: What leaves the pools is masqueraded by the container's node

    Scenario: A ping to the internet bears the node's address
      When web1 pings internet
      Then it is answered
      And it matches rule 1 of cali-nat-outgoing on master
      And it is masqueraded on master as master
      And internet sees it from master

    Scenario: Each node lends its own address
      When web3 pings internet
      Then it is masqueraded on slave1 as slave1

    Scenario: A machine on the lan is outside, too
      When web1 pings client
      Then it is answered
      And client sees it from master

    Scenario: The egress policy is asked before
      When web1 pings internet
      Then it passes cali-FORWARD, cali-from-wl-dispatch, cali-fw-<web1>, cali-pro-net1, cali-nat-outgoing on master
      And it does not pass cali-to-wl-dispatch

    Scenario: What stays in the pools keeps its address
      When web1 pings web3
      Then it passes cali-nat-outgoing on master
      And it does not match rule 1 of cali-nat-outgoing
      And it is not masqueraded

    Scenario: The node's own packets come from no pool
      When master pings internet
      Then it is answered
      And it passes cali-nat-outgoing on master
      And it is not masqueraded

  Rule: The reply finds its way back through the connection's entry

    Scenario: The node turns its own address back into the container's
      When web1 pings internet
      Then the reply is delivered to web1
      And web1 sees the reply from internet
      And the reply passes FORWARD, cali-to-wl-dispatch, cali-tw-<web1> on master
      And the reply matches rule 1 of cali-tw-<web1>

    Scenario: The entry knows both directions
      When web1 pings internet
      Then conntrack on master lists:
        """
        icmp 1 src=web1 dst=internet type=8 code=0 src=internet dst=master type=0 code=0
        """

    Scenario: No rule of the nat table is asked for the reply
      When web1 pings internet
      Then the reply does not pass nat PREROUTING, nat POSTROUTING, cali-nat-outgoing on master

    Scenario: A refused connection is told to the container, though the internet spoke to the node
      When web1 connects to internet on port 80
      Then it is masqueraded on master and is refused

  Rule: Without that rule there is no way back

    Scenario: The request arrives, but the reply has nowhere to go
      Given master runs:
        """
        iptables -t nat -F cali-nat-outgoing
        """
      When web1 pings internet
      Then it is delivered to internet
      And internet sees it from web1
      And the reply has no route on gateway
      And it is lost

    Scenario: Other nodes know the way back, so that containers reach them without a disguise
      Given slave1 runs:
        """
        iptables -t nat -F cali-nat-outgoing
        """
      When web3 pings master
      Then it is answered and is not masqueraded
      And master sees it from web3
