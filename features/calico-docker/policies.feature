Feature: The policy decides what no rule decided
  Built-in chains have a policy, ACCEPT or DROP. It is not a rule, but what happens at the end of the chain. Chains that somebody
  made have none: at their end the packet goes back to the caller.

  Docker sets the policy of FORWARD to DROP, because a host that forwards for its containers should not become a router for
  everybody else. Calico's containers do not notice: cali-FORWARD accepts or drops all that concerns them.

  Background:
    Given the topology "calico-docker"
    And web1 on master and web2 on master

  Rule: A packet that no rule decides gets the policy of the built-in chain

    Scenario: Docker's policy keeps the node from being a router for strangers
      Given client runs:
        """
        ip route add 8.8.8.8 via 172.16.91.225
        """
      When client pings internet
      Then it passes FORWARD, cali-FORWARD, DOCKER-USER, DOCKER-ISOLATION-STAGE-1 on master
      And it is dropped by the FORWARD policy on master

    Scenario: With the policy ACCEPT it is one
      Given client runs:
        """
        ip route add 8.8.8.8 via 172.16.91.225
        """
      And master runs:
        """
        iptables -P FORWARD ACCEPT
        """
      When client pings internet
      Then it is answered
      And it leaves master by ens33 via gateway

    Scenario: INPUT has the policy ACCEPT, so that everybody may talk to the node
      When client pings master
      Then it is answered

    Scenario: With the policy DROP nobody may
      Given master runs:
        """
        iptables -P INPUT DROP
        """
      When client pings master
      Then it is dropped by the INPUT policy on master

    Scenario: And the node does not hear the replies to its own pings
      Given master runs:
        """
        iptables -P INPUT DROP
        """
      When master pings client
      Then it is delivered to client
      And the reply is dropped by the INPUT policy on master
      And it is lost

    Scenario: With OUTPUT DROP nothing leaves, and the sender is not told
      Given master runs:
        """
        iptables -P OUTPUT DROP
        """
      When master pings client
      Then it is dropped by the OUTPUT policy on master
      And it is lost

  Rule: A rule that decides makes the policy irrelevant

    Scenario: Containers are accepted by cali-FORWARD, whatever the policy
      When web1 pings web2
      Then it is not dropped by the FORWARD policy
      And it is answered

    Scenario: Containers are accepted by cali-wl-to-host, even if INPUT drops the rest
      Given master runs:
        """
        iptables -P INPUT DROP
        """
      When web1 pings master
      Then it matches rule 2 of cali-wl-to-host on master
      And it is answered

    Scenario: On the way out to a container cali-OUTPUT only returns, so that the policy counts
      Given master runs:
        """
        iptables -P OUTPUT DROP
        """
      When web1 pings master
      Then it is delivered to master
      And the reply is dropped by the OUTPUT policy on master
