Feature: Looking up, replacing and deleting rules by number
  What the note adds about iptables. Without -t it is the filter table. A chain that is built in has a policy. Rules are numbered from 1, and
  by its number a rule is replaced or deleted.

  Background:
    Given the topology "two-hosts-routed"

  Rule: Without -t it is the filter table

    Scenario: A chain of filter is found
      When a-slave1 runs:
        """
        iptables -S DOCKER-USER
        """
      Then it prints:
        """
        -N DOCKER-USER
        -A DOCKER-USER -j RETURN
        """

    Scenario: A chain of nat is not
      When a-slave1 runs:
        """
        iptables -S POSTROUTING
        """
      Then it prints nothing
      And it fails with "No chain/target/match by that name."

    Scenario: With -t nat it is
      When a-slave1 runs:
        """
        iptables -t nat -S POSTROUTING
        """
      Then it prints:
        """
        -P POSTROUTING ACCEPT
        -A POSTROUTING -s 172.17.2.0/24 ! -o docker0 -j MASQUERADE
        """

  Rule: -P sets the policy of a built-in chain

    Scenario: It shows at once
      When a-slave1 runs:
        """
        iptables -P FORWARD ACCEPT
        iptables -S FORWARD | head -1
        """
      Then it prints:
        """
        -P FORWARD ACCEPT
        """

    Scenario: A chain of one's own has none
      When a-slave1 runs:
        """
        iptables -P DOCKER-USER ACCEPT
        """
      Then it fails with "Bad built-in chain name."

    Scenario: A policy is ACCEPT or DROP
      When a-slave1 runs:
        """
        iptables -P FORWARD REJECT
        """
      Then it fails with "Bad policy name."

  Rule: -R puts another rule in the place of one

    Scenario: Before
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

    Scenario: After
      When a-slave1 runs:
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j ACCEPT
        iptables -t filter --line-number -nL  DOCKER-ISOLATION-STAGE-2
        """
      Then it prints:
        """
        Chain DOCKER-ISOLATION-STAGE-2 (1 references)
        num  target     prot opt source               destination
        1    ACCEPT     0    --  0.0.0.0/0            0.0.0.0/0
        2    RETURN     0    --  0.0.0.0/0            0.0.0.0/0
        """

    Scenario: DROP by DROP looks the same in this listing, and is not: the condition is gone
      When a-slave1 runs:
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j DROP
        iptables -S DOCKER-ISOLATION-STAGE-2 1
        """
      Then it prints:
        """
        -A DOCKER-ISOLATION-STAGE-2 -j DROP
        """

  Rule: -D removes one, and those after it move up

    Scenario: Rule 1 is gone, rule 2 is rule 1
      When a-slave1 runs:
        """
        iptables -t filter -D DOCKER-ISOLATION-STAGE-2 1
        iptables -t filter --line-number -nL  DOCKER-ISOLATION-STAGE-2
        """
      Then it prints:
        """
        Chain DOCKER-ISOLATION-STAGE-2 (1 references)
        num  target     prot opt source               destination
        1    RETURN     0    --  0.0.0.0/0            0.0.0.0/0
        """

    Scenario: A number that is not there is refused
      When a-slave1 runs:
        """
        iptables -t filter -D DOCKER-ISOLATION-STAGE-2 3
        """
      Then it fails with "Index of deletion too big."
