Feature: What the bits of Calico's mark mean
  A packet can carry a number while it is inside one node, the mark. Felix 2.6 uses four bits of it, to remember in one
  chain what another one found out:

  | bit       | meaning                                                                 |
  | --------- | ----------------------------------------------------------------------- |
  | 0x1000000 | accepted by a policy or a profile                                       |
  | 0x2000000 | passed on by a policy, to be judged by profiles                         |
  | 0x4000000 | came in from a workload; free for other uses after raw                  |
  | 0x8000000 | scratch                                                                 |

  The mark is not part of the packet: it does not travel to the next node or to the container, and a reply has none.

  Background:
    Given the topology "calico-docker"
    And web1 on master and web2 on master and web3 on slave1

  Rule: In raw a packet gets the mark of where it comes from

    Scenario: From a workload
      When web1 pings web2
      Then it matches rule 2 of raw cali-PREROUTING on master
      And it carries mark 0x4000000 after raw PREROUTING on master

    Scenario: From anywhere else
      When client pings master
      Then it does not match rule 2 of raw cali-PREROUTING on master
      And it carries mark 0x0 after raw PREROUTING on master

    Scenario: Rule 1 takes away what others may have put into Calico's bits
      Given master runs:
        """
        iptables -t raw -I PREROUTING -j MARK --set-xmark 0x1000000/0x1000000
        """
      When client pings master
      Then it carries mark 0x0 after raw PREROUTING on master

    Scenario: And leaves the other bits alone
      Given master runs:
        """
        iptables -t raw -I PREROUTING -j MARK --set-xmark 0x10/0x10
        """
      When web1 pings web2
      Then it carries mark 0x4000010 after raw PREROUTING on master

  Rule: Acceptance is a bit that one chain sets and another one looks at

    Scenario: The sender's profile sets it, and rule 5 of cali-fw- returns because of it
      When web1 pings web2
      Then it matches rule 1 of cali-pro-net1 on master
      And it carries mark 0x5000000 after cali-pro-net1 on master
      And it matches rule 5 of cali-fw-<web1>

    Scenario: The receiver's chain takes it back before it asks its own profile
      When web1 pings web2
      Then it matches rule 3 of cali-tw-<web2> on master
      And it matches rule 1 of cali-pri-net1
      And it carries mark 0x5000000 after cali-tw-<web2> on master

    Scenario: Where no profile sets it, the last rule drops
      When slave1 pings web1
      Then it does not match rule 1 of cali-pri-net1 on master
      And it does not match rule 5 of cali-tw-<web1>
      And it is dropped by rule 6 of cali-tw-<web1> on master

    Scenario: A packet that is marked as accepted from the start needs no profile
      This is what Felix does for untracked and pre-DNAT policy, which accepts in raw or mangle.

      Given master runs:
        """
        iptables -t mangle -A PREROUTING -p icmp -j MARK --set-xmark 0x1000000/0x1000000
        """
      When client pings master
      Then it matches rule 1 of cali-INPUT on master
      And it is answered

  Rule: A mark lives on one node, in one direction

    Scenario: The next node begins with an empty mark
      When web1 pings web3
      Then it carries mark 0x5000000 after filter FORWARD on master
      And it carries mark 0x0 after raw PREROUTING on slave1
      And it carries mark 0x1000000 after filter FORWARD on slave1

    Scenario: The reply begins with an empty mark, too, and is never marked as accepted
      When web1 pings web2
      Then the reply carries mark 0x4000000 after raw PREROUTING on master
      And the reply carries mark 0x4000000 after filter FORWARD on master

    Scenario: What the node itself answers is not marked
      When web1 pings master
      Then it carries mark 0x5000000 after filter INPUT on master
      And the reply carries mark 0x0 after filter OUTPUT on master

  Rule: A connection can keep a mark for all its packets

    Scenario: CONNMARK saves the mark of the request and gives it to the reply
      Given master runs:
        """
        iptables -t mangle -A FORWARD -i cali+ -m conntrack --ctstate NEW -j MARK --set-xmark 0x7/0xff
        iptables -t mangle -A FORWARD -m conntrack --ctstate NEW -j CONNMARK --save-mark --nfmask 0xff --ctmask 0xff
        iptables -t mangle -I PREROUTING -j CONNMARK --restore-mark --nfmask 0xff --ctmask 0xff
        """
      When web1 pings internet
      Then it carries mark 0x4000007 after mangle FORWARD on master
      And the reply carries mark 0x7 after mangle PREROUTING on master
