Feature: -i and -o, where a packet comes in and goes out
  Where a packet will go out is known only after routing, and where it came in is known only of packets that came in. So
  PREROUTING and INPUT know `-i` only, OUTPUT and POSTROUTING know `-o` only, and FORWARD knows both. iptables refuses
  the rest, so that nobody writes a rule that can never match.

  In FORWARD the pair tells the direction: from a container's interface to the physical one is from inside to outside. But mind the
  replies: those of a conversation from inside come from outside.

  Background:
    Given the topology "calico-docker"
    And web1 on master and web2 on master and web3 on slave1

  Rule: -i says by which interface a packet came in

    Scenario: A rule with -i ens33 is about what comes from the lan
      Given master runs:
        """
        iptables -t raw -A PREROUTING -i ens33 -p icmp -j DROP
        """
      When client pings master
      Then it is dropped by rule 2 of raw PREROUTING on master

    Scenario: And not about what comes from a container
      Given master runs:
        """
        iptables -t raw -A PREROUTING -i ens33 -p icmp -j DROP
        """
      When web1 pings master
      Then it does not match rule 2 of raw PREROUTING on master
      And it is answered

  Rule: -o says by which interface a packet goes out

    Scenario: A rule with -o ens33 is about what goes to the lan
      Given master runs:
        """
        iptables -I OUTPUT -o ens33 -p icmp -j DROP
        """
      When master pings client
      Then it is dropped by rule 1 of filter OUTPUT on master

    Scenario: And not about what goes to a container
      Given master runs:
        """
        iptables -I OUTPUT -o ens33 -p icmp -j DROP
        """
      When master pings web1
      Then it does not match rule 1 of filter OUTPUT on master
      And it is answered

  Rule: In FORWARD -i and -o together tell the direction

    Scenario: From inside to outside
      Given master runs:
        """
        iptables -I FORWARD -i cali+ -o ens33 -j DROP
        """
      When web1 pings internet
      Then it is dropped by rule 1 of FORWARD on master

    Scenario: Not from inside to inside
      Given master runs:
        """
        iptables -I FORWARD -i cali+ -o ens33 -j DROP
        """
      When web1 pings web2
      Then it is answered

    Scenario: From outside to inside are also the replies to what began inside
      Given master runs:
        """
        iptables -I FORWARD -i ens33 -o cali+ -j DROP
        """
      When web1 pings internet
      Then it is delivered to internet
      And the reply is dropped by rule 1 of FORWARD on master

    Scenario: One asks for NEW to mean only what begins outside
      Given master runs:
        """
        iptables -I FORWARD -i ens33 -o cali+ -m conntrack --ctstate NEW -j DROP
        """
      When web1 pings internet
      Then it is answered
      When web3 pings web1
      Then it is dropped by rule 1 of FORWARD on master

    Scenario: The plus in cali+ stands for any rest of the name, so that one rule is about all containers
      When web1 pings web2
      Then it matches rule 1 of cali-FORWARD on master
      And it matches rule 2 of cali-FORWARD

  Rule: iptables refuses -i and -o where they cannot be known

    Scenario Outline: <option> is refused in <chain>
      When master runs:
        """
        ! iptables -t <table> -A <chain> <option> ens33 -j ACCEPT
        """
      Then the <table> table on master has:
        """
        -P <chain> ACCEPT
        """

      Examples:
        | table  | chain       | option |
        | raw    | PREROUTING  | -o     |
        | filter | INPUT       | -o     |
        | filter | OUTPUT      | -i     |
        | nat    | POSTROUTING | -i     |

    Scenario Outline: <option> is welcome in <chain>
      When master runs:
        """
        iptables -t <table> -A <chain> <option> ens33 -j ACCEPT
        """
      Then the <table> table on master has:
        """
        -A <chain> <option> ens33 -j ACCEPT
        """

      Examples:
        | table  | chain       | option |
        | raw    | PREROUTING  | -i     |
        | filter | INPUT       | -i     |
        | filter | FORWARD     | -i     |
        | filter | FORWARD     | -o     |
        | filter | OUTPUT      | -o     |
        | nat    | POSTROUTING | -o     |

    Scenario: A chain of one's own takes both, and -o matches nothing when INPUT calls it
      Given master runs:
        """
        iptables -N mine
        iptables -A mine -o ens33 -j DROP
        iptables -A INPUT -j mine
        """
      When client pings master
      Then it passes mine on master
      And it does not match rule 1 of mine
      And it is answered
