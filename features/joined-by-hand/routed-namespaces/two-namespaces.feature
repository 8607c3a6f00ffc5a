Feature: The host is a router between its namespaces, if its FORWARD chain lets it
  A second namespace is made like the first. The host reaches both, both reach the host, but they do not reach each other: their packets
  would have to pass the host's FORWARD chain, and its policy is DROP. Docker sets it when it switches forwarding on; the article's
  host has it, without a word on where from. The kernel's own default is ACCEPT, and no forwarding at all.

  The article adds four rules. Any packet between demo01 and demo02 comes in by one of the two cables and leaves by the other, so that the
  first two are enough already, and so are the last two.

  Background:
    Given the topology "joined-namespaces"

  Rule: The host and its namespaces reach each other, the namespaces do not

    Scenario: Who reaches whom
      Then the reachability is:
        |        | node03 | demo01 | demo02 |
        | node03 | ok     | ok     | ok     |
        | demo01 | ok     | ok     | -      |
        | demo02 | ok     | -      | ok     |

    Scenario: What ping prints between them
      When node03 runs:
        """
        ip netns exec demo01 ping -c1 -W1 10.0.2.2
        """
      Then it fails with "1 packets transmitted, 0 received, 100% packet loss"

    Scenario: The packet gets as far as the host, which has a route for it
      When demo01 pings demo02
      Then it leaves demo01 by vethdemo01 via node03
      And it passes FORWARD on node03
      And it does not leave node03

  Rule: It is the FORWARD policy that drops it

    Scenario Outline: From <sender> to <receiver>
      When <sender> pings <receiver>
      Then it is dropped by the FORWARD policy on node03
      And it is lost

      Examples:
        | sender | receiver |
        | demo01 | demo02   |
        | demo02 | demo01   |

    Scenario: The policy counts what it drops
      When demo01 pings demo02
      And node03 runs:
        """
        iptables -t filter --line-numbers -nvL FORWARD  #filter类型的规则policy默认为DROP
        # 可以看到该类规则已经DROP了很多个packets，如果一直测试ping，能看到被DROP的包会一直增长
        """
      Then it prints:
        """
        Chain FORWARD (policy DROP 1 packets, 84 bytes)
        num   pkts bytes target     prot opt in     out     source               destination
        """

    Scenario: It counts on while one pings
      When node03 runs:
        """
        ip netns exec demo01 ping -c 3 -i 0.2 -W 1 10.0.2.2 > /dev/null
        iptables -t filter --line-numbers -nvL FORWARD | head -1
        """
      Then it prints:
        """
        Chain FORWARD (policy DROP 3 packets, 252 bytes)
        """

    Scenario: The host's own pings are no business of FORWARD, and are not counted
      When node03 pings demo02
      And node03 runs:
        """
        iptables -t filter --line-numbers -nvL FORWARD | head -1
        """
      Then it prints:
        """
        Chain FORWARD (policy DROP 0 packets, 0 bytes)
        """

    Scenario: With the policy ACCEPT they reach each other
      Given node03 runs:
        """
        iptables -P FORWARD ACCEPT
        """
      When demo01 pings demo02
      Then it is answered

    Scenario: A host that does not forward drops it before any rule is asked
      Given net.ipv4.ip_forward is 0 on node03
      And node03 runs:
        """
        iptables -P FORWARD ACCEPT
        """
      When demo01 pings demo02
      Then it is dropped because of forwarding-disabled on node03
      And it does not pass FORWARD

  Rule: The four rules of the article let both directions through

    Background:
      Given node03 runs:
        """
        iptables -t filter -A FORWARD -o vethhost01 -j ACCEPT #添加命令 `iptables -t <表> -A <链> -o <网卡> -j ACCEPT`  命令解读：在FORWARD链添加一条类型为filter的规则，规则内容是--目的地址在路由表上的下一跳是vethhost01的报文，都放行
        iptables -t filter -A FORWARD -i vethhost01 -j ACCEPT #添加命令 `iptables -t <表> -A <链> -i <网卡> -j ACCEPT`  命令解读：在FORWARD链添加一条类型为filter的规则，规则内容是--只要是从vethhost01传来的报文，都放行
        iptables -t filter -A FORWARD -i vethhost02 -j ACCEPT #同上
        iptables -t filter -A FORWARD -o vethhost02 -j ACCEPT
        """

    Scenario: They are there
      Then the filter table on node03 is:
        """
        -P INPUT ACCEPT
        -P FORWARD DROP
        -P OUTPUT ACCEPT
        -A FORWARD -o vethhost01 -j ACCEPT
        -A FORWARD -i vethhost01 -j ACCEPT
        -A FORWARD -i vethhost02 -j ACCEPT
        -A FORWARD -o vethhost02 -j ACCEPT
        """

    Scenario: Everybody reaches everybody
      Then the reachability is:
        |        | node03 | demo01 | demo02 |
        | node03 | ok     | ok     | ok     |
        | demo01 | ok     | ok     | ok     |
        | demo02 | ok     | ok     | ok     |

    Scenario: demo01's request goes by rule 2, the reply by rule 1
      When demo01 pings demo02
      Then it matches rule 2 of FORWARD on node03
      And it does not match rule 3 of FORWARD
      And the reply matches rule 1 of FORWARD on node03

    Scenario: demo02's request goes by rule 1, the reply by rule 2
      When demo02 pings demo01
      Then it matches rule 1 of FORWARD on node03
      And the reply matches rule 2 of FORWARD on node03
      And the reply does not match rule 4 of FORWARD

    Scenario: Rules 3 and 4 never see a packet
      When demo01 pings demo02
      And demo02 pings demo01
      And node03 runs:
        """
        iptables -t filter --line-numbers -nvL FORWARD
        """
      Then it prints:
        """
        Chain FORWARD (policy DROP 0 packets, 0 bytes)
        num   pkts bytes target     prot opt in     out     source               destination
        1        2   168 ACCEPT     0    --  *      vethhost01  0.0.0.0/0            0.0.0.0/0
        2        2   168 ACCEPT     0    --  vethhost01 *       0.0.0.0/0            0.0.0.0/0
        3        0     0 ACCEPT     0    --  vethhost02 *       0.0.0.0/0            0.0.0.0/0
        4        0     0 ACCEPT     0    --  *      vethhost02  0.0.0.0/0            0.0.0.0/0
        """

  Rule: Two rules are enough, if together they speak of both directions

    Scenario Outline: <one> and <other>
      Given node03 runs:
        """
        iptables -t filter -A FORWARD <one> -j ACCEPT
        iptables -t filter -A FORWARD <other> -j ACCEPT
        """
      Then the reachability is:
        |        | demo01 | demo02 |
        | demo01 |        | ok     |
        | demo02 | ok     |        |

      Examples:
        | one           | other         |
        | -o vethhost01 | -i vethhost01 |
        | -i vethhost02 | -o vethhost02 |
        | -i vethhost01 | -i vethhost02 |
        | -o vethhost01 | -o vethhost02 |

    Scenario Outline: <one> and <other> speak of the same direction twice
      Given node03 runs:
        """
        iptables -t filter -A FORWARD <one> -j ACCEPT
        iptables -t filter -A FORWARD <other> -j ACCEPT
        """
      Then the reachability is:
        |        | demo01 | demo02 |
        | demo01 |        | -      |
        | demo02 | -      |        |

      Examples:
        | one           | other         |
        | -o vethhost01 | -i vethhost02 |
        | -i vethhost01 | -o vethhost02 |

  Rule: One rule is half a way

    Scenario Outline: With <rule> alone the request passes, and the reply is dropped
      Given node03 runs:
        """
        iptables -t filter -A FORWARD <rule> -j ACCEPT
        """
      When <sender> pings <receiver>
      Then it is delivered to <receiver>
      And the reply is dropped by the FORWARD policy on node03
      And it is lost

      Examples:
        | rule          | sender | receiver |
        | -i vethhost01 | demo01 | demo02   |
        | -o vethhost02 | demo01 | demo02   |
        | -i vethhost02 | demo02 | demo01   |
        | -o vethhost01 | demo02 | demo01   |

    Scenario: The same rule does not even let the request of the other side through
      Given node03 runs:
        """
        iptables -t filter -A FORWARD -i vethhost01 -j ACCEPT
        """
      When demo02 pings demo01
      Then it is dropped by the FORWARD policy on node03

    Scenario: One rule and the memory of connections let one side begin
      Given node03 runs:
        """
        iptables -t filter -A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        iptables -t filter -A FORWARD -i vethhost01 -j ACCEPT
        """
      When demo01 pings demo02
      Then it is answered
      And the reply matches rule 1 of FORWARD on node03
      When demo02 pings demo01
      Then it is dropped by the FORWARD policy on node03
