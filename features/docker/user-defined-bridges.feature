Feature: Every network that somebody creates is a bridge of its own
  `docker network create` makes a bridge with the next free subnet and writes for it what docker0 has. The rules go in at
  the head of each chain, so that a newer network stands above an older one.

  Background: Two networks besides docker0, the second one without masquerade
    Given the topology:
      """
      lan: { cidr: 172.16.91.0/24, gateway: 172.16.91.2 }
      nodes: { host: 172.16.91.131 }
      outside: { client: 172.16.91.1 }
      docker: { version: "20.10" }
      networks:
        front: { driver: bridge, bridge: br-front }
        plain: { driver: bridge, bridge: br-plain, subnet: 10.9.0.0/24, ipMasq: false }
      workloads:
        web: { node: host, network: bridge }
        shop: { node: host, network: front }
        till: { node: host, network: front }
        bare: { node: host, network: plain, publish: ["8080:80"] }
      """

  Rule: It has a subnet, and the host its first address

    Scenario: The routes of the host
      Then the routes on host are:
        """
        default via 172.16.91.2 dev ens33
        10.9.0.0/24 dev br-plain proto kernel scope link src 10.9.0.1
        172.16.91.0/24 dev ens33 proto kernel scope link src 172.16.91.131
        172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1
        172.18.0.0/16 dev br-front proto kernel scope link src 172.18.0.1
        """

    Scenario: Containers get its addresses in the order in which they start
      When shop pings till
      Then till sees it from 172.18.0.2
      And it is answered

    Scenario: They leave by its gateway
      When shop pings client
      Then it leaves shop by eth0 via 172.18.0.1
      And it leaves host by ens33 via client

  Rule: The newer network's rules stand above the older one's

    Scenario: FORWARD from the newest to docker0
      Then the filter table on host is:
        """
        -P INPUT ACCEPT
        -P FORWARD DROP
        -P OUTPUT ACCEPT
        -N DOCKER
        -N DOCKER-ISOLATION-STAGE-1
        -N DOCKER-ISOLATION-STAGE-2
        -N DOCKER-USER
        -A FORWARD -j DOCKER-USER
        -A FORWARD -j DOCKER-ISOLATION-STAGE-1
        -A FORWARD -o br-plain -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A FORWARD -o br-plain -j DOCKER
        -A FORWARD -i br-plain ! -o br-plain -j ACCEPT
        -A FORWARD -i br-plain -o br-plain -j ACCEPT
        -A FORWARD -o br-front -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A FORWARD -o br-front -j DOCKER
        -A FORWARD -i br-front ! -o br-front -j ACCEPT
        -A FORWARD -i br-front -o br-front -j ACCEPT
        -A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A FORWARD -o docker0 -j DOCKER
        -A FORWARD -i docker0 ! -o docker0 -j ACCEPT
        -A FORWARD -i docker0 -o docker0 -j ACCEPT
        -A DOCKER -d 10.9.0.2/32 ! -i br-plain -o br-plain -p tcp -m tcp --dport 80 -j ACCEPT
        -A DOCKER-ISOLATION-STAGE-1 -i br-plain ! -o br-plain -j DOCKER-ISOLATION-STAGE-2
        -A DOCKER-ISOLATION-STAGE-1 -i br-front ! -o br-front -j DOCKER-ISOLATION-STAGE-2
        -A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
        -A DOCKER-ISOLATION-STAGE-1 -j RETURN
        -A DOCKER-ISOLATION-STAGE-2 -o br-plain -j DROP
        -A DOCKER-ISOLATION-STAGE-2 -o br-front -j DROP
        -A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
        -A DOCKER-ISOLATION-STAGE-2 -j RETURN
        -A DOCKER-USER -j RETURN
        """

    Scenario: nat, where the network without masquerade has neither MASQUERADE nor RETURN
      Then the nat table on host is:
        """
        -P PREROUTING ACCEPT
        -P INPUT ACCEPT
        -P OUTPUT ACCEPT
        -P POSTROUTING ACCEPT
        -N DOCKER
        -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
        -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
        -A POSTROUTING -s 172.18.0.0/16 ! -o br-front -j MASQUERADE
        -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
        -A POSTROUTING -s 10.9.0.2/32 -d 10.9.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE
        -A DOCKER -i br-front -j RETURN
        -A DOCKER -i docker0 -j RETURN
        -A DOCKER ! -i br-plain -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.9.0.2:80
        """

  Rule: What leaves a network is masqueraded, unless it says otherwise

    Scenario: From front it comes from the host
      When shop pings client
      Then it is masqueraded on host as 172.16.91.131
      And client sees it from host
      And it is answered

    Scenario: From plain it comes as it is, and a client without a route cannot answer
      When bare pings client
      Then it is not masqueraded
      And client sees it from bare
      And it is not answered

    Scenario: With a route it can
      Given client runs:
        """
        ip route add 10.9.0.0/24 via 172.16.91.131
        """
      When bare pings client
      Then it is answered

    Scenario: A published port needs no masquerade
      When client connects to host on port 8080
      Then it is translated to bare:80 on host
      And it is answered

    Scenario: Within a network nothing is masqueraded
      When shop connects to till on port 80
      Then it is not masqueraded
      And it is answered

  Rule: No network is part of another

    Scenario: Not by rule and not by route
      Then the reachability is:
        |      | web | shop | till | bare |
        | web  | ok  | -    | -    | -    |
        | shop | -   | ok   | ok   | -    |
        | bare | -   | -    | -    | ok   |
