Feature: --icc=false keeps containers of one bridge from each other
  What containers of one bridge say to each other is switched, not routed. With br_netfilter it passes FORWARD all the
  same, in and out by the bridge, and that is where Docker allows it or not.

  Background: a and b on docker0, c and d on a network of their own, e and f on one without icc
    Given the topology:
      """
      lan: { cidr: 172.16.91.0/24, gateway: 172.16.91.2 }
      nodes: { host: 172.16.91.131 }
      outside: { client: 172.16.91.1 }
      docker: { version: "20.10", icc: false }
      networks:
        front: { driver: bridge, bridge: br-front }
        quiet: { driver: bridge, bridge: br-quiet, icc: false }
      workloads:
        a: { node: host, network: bridge, publish: ["8080:80"] }
        b: { node: host, network: bridge }
        c: { node: host, network: front }
        d: { node: host, network: front }
        e: { node: host, network: quiet }
        f: { node: host, network: quiet }
      """

  Rule: The daemon's --icc is about the default bridge

    Scenario: On docker0 neighbours do not reach each other
      When a pings b
      Then it is dropped by rule 13 of FORWARD on host

    Scenario: On a network of its own they do
      When c pings d
      Then it matches rule 9 of FORWARD on host
      And it is answered

    Scenario: A network can have the same said of itself
      When e pings f
      Then it is dropped by rule 14 of FORWARD on host

    Scenario: Who reaches whom
      Then the reachability is:
        |   | a  | b | c  | d  | e  | f |
        | a | ok | - | -  | -  | -  | - |
        | c | -  | - | ok | ok | -  | - |
        | e | -  | - | -  | -  | ok | - |

    Scenario: The rules that drop are the last of FORWARD
      Then the filter table on host has:
        """
        -A FORWARD -o br-front -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A FORWARD -o br-front -j DOCKER
        -A FORWARD -i br-front ! -o br-front -j ACCEPT
        -A FORWARD -i br-front -o br-front -j ACCEPT
        -A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A FORWARD -o docker0 -j DOCKER
        -A FORWARD -i docker0 ! -o docker0 -j ACCEPT
        -A FORWARD -i docker0 -o docker0 -j DROP
        -A FORWARD -i br-quiet -o br-quiet -j DROP
        """

  Rule: Only neighbours are kept apart

    Scenario: Out into the world nothing changes
      When a pings client
      Then it is answered

    Scenario: The host reaches its containers
      When host pings b
      Then it is answered

    Scenario: A published port is open to the client
      When client connects to host on port 8080
      Then it is translated to a:80 on host
      And it is answered

    Scenario: But not to the neighbour, who asks from inside the bridge
      When b connects to a on port 80
      Then it is dropped by rule 13 of FORWARD on host

  Rule: It relies on br_netfilter

    Scenario: Where bridged packets pass no chain, nothing keeps them apart
      Given net.bridge.bridge-nf-call-iptables is 0 on host
      When a pings b
      Then it does not pass filter FORWARD on host
      And it is answered

    Scenario: Between bridges they are routed, and meet the isolation as before
      Given net.bridge.bridge-nf-call-iptables is 0 on host
      When a pings c
      Then it is dropped by rule 2 of DOCKER-ISOLATION-STAGE-2 on host
