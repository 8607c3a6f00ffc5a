Feature: DNAT and REDIRECT lead a connection elsewhere
  DNAT in PREROUTING writes a new destination before routing, so that the packet takes another way. REDIRECT is DNAT to
  the host itself. Both are decided once, for the first packet; the rest of the connection follows its entry.

  Background: ann and bob are on two wires, and a router joins them
    Given the topology "one-router"

  Rule: DNAT forwards what was addressed to the router

    Scenario: A port of the router becomes a port of bob
      Given router runs:
        """
        iptables -t nat -A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.0.2.2:80
        """
      When ann connects to router on port 8080
      Then it is translated to bob:80 on router
      And it is delivered to bob and is answered
      And bob sees it from ann
      And ann sees the reply from router

    Scenario: Another port is still the router's
      Given router runs:
        """
        iptables -t nat -A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.0.2.2:80
        """
      When ann connects to router on port 8081
      Then it is not translated
      And it is refused

    Scenario: The entry keeps both sides apart
      Given router runs:
        """
        iptables -t nat -A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.0.2.2:80
        """
      When ann connects to router on port 8080
      Then conntrack on router lists:
        """
        tcp 6 src=ann dst=router dport=8080 src=bob dst=ann sport=80
        """

  Rule: PREROUTING is for what comes in, OUTPUT for what the host sends itself

    Scenario: The router's own connection does not pass PREROUTING
      Given router runs:
        """
        iptables -t nat -A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.0.2.2:80
        """
      When router connects to router on port 8080
      Then it is not translated
      And it is refused

    Scenario: For that there is OUTPUT
      Given router runs:
        """
        iptables -t nat -A OUTPUT -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.0.2.2:80
        """
      When router connects to router on port 8080
      Then it is translated to bob:80 on router
      And it leaves router by eth1 via bob
      And it is answered

    Scenario: The source address was chosen before, and stays
      Given router runs:
        """
        iptables -t nat -A OUTPUT -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.0.2.2:80
        """
      When router connects to router on port 8080
      Then bob sees it from 10.0.1.1

  Rule: A connection that is led back to its sender needs a masquerade

    Scenario: Without one the sender gets a packet from itself, and does not believe it
      Given router runs:
        """
        iptables -t nat -A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.0.1.2:80
        """
      When ann connects to router on port 8080
      Then it is dropped because of martian-source on ann
      And it is lost

    Scenario: With one it works
      Given router runs:
        """
        iptables -t nat -A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.0.1.2:80
        iptables -t nat -A POSTROUTING -d 10.0.1.2 -j MASQUERADE
        """
      When ann connects to router on port 8080
      Then it is answered
      And ann sees it from router

  Rule: REDIRECT leads to the host itself

    Scenario: A connection through the router ends at its proxy, under the interface's own address
      Given router runs:
        """
        iptables -t nat -A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 3128
        """
      When ann connects to bob on port 80
      Then it is translated to 10.0.1.1:3128 on router
      And it is delivered to router and is answered
      And it does not leave router

    Scenario: The sender believes to have spoken with bob
      Given router runs:
        """
        iptables -t nat -A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 3128
        """
      When ann connects to bob on port 80
      Then ann sees the reply from bob
