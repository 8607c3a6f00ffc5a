Feature: Without docker-proxy the rules lead everybody to a published port
  With `--userland-proxy=false` nothing but rules is between a published port and its container. A container that asks for
  its own port, a neighbour on the same bridge and the host's 127.0.0.1 are led back into the bridge: the hairpin.

  Background: A host without docker-proxy
    Given the topology:
      """
      lan: { cidr: 172.16.91.0/24, gateway: 172.16.91.2 }
      nodes: { host: 172.16.91.131 }
      outside: { client: 172.16.91.1 }
      docker: { version: "20.10", userlandProxy: false }
      networks:
        front: { driver: bridge, bridge: br-front }
      workloads:
        web: { node: host, network: bridge, publish: ["8080:80"] }
        worker: { node: host, network: bridge }
        till: { node: host, network: front }
      """

  Rule: The rules leave nobody out

    Scenario: No bridge is turned back, and 127.0.0.0/8 is not passed over
      Then the nat table on host is:
        """
        -P PREROUTING ACCEPT
        -P INPUT ACCEPT
        -P OUTPUT ACCEPT
        -P POSTROUTING ACCEPT
        -N DOCKER
        -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
        -A OUTPUT -m addrtype --dst-type LOCAL -j DOCKER
        -A POSTROUTING -o br-front -m addrtype --src-type LOCAL -j MASQUERADE
        -A POSTROUTING -s 172.18.0.0/16 ! -o br-front -j MASQUERADE
        -A POSTROUTING -o docker0 -m addrtype --src-type LOCAL -j MASQUERADE
        -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
        -A POSTROUTING -s 172.17.0.2/32 -d 172.17.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE
        -A DOCKER -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
        """

    Scenario: A client from outside sees no difference
      When client connects to host on port 8080
      Then it is translated to web:80 on host
      And it is answered
      And web sees it from client

  Rule: A container can ask for its own port

    Scenario: It goes out by the port of the bridge that it came in by
      When web connects to host on port 8080
      Then it is translated to web:80 on host
      And it is delivered to web and is answered

    Scenario: The masquerade makes it come from the host
      When web connects to host on port 8080
      Then it matches rule 5 of nat POSTROUTING on host
      And web sees it from 172.17.0.1

    Scenario: Without the masquerade web gets a packet from itself, and does not believe it
      Given host runs:
        """
        iptables -t nat -D POSTROUTING -s 172.17.0.2/32 -d 172.17.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE
        """
      When web connects to host on port 8080
      Then it is dropped because of martian-source on web
      And it is lost

  Rule: A neighbour on the bridge is led to the container, too

    Scenario: From container to container by the host's port
      When worker connects to host on port 8080
      Then it is translated to web:80 on host
      And it is answered

    Scenario: They are both within the subnet, and nothing is masqueraded
      When worker connects to host on port 8080
      Then web sees it from worker
      And worker sees the reply from host

  Rule: 127.0.0.1 is a way in

    Scenario: The loopback address goes out into the bridge
      When host connects to 127.0.0.1 on port 8080
      Then it is translated to web:80 on host
      And it leaves host by docker0
      And it is answered

    Scenario: The container cannot answer 127.0.0.1, so it is masqueraded
      When host connects to 127.0.0.1 on port 8080
      Then it is masqueraded on host as 172.17.0.1
      And web sees it from 172.17.0.1

    Scenario: It takes route_localnet on the bridge
      Given net.ipv4.conf.docker0.route_localnet is 0 on host
      When host connects to 127.0.0.1 on port 8080
      Then it is not answered

  Rule: The proxy was also the way between bridges

    Scenario: From another bridge the rules lead into the isolation
      When till connects to host on port 8080
      Then it is translated to web:80 on host
      And it is dropped by rule 2 of DOCKER-ISOLATION-STAGE-2 on host
