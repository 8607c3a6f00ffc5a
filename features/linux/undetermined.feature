@simulated
Feature: What is not modelled is said, and never guessed
  A real kernel knows more matches and targets than the simulated one. A rule with one of those keeps its place and its
  text; a packet that reaches it is undetermined from there on, and the journey names the rule. These scenarios run on the
  simulated lab alone, since the kernel itself has an answer.

  Background: ann and bob are on two wires, and a router joins them
    Given the topology "one-router"

  Rule: A packet that reaches such a rule is undetermined

    Scenario: The rule is named
      Given the iptables rules on router:
        """
        *filter
        :FORWARD ACCEPT [0:0]
        :LATE - [0:0]
        -A FORWARD -p tcp -j ACCEPT
        -A FORWARD -j LATE
        -A LATE -m time --timestart 08:00 --timestop 18:00 -j DROP
        COMMIT
        """
      When ann pings bob
      Then it is undetermined by rule 1 of LATE on router
      And it passes FORWARD, LATE on router

    Scenario: So it is with a target
      Given the iptables rules on router:
        """
        *filter
        :FORWARD ACCEPT [0:0]
        -A FORWARD -p icmp -j NFQUEUE --queue-num 1
        COMMIT
        """
      When ann pings bob
      Then it is undetermined by rule 1 of FORWARD on router

  Rule: A packet that does not reach it is not

    Scenario: An earlier rule has decided
      Given the iptables rules on router:
        """
        *filter
        :FORWARD ACCEPT [0:0]
        -A FORWARD -p tcp -j ACCEPT
        -A FORWARD -m time --timestart 08:00 --timestop 18:00 -j DROP
        COMMIT
        """
      When ann connects to bob on port 80
      Then it is answered and is not undetermined

    Scenario: Its other conditions keep the packet from it
      Given the iptables rules on router:
        """
        *filter
        :FORWARD ACCEPT [0:0]
        -A FORWARD -p udp -m time --timestart 08:00 --timestop 18:00 -j DROP
        COMMIT
        """
      When ann pings bob
      Then it is answered and is not undetermined
