Feature: Two Calico networks do not reach each other
  To Docker, net1 and net2 are two networks. To Calico there is one flat network, and a network of Docker is no
  more than a profile: a name, an ip set of its members' addresses, and the rule that members may come in.
  All containers are routed to each other; only the receiver's profile keeps strangers out.

  Background:
    Given the topology "calico-docker"
    And web1 on master and web2 on master and web3 on slave1
    And web8 in net2 on master and web9 in net2 on slave1

  Rule: A container is reached from its own network only

    Scenario: Who reaches whom
      Then the reachability is:
        |      | web1 | web2 | web3 | web8 | web9 |
        | web1 | ok   | ok   | ok   | -    | -    |
        | web2 | ok   | ok   | ok   | -    | -    |
        | web3 | ok   | ok   | ok   | -    | -    |
        | web8 | -    | -    | -    | ok   | ok   |
        | web9 | -    | -    | -    | ok   | ok   |

    Scenario: The neighbour of the same network answers
      When web1 pings web2
      Then it is answered

    Scenario: The neighbour of the other network drops it, on the same node
      When web1 pings web8
      Then it is dropped by rule 6 of cali-tw-<web8> on master
      And it is lost

    Scenario: And on another node
      When web1 pings web9
      Then it leaves master by ens33 via slave1
      And it is dropped by rule 6 of cali-tw-<web9> on slave1

    Scenario: The other way round it is no different
      When web9 pings web1
      Then it is dropped by rule 6 of cali-tw-<web1> on master

  Rule: It is the receiver's profile that says no

    Scenario: The sender's profile lets everything out
      When web1 pings web8
      Then it passes cali-fw-<web1>, cali-pro-net1, cali-tw-<web8>, cali-pri-net2 on master
      And it matches rule 5 of cali-fw-<web1>
      And it does not match rule 1 of cali-pri-net2

    Scenario: The sender's acceptance does not help, because the receiver's chain takes back the accept mark
      When web1 pings web8
      Then it carries mark 0x5000000 after cali-fw-<web1> on master
      And it matches rule 3 of cali-tw-<web8>
      And it carries mark 0x4000000 after cali-pri-net2

    Scenario: A member of both sets would be at home in both networks
      Given master runs:
        """
        ipset add cali4-s:axL9sFt29lsE6ei3zCUlA2m 172.20.219.64
        """
      When web1 pings web8
      Then it is answered

    Scenario: What was let in may be answered, even to a stranger
      web8 cannot begin a conversation with web1. It may reply to one.

      Given master runs:
        """
        ipset add cali4-s:axL9sFt29lsE6ei3zCUlA2m 172.20.219.64
        """
      When web1 connects to web8 on port 80
      Then it is answered
      When web8 connects to web1 on port 80
      Then it is dropped by rule 6 of cali-tw-<web1> on master
