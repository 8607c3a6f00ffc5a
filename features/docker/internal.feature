Feature: An internal network is cut off from everything else
  `docker network create --internal` makes a bridge without masquerade and without published ports. Its containers have
  no default route, and two rules drop whatever would cross the border of its subnet.

  Background: safe and key on the internal network br-vault, web on docker0, shop on br-front
    Given the topology "docker-bridges"

  Rule: Within the network everything is as usual

    Scenario: Neighbours reach each other
      When safe pings key
      Then it is answered
      And it matches rule 3 of FORWARD on host

    Scenario: They reach the host at the address of the bridge
      When safe pings 172.19.0.1
      Then it is delivered to host and is answered

    Scenario: The host reaches them
      When host connects to safe on port 80
      Then it is answered

  Rule: Its containers know no way out

    Scenario: The only route is that of the subnet
      Then the routes on safe are:
        """
        172.19.0.0/16 dev eth0 proto kernel scope link src 172.19.0.2
        """

    Scenario: A container of another network has a default route
      Then the routes on web are:
        """
        default via 172.17.0.1 dev eth0
        172.17.0.0/16 dev eth0 proto kernel scope link src 172.17.0.2
        """

    Scenario: To the world there is none
      When safe pings client
      Then it is unreachable: "Network is unreachable"

    Scenario: web's way there is open
      When web pings client
      Then it is answered

  Rule: Whoever finds a way meets the two rules

    Scenario: A route alone does not lead out
      Given safe runs:
        """
        ip route add default via 172.19.0.1
        """
      When safe pings client
      Then it is dropped by rule 2 of DOCKER-ISOLATION-STAGE-1 on host

    Scenario: Nor to another bridge
      Given safe runs:
        """
        ip route add default via 172.19.0.1
        """
      When safe pings shop
      Then it is dropped by rule 2 of DOCKER-ISOLATION-STAGE-1 on host

    Scenario: The host's other addresses are no border, they are the host
      Given safe runs:
        """
        ip route add default via 172.19.0.1
        """
      When safe pings host
      Then it is answered

    Scenario: Nobody comes in from another bridge
      When web pings safe
      Then it is dropped by rule 1 of DOCKER-ISOLATION-STAGE-1 on host

    Scenario: Nobody comes in from outside
      Given client runs:
        """
        ip route add 172.19.0.0/16 via 172.16.91.131
        """
      When client connects to safe on port 80
      Then it is dropped by rule 1 of DOCKER-ISOLATION-STAGE-1 on host

    Scenario: Not even what belongs to a connection that somebody let out
      Given safe runs:
        """
        ip route add default via 172.19.0.1
        """
      And host runs:
        """
        iptables -I DOCKER-USER -i br-vault -j ACCEPT
        """
      And client runs:
        """
        ip route add 172.19.0.0/16 via 172.16.91.131
        """
      When safe pings client
      Then it is delivered to client
      And the reply is dropped by rule 1 of DOCKER-ISOLATION-STAGE-1 on host

  Rule: Nothing else is written for it

    Scenario: Two rules at the head of the isolation, and the one for neighbours
      Then the filter table on host has:
        """
        -A FORWARD -j DOCKER-ISOLATION-STAGE-1
        -A FORWARD -i br-vault -o br-vault -j ACCEPT
        -A DOCKER-ISOLATION-STAGE-1 ! -s 172.19.0.0/16 -o br-vault -j DROP
        -A DOCKER-ISOLATION-STAGE-1 ! -d 172.19.0.0/16 -i br-vault -j DROP
        -A DOCKER-ISOLATION-STAGE-1 -i br-front ! -o br-front -j DOCKER-ISOLATION-STAGE-2
        """
