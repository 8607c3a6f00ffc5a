Feature: Jump, goto and RETURN
  A chain can send a packet to another chain in two ways. After `-j` the packet comes back: when the other chain has
  no more to say, the next rule of the first is asked. After `-g` it does not: when the other chain has no more to say,
  the packet goes on where the first chain was called from. It is the difference between a subroutine call and a tail call.

  RETURN ends a chain early. At the end of a chain that somebody made there is an invisible RETURN. A built-in chain has nobody
  to return to, so that RETURN there means its policy.

  Background: web1 and web2 run on master, web3 on slave1
    Given the topology "calico-docker-web"

  Rule: After -j the packet comes back to the next rule

    Scenario: The caller's next rule is asked
      Given master runs:
        """
        iptables -N first
        iptables -N second
        iptables -A INPUT -p icmp -j first
        iptables -A first -j second
        iptables -A first -p icmp -j DROP
        """
      When slave1 pings master
      Then it passes INPUT, first, second on master
      And it is dropped by rule 2 of first on master

  Rule: After -g the packet comes back to the caller of the caller

    Scenario: The rest of the chain with -g is skipped
      Given master runs:
        """
        iptables -N first
        iptables -N second
        iptables -A INPUT -p icmp -j first
        iptables -A first -g second
        iptables -A first -p icmp -j DROP
        """
      When slave1 pings master
      Then it passes INPUT, first, second on master
      And it does not match rule 2 of first
      And it is answered

    Scenario: Calico's dispatch chains use -g, so that "Unknown interface" is for unknown interfaces only
      When web1 pings slave1
      Then it passes cali-from-wl-dispatch, cali-fw-<web1> on master
      And it does not match rule 3 of cali-from-wl-dispatch
      And it matches rule 3 of cali-FORWARD

    Scenario: With -j the known interface would be dropped as unknown
      Given master runs:
        """
        iptables -R cali-from-wl-dispatch 1 -i cali2bdb33ebbb0 -j cali-fw-cali2bdb33ebbb0
        """
      When web1 pings slave1
      Then it matches rule 5 of cali-fw-<web1> on master
      And it is dropped by rule 3 of cali-from-wl-dispatch on master

    Scenario: cali-INPUT hands what comes from containers over for good
      When web1 pings master
      Then it matches rule 2 of cali-INPUT on master
      And it does not match rule 3 of cali-INPUT

  Rule: RETURN ends a chain and goes back to its caller

    Scenario: The rules below RETURN are not asked
      Given master runs:
        """
        iptables -N first
        iptables -A INPUT -p icmp -j first
        iptables -A first -p icmp -j RETURN
        iptables -A first -p icmp -j DROP
        """
      When slave1 pings master
      Then it does not match rule 2 of first on master
      And it is answered

    Scenario: The caller's next rule is
      Given master runs:
        """
        iptables -N first
        iptables -A INPUT -p icmp -j first
        iptables -A INPUT -p icmp -j DROP
        iptables -A first -p icmp -j RETURN
        """
      When slave1 pings master
      Then it is dropped by rule 3 of INPUT on master

    Scenario: The end of a chain is a RETURN, too
      Given master runs:
        """
        iptables -N first
        iptables -A INPUT -p icmp -j first
        iptables -A INPUT -p icmp -j DROP
        """
      When slave1 pings master
      Then it passes first on master
      And it is dropped by rule 3 of INPUT on master

    Scenario: In a built-in chain RETURN means the policy
      Given master runs:
        """
        iptables -P INPUT DROP
        iptables -A INPUT -p icmp -j RETURN
        iptables -A INPUT -p icmp -j ACCEPT
        """
      When slave1 pings master
      Then it matches rule 2 of INPUT on master
      And it does not match rule 3 of INPUT
      And it is dropped by the INPUT policy on master
