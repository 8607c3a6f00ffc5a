Feature: What is addressed to the host itself goes to Docker's chain
  `-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER`: the nat table's chain DOCKER holds the published ports, one
  DNAT rule each. Ports are published on all addresses of the host, so Docker asks for the type of the destination instead of
  listing addresses: LOCAL is every address that the host has on any interface.

  Background:
    Given the topology "calico-docker"
    And web1 on master and web2 on master and web3 on slave1

  Rule: Packets to an address of the host pass DOCKER

    Scenario: From the lan to the host
      When client pings master
      Then it matches rule 2 of nat PREROUTING on master
      And it passes nat DOCKER on master

    Scenario: From a container to the host
      When web1 pings master
      Then it passes nat DOCKER on master

    Scenario: From a container to the address of docker0, which is an address of the host like any other
      When web1 pings 172.17.0.1
      Then it passes nat DOCKER on master
      And it is delivered to master
      And it passes cali-INPUT, cali-wl-to-host on master

    Scenario: From the host to itself, in OUTPUT
      When master pings master
      Then it matches rule 2 of nat OUTPUT on master
      And it passes nat DOCKER on master

  Rule: Other packets do not

    Scenario: Between containers
      When web1 pings web2
      Then it does not match rule 2 of nat PREROUTING on master
      And it does not pass nat DOCKER

    Scenario: From a container to another host, until it is there
      When web1 pings slave1
      Then it does not pass nat DOCKER on master
      And it passes nat DOCKER on slave1

    Scenario: From the host to its own loopback address, which Docker leaves alone
      When master pings 127.0.0.1
      Then it is answered
      And it does not match rule 2 of nat OUTPUT on master

    Scenario: Replies, because the nat table sees only the first packet of a connection
      When master pings client
      Then the reply is delivered to master
      And the reply does not pass nat PREROUTING, nat DOCKER on master

  Rule: A rule in DOCKER publishes a port

    Scenario: The connection is translated and leads to the container, where the profile has the last word
      Given master runs:
        """
        iptables -t nat -A DOCKER -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.20.219.64:80
        """
      When client connects to master on port 8080
      Then it matches rule 2 of nat DOCKER on master
      And it is translated to web1:80 on master
      And it is dropped by rule 6 of cali-tw-<web1> on master

    Scenario: Once the lan is admitted, it arrives, and the reply bears the host's address again
      Given master runs:
        """
        iptables -t nat -A DOCKER -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.20.219.64:80
        iptables -I cali-pri-net1 -s 172.16.91.0/24 -j MARK --set-xmark 0x1000000/0x1000000
        """
      When client connects to master on port 8080
      Then it is delivered to web1 and is answered
      And web1 sees it from client
      And client sees the reply from master

    Scenario: Another port of the host is still the host's
      Given master runs:
        """
        iptables -t nat -A DOCKER -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.20.219.64:80
        """
      When client connects to master on port 8081
      Then it is not translated
      And it passes INPUT on master and is refused
