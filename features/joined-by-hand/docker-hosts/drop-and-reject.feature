Feature: What DROP and REJECT look like from both ends
  DROP throws a packet away, REJECT sends its *sender* an ICMP error about it. The note puts both into DOCKER-ISOLATION-STAGE-2 on a-slave1,
  pings from m-web1, and concludes: with DROP "the network is reachable" and the data is filtered on its way back, with REJECT "the
  network is unreachable", and tcpdump shows `protocol 1 port 34841 unreachable, length 92`.

  What is stopped there is the reply, and the sender of a reply is s-web1. So the error goes to s-web1, and m-web1 sees the same of both:
  nothing. The "unreachable" is seen on a-slave1 only. It is a port unreachable, although a ping has no ports: tcpdump prints
  two octets of the rejected ICMP message as if they were one, its checksum. 92 is the length of the error: 8 octets, and after
  them the 84 of the reply.

  Background: the note's other commands are done
    Given the topology "two-hosts-routed"
    And a-master runs:
      """
      iptables -t nat -F POSTROUTING
      """
    And a-slave1 runs:
      """
      iptables -P FORWARD ACCEPT
      """

  Rule: From m-web1 both look alike

    Scenario Outline: <target> is silence
      Given a-slave1 runs:
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j <target>
        """
      When m-web1 runs:
        """
        ping -c1 -W1 172.17.2.2
        """
      Then it prints:
        """
        PING 172.17.2.2 (172.17.2.2) 56(84) bytes of data.
        
        --- 172.17.2.2 ping statistics ---
        1 packets transmitted, 0 received, 100% packet loss, time 0ms
        """
      And it fails with "100% packet loss"

      Examples:
        | target |
        | DROP   |
        | REJECT |

    Scenario Outline: With <target> the request is delivered all the same
      Given a-slave1 runs:
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j <target>
        """
      When m-web1 pings s-web1
      Then it is delivered to s-web1
      And the reply does not leave a-slave1
      And it is lost

      Examples:
        | target |
        | DROP   |
        | REJECT |

  Rule: At s-web1 they differ

    Scenario: DROP tells s-web1 nothing
      Given a-slave1 runs:
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j DROP
        """
      When m-web1 pings s-web1
      Then the reply is dropped by rule 1 of DOCKER-ISOLATION-STAGE-2 on a-slave1

    Scenario: REJECT tells it that its reply did not get through
      Given a-slave1 runs:
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j REJECT
        """
      When m-web1 pings s-web1
      Then the reply is rejected by rule 1 of DOCKER-ISOLATION-STAGE-2 on a-slave1 with icmp-port-unreachable
      And the error leaves a-slave1 by docker0
      And the error does not leave a-slave1 by ens33

    Scenario: Its kernel gets the error, and there is no program to be told: nobody waits for anything after a reply
      Given a-slave1 runs:
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j REJECT
        """
      When m-web1 pings s-web1
      Then the error is dropped because of no-socket on s-web1

    Scenario: The error comes from docker0's address and is 112 octets long: a header of 20, and the 92 that tcpdump prints
      Given a-slave1 runs:
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j REJECT
        iptables -t mangle -A OUTPUT -o docker0
        """
      When m-web1 pings s-web1
      Then the error is traced in mangle on a-slave1 as:
        """
        mangle:OUTPUT:rule:1 OUT=docker0 SRC=172.17.2.1 DST=s-web1 LEN=112 PROTO=ICMP TYPE=3 CODE=3
        mangle:OUTPUT:policy:2
        mangle:POSTROUTING:policy:1 LEN=112
        """

  Rule: For the sender of a request they differ, too

    Scenario: DROP: s-web1 waits in vain
      Given a-slave1 runs:
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j DROP
        """
      When s-web1 pings m-web1
      Then it is dropped by rule 1 of DOCKER-ISOLATION-STAGE-2 on a-slave1
      And it is lost

    Scenario: REJECT: s-web1 is told at once
      Given a-slave1 runs:
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j REJECT
        """
      When s-web1 pings m-web1
      Then it is rejected with icmp-port-unreachable on a-slave1
      And it is unreachable: "Destination Port Unreachable"

    Scenario: What ping prints of it
      Given a-slave1 runs:
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j REJECT
        """
      When s-web1 runs:
        """
        ping -c1 -W1 172.17.1.2
        """
      Then it prints:
        """
        PING 172.17.1.2 (172.17.1.2) 56(84) bytes of data.
        From 172.17.2.1 icmp_seq=1 Destination Port Unreachable
        
        --- 172.17.1.2 ping statistics ---
        1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms
        """
      And it fails with "Destination Port Unreachable"

  Rule: To tell the pinger, reject its request, not the reply to it

    Scenario: A REJECT for what goes into docker0
      Given a-slave1 runs:
        """
        iptables -I DOCKER-USER -i ens33 -o docker0 -j REJECT
        """
      When m-web1 pings s-web1
      Then it is rejected by rule 1 of DOCKER-USER on a-slave1 with icmp-port-unreachable
      And it is unreachable: "Destination Port Unreachable"

    Scenario: It can say what the note read into it
      Given a-slave1 runs:
        """
        iptables -I DOCKER-USER -i ens33 -o docker0 -j REJECT --reject-with icmp-net-unreachable
        """
      When m-web1 pings s-web1
      Then it is unreachable: "Destination Net Unreachable"

    Scenario: A DROP there is silence
      Given a-slave1 runs:
        """
        iptables -I DOCKER-USER -i ens33 -o docker0 -j DROP
        """
      When m-web1 pings s-web1
      Then it is dropped by rule 1 of DOCKER-USER on a-slave1
      And it is lost
