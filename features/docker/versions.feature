Feature: What Docker writes depends on its version
  From 17.06 to 18.04 each two bridges have a pair of rules between them, all in one chain, DOCKER-ISOLATION. With 18.05
  came the two stages. What packets do is the same; where they are dropped is not. From 28.0 on the rules are others, and
  such a version is refused.

  Rule: The default bridge of 18.05 to 27

    Scenario Outline: The filter table of <version>
      Given the topology:
        """
        lan: { cidr: 172.16.91.0/24 }
        nodes: { host: 172.16.91.131 }
        docker: { version: "<version>" }
        """
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
        -A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A FORWARD -o docker0 -j DOCKER
        -A FORWARD -i docker0 ! -o docker0 -j ACCEPT
        -A FORWARD -i docker0 -o docker0 -j ACCEPT
        -A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
        -A DOCKER-ISOLATION-STAGE-1 -j RETURN
        -A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
        -A DOCKER-ISOLATION-STAGE-2 -j RETURN
        -A DOCKER-USER -j RETURN
        """

      Examples:
        | version |
        |   18.05 |
        |   18.09 |
        |   20.10 |
        |  27.5.1 |

  Rule: The default bridge of 17.06 to 18.04

    Scenario Outline: The filter table of <version>
      Given the topology:
        """
        lan: { cidr: 172.16.91.0/24 }
        nodes: { host: 172.16.91.131 }
        docker: { version: "<version>" }
        """
      Then the filter table on host is:
        """
        -P INPUT ACCEPT
        -P FORWARD DROP
        -P OUTPUT ACCEPT
        -N DOCKER
        -N DOCKER-ISOLATION
        -N DOCKER-USER
        -A FORWARD -j DOCKER-USER
        -A FORWARD -j DOCKER-ISOLATION
        -A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A FORWARD -o docker0 -j DOCKER
        -A FORWARD -i docker0 ! -o docker0 -j ACCEPT
        -A FORWARD -i docker0 -o docker0 -j ACCEPT
        -A DOCKER-ISOLATION -j RETURN
        -A DOCKER-USER -j RETURN
        """

      Examples:
        | version |
        |   17.06 |
        |   18.03 |

  Rule: nat is the same in all of them

    Scenario Outline: The nat table of <version>, with a published port
      Given the topology:
        """
        lan: { cidr: 172.16.91.0/24 }
        nodes: { host: 172.16.91.131 }
        docker: { version: "<version>" }
        workloads:
          web: { node: host, publish: ["172.16.91.131:8080:80"] }
        """
      Then the nat table on host is:
        """
        -P PREROUTING ACCEPT
        -P INPUT ACCEPT
        -P OUTPUT ACCEPT
        -P POSTROUTING ACCEPT
        -N DOCKER
        -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
        -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
        -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
        -A POSTROUTING -s 172.17.0.2/32 -d 172.17.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE
        -A DOCKER -i docker0 -j RETURN
        -A DOCKER -d 172.16.91.131/32 ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
        """

      Examples:
        | version |
        |   17.06 |
        |   18.06 |
        |    27.0 |

  Rule: Bridges are kept apart in pairs, or in stages

    Scenario: 17.06 has a rule for each direction between each two of them
      Given the topology:
        """
        lan: { cidr: 172.16.91.0/24 }
        nodes: { host: 172.16.91.131 }
        docker: { version: "17.06" }
        networks:
          front: { driver: bridge, bridge: br-front }
          vault: { driver: bridge, bridge: br-vault, internal: true }
        """
      Then the filter table on host has:
        """
        -A DOCKER-ISOLATION ! -s 172.19.0.0/16 -o br-vault -j DROP
        -A DOCKER-ISOLATION ! -d 172.19.0.0/16 -i br-vault -j DROP
        -A DOCKER-ISOLATION -i docker0 -o br-front -j DROP
        -A DOCKER-ISOLATION -i br-front -o docker0 -j DROP
        -A DOCKER-ISOLATION -j RETURN
        """

    Scenario: 18.05 has one rule in each stage for each of them
      Given the topology:
        """
        lan: { cidr: 172.16.91.0/24 }
        nodes: { host: 172.16.91.131 }
        docker: { version: "18.05" }
        networks:
          front: { driver: bridge, bridge: br-front }
          vault: { driver: bridge, bridge: br-vault, internal: true }
        """
      Then the filter table on host has:
        """
        -A DOCKER-ISOLATION-STAGE-1 ! -s 172.19.0.0/16 -o br-vault -j DROP
        -A DOCKER-ISOLATION-STAGE-1 ! -d 172.19.0.0/16 -i br-vault -j DROP
        -A DOCKER-ISOLATION-STAGE-1 -i br-front ! -o br-front -j DOCKER-ISOLATION-STAGE-2
        -A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
        -A DOCKER-ISOLATION-STAGE-1 -j RETURN
        -A DOCKER-ISOLATION-STAGE-2 -o br-front -j DROP
        -A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
        -A DOCKER-ISOLATION-STAGE-2 -j RETURN
        """

    Scenario Outline: In <version>, <way> is dropped by rule <rule> of <chain>
      Given the topology:
        """
        lan: { cidr: 172.16.91.0/24 }
        nodes: { host: 172.16.91.131 }
        docker: { version: "<version>" }
        networks:
          front: { driver: bridge, bridge: br-front }
        workloads:
          web: { node: host, network: bridge }
          shop: { node: host, network: front }
        """
      When <way>
      Then it is dropped by rule <rule> of <chain> on host

      Examples:
        | version | way            | rule | chain                    |
        |   17.06 | web pings shop |    1 | DOCKER-ISOLATION         |
        |   17.06 | shop pings web |    2 | DOCKER-ISOLATION         |
        |    27.0 | web pings shop |    1 | DOCKER-ISOLATION-STAGE-2 |
        |    27.0 | shop pings web |    2 | DOCKER-ISOLATION-STAGE-2 |

  Rule: Who reaches whom does not depend on it

    Scenario Outline: In <version>
      Given the topology:
        """
        lan: { cidr: 172.16.91.0/24 }
        nodes: { host: 172.16.91.131 }
        outside: { client: 172.16.91.1 }
        docker: { version: "<version>" }
        networks:
          front: { driver: bridge, bridge: br-front }
          vault: { driver: bridge, bridge: br-vault, internal: true }
        workloads:
          web: { node: host, network: bridge }
          worker: { node: host, network: bridge }
          shop: { node: host, network: front }
          safe: { node: host, network: vault }
        """
      Then the reachability is:
        |      | web | worker | shop | safe | client |
        | web  | ok  | ok     | -    | -    | ok     |
        | shop | -   | -      | ok   | -    | ok     |
        | safe | -   | -      | -    | ok   | -      |

      Examples:
        | version |
        |   17.06 |
        |   18.05 |
        |    27.0 |
