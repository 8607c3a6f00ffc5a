Feature: REJECT says no, DROP says nothing
  Both throw the packet away. REJECT tells the sender, by an ICMP error or, for TCP, a reset; which words the sender reads
  depends on `--reject-with`. DROP leaves the sender waiting.

  Background: ann and bob are on two wires, and a router joins them
    Given the topology "one-router"

  Rule: DROP is silent

    Scenario: A ping waits in vain
      Given router runs:
        """
        iptables -A FORWARD -p icmp -j DROP
        """
      When ann pings bob
      Then it is dropped by rule 1 of FORWARD on router
      And it is lost

    Scenario: A connection, too
      Given router runs:
        """
        iptables -A FORWARD -p tcp -j DROP
        """
      When ann connects to bob on port 80
      Then it is dropped by rule 1 of FORWARD on router
      And it is lost

  Rule: REJECT tells the sender, in the words of --reject-with

    Scenario: Without --reject-with it is port unreachable
      Given router runs:
        """
        iptables -A FORWARD -p icmp -j REJECT
        """
      When ann pings bob
      Then it is rejected with icmp-port-unreachable
      And it is unreachable: "Destination Port Unreachable"
      And ann sees the error from router

    Scenario Outline: A ping rejected with <with> reads "<told>"
      Given router runs:
        """
        iptables -A FORWARD -p icmp -j REJECT --reject-with <with>
        """
      When ann pings bob
      Then it is rejected with <with> on router
      And it is unreachable: "<told>"

      Examples:
        | with                   | told                             |
        | icmp-net-unreachable   | Destination Net Unreachable      |
        | icmp-host-unreachable  | Destination Host Unreachable     |
        | icmp-proto-unreachable | Destination Protocol Unreachable |
        | icmp-port-unreachable  | Destination Port Unreachable     |
        | icmp-net-prohibited    | Destination Net Prohibited       |
        | icmp-host-prohibited   | Destination Host Prohibited      |
        | icmp-admin-prohibited  | Packet filtered                  |

    Scenario: A connection can be reset
      Given router runs:
        """
        iptables -A FORWARD -p tcp -j REJECT --reject-with tcp-reset
        """
      When ann connects to bob on port 80
      Then it is rejected with tcp-reset on router
      And it is not answered

    Scenario: Another port is not rejected
      Given router runs:
        """
        iptables -A FORWARD -p tcp -m tcp --dport 81 -j REJECT --reject-with tcp-reset
        """
      When ann connects to bob on port 80
      Then it is answered
      And it is not rejected

  Rule: The answer of REJECT is a packet of the router's own

    Scenario: It passes the router's OUTPUT, and can be dropped there
      Given router runs:
        """
        iptables -A FORWARD -p icmp -j REJECT
        iptables -A OUTPUT -p icmp -j DROP
        """
      When ann pings bob
      Then it is rejected with icmp-port-unreachable on router
      And the error is dropped by rule 1 of OUTPUT on router
      And it is lost

    Scenario: It is RELATED to the packet that it is about
      Given router runs:
        """
        iptables -A FORWARD -p icmp -j REJECT
        iptables -P OUTPUT DROP
        iptables -A OUTPUT -m conntrack --ctstate RELATED -j ACCEPT
        """
      When ann pings bob
      Then the error matches rule 1 of OUTPUT on router
      And it is unreachable: "Destination Port Unreachable"

  Rule: REJECT belongs to the filter table

    Scenario: Elsewhere it is refused
      When router runs:
        """
        ! iptables -t nat -A PREROUTING -j REJECT
        """
      Then the nat table on router is:
        """
        -P PREROUTING ACCEPT
        -P INPUT ACCEPT
        -P OUTPUT ACCEPT
        -P POSTROUTING ACCEPT
        """
