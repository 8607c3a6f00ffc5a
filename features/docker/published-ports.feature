Feature: A published port leads from the host into a container
  `docker run -p 8080:80` writes three rules: one in nat that gives what is for the host's port the container's address,
  one in filter that lets it through, and a masquerade for a container that asks for itself. Everything else that comes
  from outside meets the policy of FORWARD.

  Background: web, worker and dns on docker0; shop and till on br-front; safe and key on br-vault
    Given the topology "docker-bridges"

  Rule: What comes from outside for the port is translated and let in

    Scenario: A client reaches web by the port of the host
      When client connects to host on port 8080
      Then it is translated to web:80 on host
      And it leaves host by docker0
      And it is delivered to web and is answered

    Scenario: Another port is the host's own, and closed
      When client connects to host on port 8090
      Then it is refused
      And it is not translated

    Scenario: The way through the chains
      When client connects to host on port 8080
      Then it matches rule 3 of nat DOCKER on host
      And it passes filter DOCKER-USER, filter DOCKER-ISOLATION-STAGE-1, filter DOCKER on host
      And it matches rule 1 of filter DOCKER on host

    Scenario: web sees who asks; the client sees only the host
      When client connects to host on port 8080
      Then web sees it from client
      And client sees the reply from host
      And it is not masqueraded

    Scenario: The reply needs no rule for the port, it belongs to a connection
      When client connects to host on port 8080
      Then the reply passes filter FORWARD on host
      And the reply does not pass filter DOCKER on host

    Scenario: The connection keeps both sides apart
      When client connects to host on port 8080
      Then conntrack on host lists:
        """
        tcp 6 src=client dst=host dport=8080 src=web dst=client sport=80
        """

    Scenario: A port of udp
      When client sends udp to host on port 53
      Then it is translated to dns:53 on host
      And it is answered

    Scenario: The same number of tcp is another port
      When client connects to host on port 53
      Then it is refused

    Scenario: A container of a network of its own is reached the same way
      When client connects to host on port 8081
      Then it is translated to shop:80 on host
      And it leaves host by br-front
      And it is answered

  Rule: Both rules are needed

    Scenario: Translated but not let in, it meets the policy
      Given host runs:
        """
        iptables -D DOCKER 1
        """
      When client connects to host on port 8080
      Then it is translated to web:80 on host
      And it is dropped by the FORWARD policy on host

    Scenario: DOCKER-USER comes first, and knows the container's address already
      Given host runs:
        """
        iptables -I DOCKER-USER -p tcp -d 172.17.0.2 --dport 80 -j DROP
        """
      When client connects to host on port 8080
      Then it is dropped by rule 1 of DOCKER-USER on host

    Scenario: A rule there for the host's port never matches
      Given host runs:
        """
        iptables -I DOCKER-USER -p tcp --dport 8080 -j DROP
        """
      When client connects to host on port 8080
      Then it does not match rule 1 of DOCKER-USER
      And it is answered

    Scenario: INPUT is no place to close a published port
      Given host runs:
        """
        iptables -I INPUT -p tcp --dport 8080 -j DROP
        """
      When client connects to host on port 8080
      Then it does not pass filter INPUT on host
      And it is answered

  Rule: The rule lets in whoever comes for the container's port, not only who came by the host's

    Background: A client that knows the way to the bridge
      Given client runs:
        """
        ip route add 172.17.0.0/16 via 172.16.91.131
        """

    Scenario: The published port of web, asked for directly
      When client connects to web on port 80
      Then it is not translated
      And it matches rule 1 of filter DOCKER on host
      And it is answered

    Scenario: The same port of a container that publishes none
      When client connects to worker on port 80
      Then it passes filter DOCKER on host
      And it is dropped by the FORWARD policy on host

    Scenario: Another port of web
      When client connects to web on port 81
      Then it is dropped by the FORWARD policy on host
      And it is not refused

    Scenario: A ping to web
      When client pings web
      Then it is dropped by the FORWARD policy on host

  Rule: A port can be published on one address of the host

    Background: A client that knows the way to the bridge
      Given client runs:
        """
        ip route add 172.17.0.0/16 via 172.16.91.131
        """

    Scenario: Published on all, it is there on docker0's address, too
      When client connects to 172.17.0.1 on port 8080
      Then it is translated to web:80 on host
      And it is answered

    Scenario: Published on 172.16.91.131, it is not
      When client connects to 172.17.0.1 on port 8081
      Then it is not translated
      And it is refused

    Scenario: Published on 127.0.0.1, it is not for the client
      When client sends udp to host on port 5353
      Then it is not translated
      And it is refused

  Rule: The host itself comes by OUTPUT

    Scenario: To its own address
      When host connects to host on port 8080
      Then it matches rule 1 of nat OUTPUT on host
      And it is translated to web:80 on host
      And it is answered

    Scenario: It needs nobody's leave in FORWARD
      When host connects to host on port 8080
      Then it passes filter OUTPUT on host
      And it does not pass filter FORWARD on host

    Scenario: Straight to the container, whether it publishes a port or not
      When host connects to worker on port 80
      Then it is not translated
      And it is answered

    Scenario: To 127.0.0.1 no rule leads, and it stays on the host
      When host connects to 127.0.0.1 on port 8080
      Then it passes nat OUTPUT, filter INPUT on host

  Rule: What no rule leads into the container reaches docker-proxy
    docker-proxy is a process that listens on the published port and speaks with the container itself. What it does is
    not modelled, so that nothing can be said of what it is handed; on the kernel, another process holds the port for it.

    @simulated
    Scenario: From the host to 127.0.0.1
      When host connects to 127.0.0.1 on port 8080
      Then it is undetermined on host

    @simulated
    Scenario: From a container on the same bridge
      When worker connects to host on port 8080
      Then it is undetermined on host

    @simulated
    Scenario: From a container on another bridge
      When till sends udp to host on port 53
      Then it is undetermined on host

    @simulated
    Scenario: From outside, once the rules are gone
      Given host runs:
        """
        iptables -t nat -F DOCKER
        """
      When client connects to host on port 8080
      Then it is undetermined on host

    Scenario: Every bridge's own traffic is turned back before the ports are looked at
      When worker connects to host on port 8080
      Then it matches rule 2 of nat DOCKER on host
      And it passes filter INPUT on host

    Scenario: A port that is not published is refused to containers as to everybody
      When worker connects to host on port 8090
      Then it matches rule 2 of nat DOCKER on host
      And it is refused
