Feature: The FORWARD policy of a-slave1 alone decides whether a-master's containers come in
  Docker's rules accept what goes out of docker0, and what comes back. For what comes in from outside there is only the policy, and Docker
  has set it to DROP. The note changes it on a-slave1, together with a rule of DOCKER-ISOLATION-STAGE-2. The policy is
  enough: see isolation-stage-2.feature.

  Background: as in the note, a-master translates nothing
    Given the topology "two-hosts-routed"
    And a-master runs:
      """
      iptables -t nat -F POSTROUTING
      """

  Rule: With DROP nothing comes in from outside

    Scenario: The request meets no rule that accepts it
      When m-web1 pings s-web1
      Then it passes FORWARD, DOCKER-USER, DOCKER-ISOLATION-STAGE-1, DOCKER on a-slave1
      And it is dropped by the FORWARD policy on a-slave1

    Scenario: From the host a-master it is the same
      When a-master pings s-web1
      Then it is dropped by the FORWARD policy on a-slave1

    Scenario: a-slave1 itself reaches its container: that is not forwarded
      When a-slave1 pings s-web1
      Then it does not pass FORWARD on a-slave1
      And it is answered

    Scenario: The table, as the note looks at it
      When a-slave1 runs:
        """
        iptables -S FORWARD
        """
      Then it prints:
        """
        -P FORWARD DROP
        -A FORWARD -j DOCKER-USER
        -A FORWARD -j DOCKER-ISOLATION-STAGE-1
        -A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A FORWARD -o docker0 -j DOCKER
        -A FORWARD -i docker0 ! -o docker0 -j ACCEPT
        -A FORWARD -i docker0 -o docker0 -j ACCEPT
        """

  Rule: With ACCEPT it is answered

    Background:
      Given a-slave1 runs:
        """
        iptables -P FORWARD ACCEPT
        """

    Scenario: m-web1 reaches s-web1
      When m-web1 pings s-web1
      Then it does not match rule 3 of FORWARD on a-slave1
      And it leaves a-slave1 by docker0
      And it is answered

    Scenario: The reply is accepted by rule 5 there, and by rule 3 on a-master
      When m-web1 pings s-web1
      Then the reply matches rule 5 of FORWARD on a-slave1
      And the reply matches rule 3 of FORWARD on a-master

    Scenario: On a-master the policy is DROP still, and does not matter
      When m-web1 pings s-web1
      Then it matches rule 5 of FORWARD on a-master
      And it is answered
      And the filter table on a-master has:
        """
        -P FORWARD DROP
        """

    Scenario: The rules are the same as before
      Then the filter table on a-slave1 has:
        """
        -P FORWARD ACCEPT
        -A FORWARD -j DOCKER-USER
        -A FORWARD -j DOCKER-ISOLATION-STAGE-1
        -A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A FORWARD -o docker0 -j DOCKER
        -A FORWARD -i docker0 ! -o docker0 -j ACCEPT
        -A FORWARD -i docker0 -o docker0 -j ACCEPT
        """

    Scenario: It lets in everybody who has a route, not only a-master's containers
      When a-master pings s-web1
      Then it is answered
      And s-web1 sees it from a-master

  Rule: A rule in DOCKER-USER does the same for whom one means

    Background:
      Given a-slave1 runs:
        """
        iptables -I DOCKER-USER -s 172.17.1.0/24 -o docker0 -j ACCEPT
        """

    Scenario: a-master's containers come in
      When m-web1 pings s-web1
      Then it matches rule 1 of DOCKER-USER on a-slave1
      And it is answered

    Scenario: a-master itself does not
      When a-master pings s-web1
      Then it is dropped by the FORWARD policy on a-slave1
