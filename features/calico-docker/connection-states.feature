Feature: The states of a connection
  The kernel remembers every conversation that passes a node, in the table that `conntrack -L` prints. It knows for each packet how it
  belongs to that memory, and rules can ask for it: NEW (the beginning of something), ESTABLISHED (a packet of a conversation that
  was seen in both directions), RELATED (an ICMP error about one), INVALID (a packet that pretends to belong to a
  conversation that is not there), UNTRACKED (nobody wanted to know).

  Pings are conversations, too: a request is NEW, its reply ESTABLISHED.

  Background:
    Given the topology "calico-docker"
    And web1 on master and web2 on master and web3 on slave1

  Rule: Only the first packet of a connection is NEW

    Scenario: A host that accepts NEW echo requests only can be pinged
      Given master runs:
        """
        iptables -P INPUT DROP
        iptables -A INPUT -p icmp -m icmp --icmp-type 8 -m conntrack --ctstate NEW -j ACCEPT
        """
      When client pings master
      Then it matches rule 2 of INPUT on master
      And it is answered

    Scenario: But it cannot ping, because replies to it are not NEW
      Given master runs:
        """
        iptables -P INPUT DROP
        iptables -A INPUT -m conntrack --ctstate NEW -j ACCEPT
        """
      When master pings client
      Then the reply does not match rule 2 of INPUT on master
      And the reply is dropped by the INPUT policy on master

    Scenario: For replies there is ESTABLISHED
      Given master runs:
        """
        iptables -P INPUT DROP
        iptables -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        """
      When master pings client
      Then the reply matches rule 2 of INPUT on master
      And it is answered

    Scenario: And with ESTABLISHED alone nobody can begin a conversation with it
      Given master runs:
        """
        iptables -P INPUT DROP
        iptables -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        """
      When client pings master
      Then it is dropped by the INPUT policy on master

  Rule: ESTABLISHED spares replies all further questions

    Scenario: The request is judged by the profile, the reply by the first rule
      When web1 pings web2
      Then it does not match rule 1 of cali-fw-<web1> on master
      And it matches rule 5 of cali-fw-<web1>
      And the reply matches rule 1 of cali-fw-<web2>

    Scenario: The table remembers both directions
      When web1 pings web2
      Then conntrack on master lists:
        """
        icmp 1 src=web1 dst=web2 type=8 code=0 src=web2 dst=web1 type=0 code=0
        """

    Scenario: What was dropped is not remembered
      An entry is written only when a packet has passed everything.

      Given master runs:
        """
        iptables -A INPUT -p icmp -j DROP
        """
      When client pings master
      Then it is dropped by rule 2 of INPUT on master
      And conntrack on master lists nothing

  Rule: RELATED is an ICMP error about a connection

    Scenario: A closed udp port is told by an ICMP error that passes as RELATED
      When web1 sends udp to web3 on port 53
      Then it is refused
      And the error matches rule 1 of cali-fw-<web3> on slave1
      And the error matches rule 1 of cali-tw-<web1> on master

    Scenario: Who drops RELATED leaves the sender in the dark
      Given slave1 runs:
        """
        iptables -I FORWARD -m conntrack --ctstate RELATED -j DROP
        """
      When web1 sends udp to web3 on port 53
      Then it leaves slave1 by <web3>
      And the error is dropped by rule 1 of FORWARD on slave1
      And it is lost

  Rule: INVALID is dropped by every container's chains

    Scenario: The reply to a request that nobody noted down is INVALID
      NOTRACK makes master look away when the request passes. When the reply comes, it answers nothing that master knows.

      Given master runs:
        """
        iptables -t raw -A PREROUTING -p icmp -m icmp --icmp-type 8 -j NOTRACK
        """
      When web1 pings web2
      Then it is delivered to web2
      And the reply is dropped by rule 2 of cali-fw-<web2> on master
      And it is lost

    Scenario: The same reply to a request that was noted down is ESTABLISHED
      When web1 pings web2
      Then the reply does not match rule 2 of cali-fw-<web2> on master
      And the reply matches rule 1 of cali-fw-<web2>

    Scenario: An untracked request is neither ESTABLISHED nor INVALID, and is judged like any other
      Given master runs:
        """
        iptables -t raw -A PREROUTING -p icmp -m icmp --icmp-type 8 -j NOTRACK
        """
      When web1 pings web2
      Then it does not match rule 1 of cali-fw-<web1> on master
      And it does not match rule 2 of cali-fw-<web1>
      And it matches rule 5 of cali-fw-<web1>

    Scenario: What is not tracked is not offered to the nat table, and so not masqueraded
      Given master runs:
        """
        iptables -t raw -A PREROUTING -p icmp -m icmp --icmp-type 8 -j NOTRACK
        """
      When web1 pings internet
      Then it does not pass nat PREROUTING, nat POSTROUTING
      And internet sees it from web1

  Rule: -m state asks the same question as -m conntrack, and knows fewer answers

    Scenario Outline: <match> matches the first packet
      Given master runs:
        """
        iptables -A INPUT <match> NEW -j DROP
        """
      When client pings master
      Then it is dropped by rule 2 of INPUT on master

      Examples:
        | match                  |
        | -m state --state       |
        | -m conntrack --ctstate |

    Scenario Outline: <match> matches the reply
      Given master runs:
        """
        iptables -A INPUT <match> RELATED,ESTABLISHED -j DROP
        """
      When master pings client
      Then the reply is dropped by rule 2 of INPUT on master

      Examples:
        | match                  |
        | -m state --state       |
        | -m conntrack --ctstate |

    Scenario: Only -m conntrack knows whether a connection is translated
      Given master runs:
        """
        iptables -t nat -A DOCKER -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.20.219.64:80
        iptables -I FORWARD -m conntrack --ctstate DNAT -j ACCEPT
        """
      When client connects to master on port 8080
      Then it is translated to web1 on master
      And it matches rule 1 of FORWARD on master
      And it is answered

    Scenario: iptables refuses -m state with DNAT
      When master runs:
        """
        ! iptables -I FORWARD -m state --state DNAT -j ACCEPT
        """
      Then the filter table on master has:
        """
        -P FORWARD DROP
        -A FORWARD -m comment --comment "cali:wUHhoiAYhphO9Mso" -j cali-FORWARD
        """
