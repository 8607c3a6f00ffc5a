Feature: Rules are asked from top to bottom
  A chain is a list. A packet is shown to one rule after the other until one of them decides. What a rule does when it
  matches is its target, and targets are of three kinds: some do something and let the packet go on to the next rule (LOG, MARK),
  some end this table and leave the packet to the next table (ACCEPT), and some end everything (DROP, REJECT).

  These scenarios add rules to INPUT of master, below Felix's jump, which is rule 1.

  Background:
    Given the topology "calico-docker"

  Rule: The first rule that decides wins

    Scenario: ACCEPT above DROP accepts
      Given master runs:
        """
        iptables -A INPUT -p icmp -j ACCEPT
        iptables -A INPUT -p icmp -j DROP
        """
      When client pings master
      Then it is answered
      And it matches rule 2 of INPUT on master
      And it does not match rule 3 of INPUT

    Scenario: DROP above ACCEPT drops
      Given master runs:
        """
        iptables -A INPUT -p icmp -j DROP
        iptables -A INPUT -p icmp -j ACCEPT
        """
      When client pings master
      Then it is dropped by rule 2 of INPUT on master

    Scenario: A rule that does not match is as good as absent
      Given master runs:
        """
        iptables -A INPUT -p tcp -j DROP
        iptables -A INPUT -p icmp -j ACCEPT
        """
      When client pings master
      Then it is answered
      And it does not match rule 2 of INPUT

    Scenario: A rule put in with -I stands above those that were there
      Given master runs:
        """
        iptables -A INPUT -p icmp -j DROP
        iptables -I INPUT -p icmp -j ACCEPT
        """
      When client pings master
      Then it matches rule 1 of INPUT on master
      And it does not pass cali-INPUT
      And it is answered

  Rule: LOG and MARK act, and the packet goes on to the next rule

    Scenario: What is logged can still be dropped
      Given master runs:
        """
        iptables -A INPUT -p icmp -j LOG --log-prefix "ping: "
        iptables -A INPUT -p icmp -j DROP
        """
      When client pings master
      Then it matches rule 2 of INPUT on master
      And it is dropped by rule 3 of INPUT on master

    Scenario: A mark is seen by the rules below it
      Given master runs:
        """
        iptables -A INPUT -p icmp -j MARK --set-xmark 0x1/0x1
        iptables -A INPUT -m mark --mark 0x1/0x1 -j DROP
        """
      When client pings master
      Then it is dropped by rule 3 of INPUT on master

    Scenario: But not by the rules above it
      Given master runs:
        """
        iptables -A INPUT -m mark --mark 0x1/0x1 -j DROP
        iptables -A INPUT -p icmp -j MARK --set-xmark 0x1/0x1
        """
      When client pings master
      Then it is answered

  Rule: ACCEPT ends a table, DROP ends the packet

    Scenario: Accepted in raw, a packet still meets filter
      Given master runs:
        """
        iptables -t raw -A PREROUTING -p icmp -j ACCEPT
        iptables -A INPUT -p icmp -j DROP
        """
      When client pings master
      Then it matches rule 2 of raw PREROUTING on master
      And it is dropped by rule 2 of filter INPUT on master

    Scenario: Dropped in raw, it meets nothing else
      Given master runs:
        """
        iptables -t raw -A PREROUTING -p icmp -j DROP
        """
      When client pings master
      Then it is dropped by rule 2 of raw PREROUTING on master
      And it does not pass mangle PREROUTING, nat PREROUTING, filter INPUT

    Scenario: The tables of one hook follow each other: raw, mangle, nat
      When client pings master
      Then it passes raw PREROUTING, mangle PREROUTING, nat PREROUTING on master
      And it passes mangle INPUT, filter INPUT, nat INPUT on master
