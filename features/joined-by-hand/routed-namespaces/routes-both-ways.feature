Feature: There and back take a route each
  A ping is two packets, and each is routed by whoever sends it. The host needs a route to demo01, demo01 needs one to the host. With
  one of them half a conversation takes place, and what the pinger sees of it depends on which half, and on rp_filter.

  The article has three commands. Its third makes the host demo01's gateway. For a ping between the two it is not
  needed; it is for everything behind the host.

  Background: demo01 has its cable and its address
    Given the topology "routed-namespaces"
    And node03 runs:
      """
      ip netns add demo01
      ip netns exec demo01 ip link set lo up
      ip link add vethhost01 type veth peer name vethdemo01
      ip link set vethdemo01 netns demo01
      ip link set vethhost01 up
      ip netns exec demo01 ip link set vethdemo01 up
      ip netns exec demo01  ip addr add 10.0.1.2/24 dev vethdemo01
      """

  Rule: With the host's route alone, pings arrive and are not answered

    Background:
      Given node03 runs:
        """
        route add -host 10.0.1.2 dev vethhost01  #host主机网络空间添加-->demo01方向的路由  路由命令`route <动作-常用的add或者del> <目标地址类型-常用net或者host> <目标地址，如果是网段必须要加/子网掩码> <下一跳的类型，网卡设备-dev、ip地址-gw> <下一条网卡名称或者ip地址>`  这条路由的规则解读是：当主机收到目的地址是10.0.1.2的数据包，将其转发到本机的vethost1网卡上
        """

    Scenario: The route that the command makes
      Then the routes on node03 are:
        """
        default via 100.100.198.254 dev enp2s0
        10.0.1.2 dev vethhost01 scope link
        100.100.198.0/24 dev enp2s0 proto kernel scope link src 100.100.198.250
        """

    Scenario: demo01 gets the request and has no route for the reply: silence
      When node03 pings demo01
      Then it leaves node03 by vethhost01
      And it is delivered to demo01
      And it is lost

    Scenario: With rp_filter demo01 does not even answer who it is: Destination Host Unreachable
      It asks of every packet, ARP requests included, whether it could send to its source by the same way.

      Given net.ipv4.conf.all.rp_filter is 1 on demo01
      When node03 pings demo01
      Then it is not delivered to demo01
      And it is unreachable: "Destination Host Unreachable"

    Scenario: What ping prints of the silence
      When node03 runs:
        """
        ping -c1 -W1 10.0.1.2
        """
      Then it prints:
        """
        PING 10.0.1.2 (10.0.1.2) 56(84) bytes of data.
        
        --- 10.0.1.2 ping statistics ---
        1 packets transmitted, 0 received, 100% packet loss, time 0ms
        """
      And it fails with "100% packet loss"

    Scenario: demo01 itself still sends nothing
      When demo01 pings node03
      Then it is unreachable: "Network is unreachable"

  Rule: With demo01's route alone, it is the other half

    Background:
      Given node03 runs:
        """
        ip netns exec demo01 route add default dev vethdemo01  #demo01添加默认的路由，这条路由是为了下一条路由能生效
        """

    Scenario: The host gets the request, and sends the reply to its gateway
      When demo01 pings node03
      Then it is delivered to node03
      And the reply leaves node03 by enp2s0 via gateway
      And it is lost

    Scenario: The host's own pings go to the gateway as before
      When node03 pings demo01
      Then it is not delivered to demo01

  Rule: With one route each way they reach each other

    Background:
      Given node03 runs:
        """
        route add -host 10.0.1.2 dev vethhost01
        ip netns exec demo01 route add default dev vethdemo01
        """

    Scenario: demo01 pings the host
      When demo01 pings node03
      Then it is answered
      And node03 sees it from demo01

    Scenario: The host pings demo01
      The host has no address on the cable. It sends with its first one, and demo01 answers that.

      When node03 pings demo01
      Then it is answered
      And demo01 sees it from node03

    Scenario: What ping prints of it
      When node03 runs:
        """
        ip netns exec demo01 ping -c1 100.100.198.250
        """
      Then it prints:
        """
        ...
        1 packets transmitted, 1 received, 0% packet loss, time 0ms
        ...
        """

    Scenario: Everything else demo01 takes for a neighbour at the other end of its cable
      When demo01 pings node02
      Then it is unreachable: "Destination Host Unreachable"
      And it does not leave node03

  Rule: A gateway is for what is behind it

    Background:
      Given node03 runs:
        """
        route add -host 10.0.1.2 dev vethhost01
        ip netns exec demo01 route add default dev vethdemo01
        ip netns exec demo01 route add -net 0.0.0.0 gw 100.100.198.250  #为了演示方便，这条路由是为了将Host主机网络空间模拟成路由器的角色。将默认的下一跳指向100.100.198.250，让其转发请求。  这条路由的规则解读是：当主机收到的数据包的目的地址在其他路由规则中匹配不到时，将默认都转发到100.100.198.250
        """

    Scenario: The newer of two default routes stands in front
      Then the routes on demo01 are:
        """
        default via 100.100.198.250 dev vethdemo01
        default dev vethdemo01 scope link
        10.0.1.0/24 dev vethdemo01 proto kernel scope link src 10.0.1.2
        """

    Scenario: They still reach each other
      Then the reachability is:
        |        | node03 | demo01 |
        | node03 |        | ok     |
        | demo01 | ok     |        |

    Scenario: What is behind the host is sent to the host
      When demo01 pings node02
      Then it leaves demo01 by vethdemo01 via node03

  Rule: A gateway has to be a neighbour

    Scenario: Without the route before it, the third command is refused
      When node03 runs:
        """
        ip netns exec demo01 route add -net 0.0.0.0 gw 100.100.198.250
        """
      Then it prints nothing
      And it fails with "SIOCADDRT: Network is unreachable"

    Scenario: With it, it is accepted
      When node03 runs:
        """
        ip netns exec demo01 route add default dev vethdemo01
        ip netns exec demo01 route add -net 0.0.0.0 gw 100.100.198.250
        """
      Then it prints nothing
