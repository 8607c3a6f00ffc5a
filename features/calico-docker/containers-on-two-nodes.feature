Feature: Containers of one network on two nodes
  Calico joins the nodes by routes alone. Master knows that slave1 has the block 172.20.140.192/26, because slave1's
  BIRD said so, and the other way round. A packet between their containers is routed twice, once on each node, and
  policy is divided: the sender's node asks the sender's egress policy, the receiver's node the receiver's ingress policy.

  Addresses stay as they are on the whole way. That is what people mean by a flat network, and what makes the ip sets
  work: the receiver's node can tell by the source address to which network the sender belongs.

  Background:
    Given the topology "calico-docker"

  Rule: Containers of one network reach each other across nodes

    Scenario: A packet passes Calico's chains and keeps its address
      Given web1 on master and web3 on slave1
      When web1 pings web3
      Then it passes cali-FORWARD and is not masqueraded

    Scenario: It is forwarded by each node on the way
      Given web1 on master and web3 on slave1
      When web1 pings web3
      Then it is answered
      And it passes FORWARD on master
      And it leaves master by ens33 via slave1
      And it passes FORWARD on slave1
      And it leaves slave1 by <web3>
      And web3 sees it from web1

    Scenario: Nodes that are not on the way see nothing of it
      Given web1 on master and web3 on slave1
      When web1 pings web3
      Then it does not leave slave2

    Scenario: It works both ways, and for TCP
      Given web1 on master and web3 on slave1
      When web3 pings web1
      Then it is answered
      When web3 connects to web1 on port 80
      Then it is answered

  Rule: The sender's node asks the sender's policy, the receiver's node the receiver's

    Scenario: On the sender's node it leaves the world of Calico's interfaces
      Given web1 on master and web3 on slave1
      When web1 pings web3
      Then it passes cali-from-wl-dispatch, cali-fw-<web1> on master
      And it matches rule 3 of cali-FORWARD on master
      And it does not pass cali-to-wl-dispatch on master

    Scenario: On the receiver's node it enters it
      Given web1 on master and web3 on slave1
      When web1 pings web3
      Then it passes cali-to-wl-dispatch, cali-tw-<web3>, cali-pri-net1 on slave1
      And it matches rule 4 of cali-FORWARD on slave1
      And it does not pass cali-from-wl-dispatch on slave1

    Scenario: A node that has not heard of the sender drops it at the receiver's door
      Felix on slave1 learns of web1 from the datastore. Until it does, web1 is a stranger.

      Given web1 on master and web3 on slave1
      And slave1 runs:
        """
        ipset del cali4-s:dmxNq1uG7U174OAEUuueUSA 172.20.219.64
        """
      When web1 pings web3
      Then it is dropped by rule 6 of cali-tw-<web3> on slave1

    Scenario: The reply needs no rule of its own on either node
      Given web1 on master and web3 on slave1
      When web1 pings web3
      Then the reply matches rule 1 of cali-fw-<web3> on slave1
      And the reply matches rule 1 of cali-tw-<web1> on master

  Rule: Traffic between containers is not masqueraded, wherever they are

    Scenario: The destination is in a pool, so that rule 1 of cali-nat-outgoing does not match
      Given web1 on master and web3 on slave1
      When web1 pings web3
      Then it passes nat POSTROUTING, cali-POSTROUTING, cali-nat-outgoing on master
      And it does not match rule 1 of cali-nat-outgoing

    Scenario: The same container is masqueraded as soon as it leaves the pools
      Given web1 on master and web3 on slave1
      When web1 pings slave1
      Then it matches rule 1 of cali-nat-outgoing on master
      And it is masqueraded on master as master

  Rule: The route of the block is all that joins the nodes

    Scenario: Without the route that BIRD learned the packet takes the default route and is lost
      Given web1 on master and web3 on slave1
      And master runs:
        """
        ip route del 172.20.140.192/26
        """
      When web1 pings web3
      Then it leaves master by ens33 via gateway
      And it is not delivered to web3

    Scenario: With a route typed by hand it works again
      Given web1 on master and web3 on slave1
      And master runs:
        """
        ip route del 172.20.140.192/26
        ip route add 172.20.140.192/26 via 172.16.91.226
        """
      When web1 pings web3
      Then it is answered
