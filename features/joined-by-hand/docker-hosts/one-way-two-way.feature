Feature: One way, and what makes it two
  After the note's steps m-web1 reaches s-web1, but not the other way round. "For both, the steps are similar." They are: it takes one
  command on a-master, the same `iptables -P FORWARD ACCEPT`.

  Background: all that the note does, and where it does it
    Given the topology "two-hosts-routed"
    And a-master runs:
      """
      iptables -t nat -F POSTROUTING
      """
    And a-slave1 runs:
      """
      iptables -P FORWARD ACCEPT
      iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j ACCEPT
      """

  Rule: After the note's steps it is one way

    Scenario: Who reaches whom
      Then the reachability is:
        |          | a-master | m-web1 | a-slave1 | s-web1 |
        | a-master |          | ok     | ok       | ok     |
        | m-web1   | ok       |        | ok       | ok     |
        | a-slave1 | ok       | -      |          | ok     |
        | s-web1   | ok       | -      | ok       |        |

    Scenario: a-master's own policy drops what s-web1 begins
      When s-web1 pings m-web1
      Then it leaves a-slave1 by ens33 via a-master
      And it is dropped by the FORWARD policy on a-master
      And it is lost

    Scenario: What s-web1 answers is let in, because a-master remembers the question
      When m-web1 pings s-web1
      Then the reply matches rule 3 of FORWARD on a-master
      And it is answered

    Scenario: Without that memory even the answer is dropped
      Given a-master runs:
        """
        iptables -D FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        """
      When m-web1 pings s-web1
      Then it is delivered to s-web1
      And the reply is dropped by the FORWARD policy on a-master
      And it is lost

  Rule: The same policy on a-master makes it two ways

    Background:
      Given a-master runs:
        """
        iptables -P FORWARD ACCEPT
        """

    Scenario: Who reaches whom
      Then the reachability is:
        |          | a-master | m-web1 | a-slave1 | s-web1 |
        | a-master |          | ok     | ok       | ok     |
        | m-web1   | ok       |        | ok       | ok     |
        | a-slave1 | ok       | ok     |          | ok     |
        | s-web1   | ok       | ok     | ok       |        |

    Scenario: a-slave1 still masquerades, so that m-web1 sees the host
      When s-web1 pings m-web1
      Then it is masqueraded on a-slave1 as a-slave1
      And m-web1 sees it from a-slave1
      And it is answered

    Scenario: With POSTROUTING emptied there, too, it sees the container
      Given a-slave1 runs:
        """
        iptables -t nat -F POSTROUTING
        """
      When s-web1 pings m-web1
      Then m-web1 sees it from s-web1
      And it is answered

    Scenario: DOCKER-ISOLATION-STAGE-2 on a-master is as Docker made it
      When s-web1 pings m-web1
      Then the reply does not match rule 1 of DOCKER-ISOLATION-STAGE-2 on a-master
      And it is answered

  Rule: The policies alone would have been enough

    Scenario Outline: With <a-master> on a-master and <a-slave1> on a-slave1
      Given a-slave1 runs:
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -o docker0 -j DROP
        iptables -P FORWARD <a-slave1>
        """
      And a-master runs:
        """
        iptables -P FORWARD <a-master>
        iptables -t nat -A POSTROUTING -s 172.17.1.0/24 ! -o docker0 -j MASQUERADE
        """
      Then the reachability is:
        |        | m-web1 | s-web1  |
        | m-web1 |        | <there> |
        | s-web1 | <back> |         |

      Examples:
        | a-master | a-slave1 | there | back |
        | DROP     | DROP     | -     | -    |
        | DROP     | ACCEPT   | ok    | -    |
        | ACCEPT   | DROP     | -     | ok   |
        | ACCEPT   | ACCEPT   | ok    | ok   |
