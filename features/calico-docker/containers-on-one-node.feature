Feature: Two containers of one network on one node
  Docker's own networks join the containers of a host with a bridge. Calico does not: each container hangs on the
  node by a veth pair of its own, and the node routes between them. So even neighbours talk through the
  node's FORWARD chain, and both of them are asked: the sender's egress policy first (`cali-fw-`, from workload),
  the receiver's ingress policy second (`cali-tw-`, to workload).

  `Given web1 on master` does what `docker run --net net1` does on that node.

  Background:
    Given the topology "calico-docker"
    And web1 on master and web2 on master

  Rule: Neighbours are routed to each other, not bridged

    Scenario: A ping to the neighbour crosses FORWARD once and keeps its address
      When web1 pings web2
      Then it is answered
      And it passes PREROUTING, FORWARD, POSTROUTING on master
      And it does not pass INPUT, OUTPUT
      And it leaves master by <web2>
      And web2 sees it from web1

    Scenario: The policy DROP of FORWARD is never reached, because cali-FORWARD accepts first
      Docker sets the policy of FORWARD to DROP. Felix puts its jump in front of all other rules.

      When web1 pings web2
      Then it matches rule 3 of cali-FORWARD on master
      And it does not pass DOCKER-USER, DOCKER-ISOLATION-STAGE-1

    Scenario: Without Felix's jump Docker's policy decides
      Given master runs:
        """
        iptables -D FORWARD 1
        """
      When web1 pings web2
      Then it is dropped by the FORWARD policy on master

  Rule: The sender's egress policy is asked first, then the receiver's ingress policy

    Scenario: The packet goes through the chains of both
      When web1 pings web2
      Then it passes cali-FORWARD, cali-from-wl-dispatch, cali-fw-<web1>, cali-pro-net1 on master
      And it passes cali-pro-net1, cali-to-wl-dispatch, cali-tw-<web2>, cali-pri-net1 on master
      And it matches rule 5 of cali-fw-<web1>
      And it matches rule 5 of cali-tw-<web2>

    Scenario: Only chains of the two containers concerned are entered
      When web1 pings web2
      Then it does not pass cali-tw-<web1>, cali-fw-<web2>

    Scenario: A sender whose profile lets nothing out is stopped before the receiver is asked
      Given master runs:
        """
        iptables -F cali-pro-net1
        """
      When web1 pings web2
      Then it is dropped by rule 6 of cali-fw-<web1> on master
      And it does not pass cali-to-wl-dispatch

    Scenario: A receiver whose profile does not know the sender drops it
      The ip set holds the addresses of all containers of net1. Take web1's out, and it is a stranger.

      Given master runs:
        """
        ipset del cali4-s:dmxNq1uG7U174OAEUuueUSA 172.20.219.64
        """
      When web1 pings web2
      Then it is dropped by rule 6 of cali-tw-<web2> on master
      And it passes cali-fw-<web1>, cali-tw-<web2>

  Rule: Replies are accepted by the first rule that they meet

    Scenario: The reply needs no permission from the receiver of the reply
      When web1 pings web2
      Then the reply matches rule 1 of cali-fw-<web2> on master
      And the reply does not pass cali-to-wl-dispatch, cali-tw-<web1>

    Scenario: The reply is not offered to the nat table
      Only the first packet of a connection is. Whatever it decides holds for the rest.

      When web1 pings web2
      Then it passes nat PREROUTING, nat POSTROUTING on master
      And the reply does not pass nat PREROUTING, nat POSTROUTING
