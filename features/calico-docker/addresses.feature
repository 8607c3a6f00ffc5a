Feature: Addresses come from blocks that belong to nodes
  Calico cuts a pool into blocks of 64 addresses and lets each node claim blocks of its own, so that the whole cluster needs one
  route for each block and not one for each container. The block that a node tries first is drawn from its name: the same name
  always gets the same block, and different names rarely collide. In the pool 172.20.0.0/16 master gets
  172.20.219.64/26, as in the notes, slave1 gets 172.20.140.192/26.

  Background:
    Given the topology "calico-docker"

  Rule: A container's address is the next one of its node's block

    Scenario: The first container on master has the first address of the block, and the next the next
      Even the address with which the block begins is given away: a block is no subnet, and has no network address.

      Given web1 on master and web2 on master
      When web1 pings 172.20.219.65
      Then it is delivered to web2
      And web2 sees it from 172.20.219.64

    Scenario: Each node has a block of its own
      Given web1 on master and web3 on slave1 and web4 on slave2
      When web3 pings 172.20.140.64
      Then it is delivered to web4
      And web4 sees it from 172.20.140.192

    Scenario: A network has no addresses of its own, so that networks share a block
      Given web1 on master and web9 in net2 on master
      When web9 pings master
      Then master sees it from 172.20.219.65

  Rule: All members of a network are in one ip set, on every node that has one of them

    Scenario: The set on master holds the members on slave1, too
      Given web1 on master and web3 on slave1
      And master runs:
        """
        ipset test cali4-s:dmxNq1uG7U174OAEUuueUSA 172.20.140.192
        """
      When web3 pings web1
      Then it matches rule 1 of cali-pri-net1 on master

    Scenario: Members of another network are in another set
      Given web1 on master and web9 in net2 on master
      And master runs:
        """
        ipset test cali4-s:axL9sFt29lsE6ei3zCUlA2m 172.20.219.65
        """
      When web9 pings web1
      Then it does not match rule 1 of cali-pri-net1

  Rule: An unused address of a block leads nowhere

    Scenario: The node itself is told at once that its own block ends there
      The block is a blackhole route on its node, and each container a more special one in front of it.

      Given web1 on master
      When master pings 172.20.219.100
      Then it is unreachable: "Invalid argument"

    Scenario: A container's packet falls into the hole without a sound
      Given web1 on master
      When web1 pings 172.20.219.100
      Then it passes PREROUTING on master
      And it does not pass FORWARD
      And it is dropped because of blackhole on master
      And it is lost

    Scenario: Other nodes know the block only as a whole, and send the packet to its node
      Given web1 on master and web3 on slave1
      When web3 pings 172.20.219.100
      Then it leaves slave1 by ens33 via master
      And it is dropped because of blackhole on master

    Scenario: Without the hole the packet would run along the default route
      Given web1 on master
      And master runs:
        """
        ip route del blackhole 172.20.219.64/26
        """
      When web1 pings 172.20.219.100
      Then it leaves master by ens33 via gateway
