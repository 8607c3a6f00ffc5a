Feature: Rule 1 of DOCKER-ISOLATION-STAGE-2, replaced
  The two isolation chains keep Docker's bridges apart: STAGE-1 sends what comes out of docker0 for elsewhere to STAGE-2, and that drops it
  if it goes to another bridge. Its rule 1 speaks of `-o docker0`, which here can never be true: the chain is entered for `! -o docker0`.

  The note replaces that rule: `-R DOCKER-ISOLATION-STAGE-2 1 -j ACCEPT`. `-R` replaces the whole rule, its condition included, so that
  the new one is for every packet that comes there. With ACCEPT nothing is won, since those packets were accepted
  anyway. With DROP or REJECT the *replies* of s-web1 are stopped: they come out of docker0 and go elsewhere.

  Background: the note's other commands are done
    Given the topology "two-hosts-routed"
    And a-master runs:
      """
      iptables -t nat -F POSTROUTING
      """
    And a-slave1 runs:
      """
      iptables -P FORWARD ACCEPT
      """

  Rule: As Docker makes it, rule 1 stops nothing here

    Scenario: The chain
      When a-slave1 runs:
        """
        iptables -t filter --line-number -nL  DOCKER-ISOLATION-STAGE-2
        """
      Then it prints:
        """
        Chain DOCKER-ISOLATION-STAGE-2 (1 references)
        num  target     prot opt source               destination
        1    DROP       0    --  0.0.0.0/0            0.0.0.0/0
        2    RETURN     0    --  0.0.0.0/0            0.0.0.0/0
        """

    Scenario: It is about docker0, which that listing does not show
      When a-slave1 runs:
        """
        iptables -S DOCKER-ISOLATION-STAGE-2 1
        """
      Then it prints:
        """
        -A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
        """

    Scenario: The request does not come there: it does not come out of docker0
      When m-web1 pings s-web1
      Then it passes DOCKER-ISOLATION-STAGE-1 on a-slave1
      And it does not pass DOCKER-ISOLATION-STAGE-2 on a-slave1
      And it is answered

    Scenario: The reply comes there, and goes on
      When m-web1 pings s-web1
      Then the reply passes DOCKER-ISOLATION-STAGE-1, DOCKER-ISOLATION-STAGE-2 on a-slave1
      And the reply does not match rule 1 of DOCKER-ISOLATION-STAGE-2 on a-slave1
      And the reply matches rule 2 of DOCKER-ISOLATION-STAGE-2 on a-slave1

  Rule: -R replaces the condition, too

    Scenario Outline: With <target>
      When a-slave1 runs:
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j <target>
        iptables -S DOCKER-ISOLATION-STAGE-2
        """
      Then it prints:
        """
        -N DOCKER-ISOLATION-STAGE-2
        -A DOCKER-ISOLATION-STAGE-2 -j <printed>
        -A DOCKER-ISOLATION-STAGE-2 -j RETURN
        """

      Examples:
        | target | printed                                    |
        | ACCEPT | ACCEPT                                     |
        | DROP   | DROP                                       |
        | REJECT | REJECT --reject-with icmp-port-unreachable |

    Scenario: A rule that is not there is not replaced
      The numbers hold on a freshly started Docker, the note says, and so they do.

      When a-slave1 runs:
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 3 -j ACCEPT
        """
      Then it fails with "Index of replacement too big."

    Scenario: Nor one of a chain that is not there
      When a-slave1 runs:
        """
        iptables -t filter -R DOCKER-ISOLATION 1 -j ACCEPT
        """
      Then it fails with "No chain/target/match by that name."

  Rule: With ACCEPT it is answered, as it was

    Background:
      Given a-slave1 runs:
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j ACCEPT
        """

    Scenario: The reply is accepted two rules earlier
      When m-web1 pings s-web1
      Then the reply matches rule 1 of DOCKER-ISOLATION-STAGE-2 on a-slave1
      And it is answered

    Scenario: It does not open a-slave1 in place of the policy
      Given a-slave1 runs:
        """
        iptables -P FORWARD DROP
        """
      When m-web1 pings s-web1
      Then it is dropped by the FORWARD policy on a-slave1

  Rule: With DROP the reply is dropped

    Background:
      Given a-slave1 runs:
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j DROP
        """

    Scenario: The request is delivered, the reply comes as far as docker0
      When m-web1 pings s-web1
      Then it is delivered to s-web1
      And the reply is dropped by rule 1 of DOCKER-ISOLATION-STAGE-2 on a-slave1
      And it is lost

    Scenario: s-web1 reaches nobody outside any more
      When s-web1 pings internet
      Then it is dropped by rule 1 of DOCKER-ISOLATION-STAGE-2 on a-slave1

    Scenario: It reaches its own host: that is not forwarded
      When s-web1 pings a-slave1
      Then it is answered

    Scenario: With its condition the same DROP does no harm
      Given a-slave1 runs:
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -o docker0 -j DROP
        """
      When m-web1 pings s-web1
      Then it is answered

  Rule: With REJECT the reply is rejected

    Background:
      Given a-slave1 runs:
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j REJECT
        """

    Scenario: The request is delivered, the reply is refused
      When m-web1 pings s-web1
      Then it is delivered to s-web1
      And the reply is rejected with icmp-port-unreachable on a-slave1
      And it is lost

    Scenario: Without a rule 1 it is answered
      Given a-slave1 runs:
        """
        iptables -t filter -D DOCKER-ISOLATION-STAGE-2 1
        """
      When m-web1 pings s-web1
      Then it is answered
