Feature: A container's gateway exists in ARP only
  Every container has the same routes: `169.254.1.1 dev cali0 scope link` and `default via 169.254.1.1 dev cali0`. No
  machine has that address. When the container asks for it, the node answers on its behalf: Felix sets proxy_arp on
  the node's end of each veth pair.

  Linux answers such a request only if it could forward a packet to the address asked for: forwarding has to
  be on at the interface where the request came in, and the address has to be routed out of *another* interface. For
  169.254.1.1 that is the node's default route. So a node without a default route cuts its containers off,
  which surprises people in closed networks.

  Rule: With a default route the node answers for the gateway

    Scenario: A container reaches its neighbours
      Given the topology:
        """
        lan: { cidr: 172.16.91.0/24, gateway: 172.16.91.2 }
        nodes: { master: 172.16.91.225, slave1: 172.16.91.226 }
        docker: { version: "18.06" }
        calico:
          version: "2.6.4"
          pools: [ { cidr: 172.20.0.0/16, natOutgoing: true, encapsulation: none } ]
        networks: { net1: { driver: calico } }
        """
      And web1 on master and web2 on master and web3 on slave1
      When web1 pings web2
      Then it is answered
      When web1 pings web3
      Then it is answered

    Scenario: The routes of a container
      Given the topology "calico-docker"
      And web1 on master
      Then the routes on web1 are:
        """
        default via 169.254.1.1 dev cali0
        169.254.1.1 dev cali0 scope link
        """

  Rule: Without a default route the node stays silent, and its containers reach nobody

    Background:
      Given the topology:
        """
        lan: { cidr: 172.16.91.0/24 }
        nodes: { master: 172.16.91.225, slave1: 172.16.91.226 }
        docker: { version: "18.06" }
        calico:
          version: "2.6.4"
          pools: [ { cidr: 172.20.0.0/16, natOutgoing: true, encapsulation: none } ]
        networks: { net1: { driver: calico } }
        workloads:
          web1: { node: master, interface: cali2bdb33ebbb0 }
          web2: { node: master }
        """

    Scenario: After three seconds without an answer the container gives up
      When web1 pings web2
      Then it is unreachable: "Destination Host Unreachable"
      And it does not leave master

    Scenario: Not even the node gets a reply from its own container
      When master pings web1
      Then it is delivered to web1
      And it is lost

    Scenario: The nodes themselves are fine
      When master pings slave1
      Then it is answered

    Scenario: Any route for 169.254.1.1 out of another interface will do
      Given master runs:
        """
        ip route add 169.254.1.1 dev ens33
        """
      When web1 pings web2
      Then it is answered

    Scenario: A route for it back to the container's own interface will not
      Given master runs:
        """
        ip route add 169.254.1.1 dev cali2bdb33ebbb0
        """
      When web1 pings web2
      Then it is unreachable: "Destination Host Unreachable"

  Rule: The interface by which the request comes in has to forward and to be a proxy

    Background:
      Given the topology:
        """
        lan: { cidr: 172.16.91.0/24, gateway: 172.16.91.2 }
        nodes: { master: 172.16.91.225, slave1: 172.16.91.226 }
        docker: { version: "18.06" }
        calico:
          version: "2.6.4"
          pools: [ { cidr: 172.20.0.0/16, natOutgoing: true, encapsulation: none } ]
        networks: { net1: { driver: calico } }
        workloads:
          web1: { node: master, interface: cali2bdb33ebbb0 }
        """

    Scenario: With proxy_arp the container reaches its node
      Given net.ipv4.conf.cali2bdb33ebbb0.proxy_arp is 1 on master
      When web1 pings master
      Then it is answered

    Scenario: Without proxy_arp it does not
      Given net.ipv4.conf.cali2bdb33ebbb0.proxy_arp is 0 on master
      When web1 pings master
      Then it is unreachable: "Destination Host Unreachable"

    Scenario: Without forwarding of the interface it does not
      Given net.ipv4.conf.cali2bdb33ebbb0.forwarding is 0 on master
      When web1 pings master
      Then it is unreachable: "Destination Host Unreachable"

    Scenario: With forwarding of the interface alone it does, though the node forwards nothing else
      Given master runs:
        """
        sysctl -w net.ipv4.ip_forward=0
        sysctl -w net.ipv4.conf.cali2bdb33ebbb0.forwarding=1
        """
      When web1 pings master
      Then it is answered
