Feature: Containers of two bridges do not reach each other
  The host routes between its bridges, so that only rules can keep them apart. STAGE-1 picks out what leaves a bridge for
  anywhere else, STAGE-2 drops of that what is for another bridge.

  Background: web and worker on docker0; shop and till on br-front; safe and key on br-vault
    Given the topology "docker-bridges"

  Rule: Within a bridge, out of the host, but not across

    Scenario: Who reaches whom
      Then the reachability is:
        |      | web | worker | shop | till | safe | key | client | internet |
        | web  | ok  | ok     | -    | -    | -    | -   | ok     | ok       |
        | shop | -   | -      | ok   | ok   | -    | -   | ok     | ok       |
        | host | ok  | ok     | ok   | ok   | ok   | ok  | ok     | ok       |

    Scenario: To the neighbour
      When web pings worker
      Then it is answered
      And it does not pass DOCKER-ISOLATION-STAGE-2 on host

    Scenario: To the other bridge, in two stages
      When web pings till
      Then it matches rule 4 of DOCKER-ISOLATION-STAGE-1 on host
      And it is dropped by rule 1 of DOCKER-ISOLATION-STAGE-2 on host

    Scenario: And back
      When till pings web
      Then it matches rule 3 of DOCKER-ISOLATION-STAGE-1 on host
      And it is dropped by rule 2 of DOCKER-ISOLATION-STAGE-2 on host

    Scenario: Out of the host it passes both stages
      When web pings internet
      Then it passes DOCKER-ISOLATION-STAGE-1, DOCKER-ISOLATION-STAGE-2 on host
      And it is masqueraded on host as 172.16.91.131
      And it is answered

  Rule: It is about bridges, not about the host

    Scenario: The other bridge's own address answers
      When web pings 172.18.0.1
      Then it is delivered to host and is answered

    Scenario: The isolation is no word on what the host sends
      When host connects to till on port 80
      Then it is answered
      And it does not pass DOCKER-ISOLATION-STAGE-1

    Scenario: A port that till does not publish is closed between bridges, and not refused
      When web connects to till on port 81
      Then it is lost

  Rule: DOCKER-USER comes before the isolation

    Scenario: One rule lets the request through, and the reply is dropped
      Given host runs:
        """
        iptables -I DOCKER-USER -i docker0 -o br-front -j ACCEPT
        """
      When web pings till
      Then it is delivered to till
      And the reply is dropped by rule 2 of DOCKER-ISOLATION-STAGE-2 on host

    Scenario: A rule for the way back opens it
      Given host runs:
        """
        iptables -I DOCKER-USER -i docker0 -o br-front -j ACCEPT
        iptables -I DOCKER-USER -i br-front -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        """
      When web pings till
      Then it is answered

    Scenario: In the one direction only
      Given host runs:
        """
        iptables -I DOCKER-USER -i docker0 -o br-front -j ACCEPT
        iptables -I DOCKER-USER -i br-front -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        """
      When till pings web
      Then it is dropped by rule 2 of DOCKER-ISOLATION-STAGE-2 on host

    Scenario: Where it accepts, bridge addresses meet: nothing is masqueraded that Docker would not
      Given host runs:
        """
        iptables -I DOCKER-USER -j ACCEPT
        """
      When web pings till
      Then it is masqueraded on host as 172.18.0.1
      And it is answered
