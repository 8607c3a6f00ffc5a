Feature: A bridge switches, and may ask iptables
  A bridge joins its ports like a switch: frames between them are not routed. Yet with bridge-nf-call-iptables, which Docker
  needs for its rules between containers, bridged packets are shown to iptables as if they were forwarded from the bridge to itself.

  Background:
    Given the topology:
      """
      lan: { cidr: 192.168.1.0/24, gateway: 192.168.1.1 }
      nodes: { host: 192.168.1.10, other: 192.168.1.11 }
      outside: { internet: 8.8.8.8 }
      docker: { version: "18.06", on: [host] }
      workloads:
        box1: { node: host }
        box2: { node: host }
      """

  Rule: With bridge-nf-call-iptables bridged packets pass FORWARD

    Scenario: Containers of one bridge are accepted by Docker's last rule
      Given net.bridge.bridge-nf-call-iptables is 1 on host
      When box1 pings box2
      Then it is answered
      And it passes PREROUTING, FORWARD, POSTROUTING on host
      And it does not pass INPUT, OUTPUT
      And it matches rule 6 of FORWARD on host

    Scenario: A rule in DOCKER-USER can part them
      Given net.bridge.bridge-nf-call-iptables is 1 on host
      And host runs:
        """
        iptables -I DOCKER-USER -i docker0 -o docker0 -j DROP
        """
      When box1 pings box2
      Then it is dropped by rule 1 of DOCKER-USER on host

    Scenario: Forwarding does not matter, because nothing is routed
      Given net.ipv4.ip_forward is 0 on host
      When box1 pings box2
      Then it is answered

  Rule: Without it iptables sees nothing of them

    Scenario: The same rule does not part them
      Given net.bridge.bridge-nf-call-iptables is 0 on host
      And host runs:
        """
        iptables -I DOCKER-USER -i docker0 -o docker0 -j DROP
        """
      When box1 pings box2
      Then it is answered
      And it does not pass FORWARD

  Rule: What leaves the bridge is routed like everything else

    Scenario: A container reaches the internet, masqueraded by Docker's rule
      When box1 pings internet
      Then it is answered
      And it matches rule 5 of FORWARD on host
      And it is masqueraded on host as host

    Scenario: Another host does not reach the container, because no rule accepts it
      Given other runs:
        """
        ip route add 172.17.0.0/16 via 192.168.1.10
        """
      When other pings box1
      Then it passes FORWARD, DOCKER-USER, DOCKER on host
      And it is dropped by the FORWARD policy on host

    Scenario: With a rule in DOCKER-USER it does
      Given other runs:
        """
        ip route add 172.17.0.0/16 via 192.168.1.10
        """
      And host runs:
        """
        iptables -I DOCKER-USER -s 192.168.1.0/24 -o docker0 -j ACCEPT
        """
      When other pings box1
      Then it is answered
      And box1 sees it from other

    Scenario: From the container to its host it is delivered, not forwarded
      When box1 pings host
      Then it is answered
      And it passes PREROUTING, INPUT on host
      And it does not pass FORWARD
