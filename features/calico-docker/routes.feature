Feature: Routes are what joins containers
  Two programs write them. Felix adds one for each container on its own node, out of the container's interface. BIRD tells
  the other nodes of the node's blocks, by BGP, and installs what the others told; it also puts a blackhole under the node's
  own block, for the addresses that no container has.

  Background:
    Given the topology "calico-docker"

  Rule: A node has a route for each of its containers and for each block of the others

    Scenario: The routes of a node with two containers, while another node has one
      Given web1 on master and web2 on master and web3 on slave1
      Then the routes on master are:
        """
        default via 172.16.91.2 dev ens33
        172.16.91.0/24 dev ens33 proto kernel scope link src 172.16.91.225
        172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1 linkdown
        172.20.140.192/26 via 172.16.91.226 dev ens33 proto bird
        172.20.219.64 dev <web1> scope link
        blackhole 172.20.219.64/26 proto bird
        172.20.219.65 dev <web2> scope link
        """

    Scenario: The node at the other end
      Given web1 on master and web2 on master and web3 on slave1
      Then the routes on slave1 are:
        """
        default via 172.16.91.2 dev ens33
        172.16.91.0/24 dev ens33 proto kernel scope link src 172.16.91.226
        172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1 linkdown
        172.20.140.192 dev <web3> scope link
        blackhole 172.20.140.192/26 proto bird
        172.20.219.64/26 via 172.16.91.225 dev ens33 proto bird
        """

    Scenario: A node without containers has no block, and learns those of the others
      Given web1 on master and web3 on slave1
      Then the routes on slave2 are:
        """
        default via 172.16.91.2 dev ens33
        172.16.91.0/24 dev ens33 proto kernel scope link src 172.16.91.227
        172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1 linkdown
        172.20.140.192/26 via 172.16.91.226 dev ens33 proto bird
        172.20.219.64/26 via 172.16.91.225 dev ens33 proto bird
        """

    Scenario: Before the first container there is no block anywhere
      Then the routes on master are:
        """
        default via 172.16.91.2 dev ens33
        172.16.91.0/24 dev ens33 proto kernel scope link src 172.16.91.225
        172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1 linkdown
        """

  Rule: A route decides by which interface a packet leaves, and so which chains it meets

    Scenario: The route of a container leads to its interface
      Given web1 on master and web2 on master
      When web1 pings web2
      Then it leaves master by <web2>
      And it passes cali-to-wl-dispatch on master

    Scenario: The route of a block leads to the node that has it
      Given web1 on master and web3 on slave1
      When web1 pings web3
      Then it leaves master by ens33 via slave1
      And it does not pass cali-to-wl-dispatch on master

    Scenario: Everything else takes the default route
      Given web1 on master
      When web1 pings internet
      Then it leaves master by ens33 via gateway
