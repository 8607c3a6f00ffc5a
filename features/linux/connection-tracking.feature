Feature: What the kernel remembers of a connection
  The kernel notes a connection when its first packet has passed all hooks: after POSTROUTING, or after INPUT. It forgets an echo
  thirty seconds after its last packet. A host without any rule that needs the memory keeps none.

  Background: ann and bob are on two wires, and a router joins them
    Given the topology "one-router"

  Rule: A connection is noted when its first packet has passed

    Scenario: An answered ping
      Given router runs:
        """
        iptables -A FORWARD -m conntrack --ctstate NEW -j ACCEPT
        """
      When ann pings bob
      Then conntrack on router lists:
        """
        icmp 1 src=ann dst=bob type=8 code=0 src=bob dst=ann type=0 code=0
        """

    Scenario: A ping that nobody answered is noted as such
      Given router runs:
        """
        iptables -A FORWARD -m conntrack --ctstate NEW -j ACCEPT
        """
      And bob runs:
        """
        iptables -A INPUT -j DROP
        """
      When ann pings bob
      Then conntrack on router lists:
        """
        icmp 1 src=ann dst=bob type=8 [UNREPLIED] src=bob dst=ann type=0
        """

    Scenario: A ping that was dropped on the way is not noted
      Given router runs:
        """
        iptables -A FORWARD -m conntrack --ctstate NEW -j DROP
        """
      When ann pings bob
      Then conntrack on router lists nothing

    Scenario: An echo is forgotten after thirty seconds
      Given router runs:
        """
        iptables -A FORWARD -m conntrack --ctstate NEW -j ACCEPT
        """
      When ann pings bob
      And 31 seconds pass
      Then conntrack on router lists nothing

  Rule: Without a rule that needs it, nothing is noted

    Scenario: Rules that look at the packet alone do not need it
      Given router runs:
        """
        iptables -A FORWARD -p icmp -j ACCEPT
        """
      When ann pings bob
      Then it matches rule 1 of FORWARD on router
      And conntrack on router lists nothing

    Scenario: And then the nat table is not asked either, even if it has rules
      Given router runs:
        """
        iptables -t nat -A POSTROUTING -j ACCEPT
        """
      When ann pings bob
      Then it does not pass nat POSTROUTING

    Scenario: One rule that translates switches it on for all
      Given router runs:
        """
        iptables -t nat -A POSTROUTING -s 10.99.0.0/16 -j MASQUERADE
        """
      When ann pings bob
      Then it passes nat PREROUTING, nat POSTROUTING on router
      And conntrack on router lists:
        """
        icmp 1 src=ann dst=bob type=8 code=0 src=bob dst=ann type=0 code=0
        """
