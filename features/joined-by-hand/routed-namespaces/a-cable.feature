Feature: A cable joins the namespace to its host
  A veth pair is a cable with an interface at each end. One end is put into demo01, the other stays on the host. Only demo01's end gets an
  address. With that neither reaches the other yet: the article says "no routes", and each side lacks them in its own way.

  Background:
    Given the topology "routed-namespaces"
    And node03 runs:
      """
      ip netns add demo01 #创建demo01
      ip netns exec demo01 ip link set lo up #开启lo网卡，lo网卡自动绑定127.0.0.1
      ip link add vethhost01 type veth peer name vethdemo01  #创建虚拟网卡对  ip link add <网卡名称> type veth peer name <配对的网卡名称>
      """

  Rule: Both ends begin where they were made

    Scenario: The host has two interfaces more
      When node03 runs:
        """
        ip addr  #查看网卡信息，可以看到host主机网络空间下多了两张新建的网卡
        """
      Then it prints:
        """
        ...
        3: vethdemo01@vethhost01: <BROADCAST,MULTICAST,M-DOWN> mtu 1500 qdisc noop state DOWN group default qlen 1000
        ...
        4: vethhost01@vethdemo01: <BROADCAST,MULTICAST,M-DOWN> mtu 1500 qdisc noop state DOWN group default qlen 1000
        ...
        """

    Scenario: An end that is moved is gone from the host
      When node03 runs:
        """
        ip link set vethdemo01 netns demo01  #将虚拟网卡vethdemo01分配到demo01中 ip link set <网卡名称> netns <net-ns名称>
        ip link show vethdemo01
        """
      Then it fails with "does not exist"

    Scenario: It is in the namespace
      When node03 runs:
        """
        ip link set vethdemo01 netns demo01
        ip netns exec demo01 ip -br link show vethdemo01
        """
      Then it prints:
        """
        vethdemo01@if4   DOWN           ...
        """

  Rule: There is a signal when both ends are up

    Background:
      Given node03 runs:
        """
        ip link set vethdemo01 netns demo01
        ip link set vethhost01 up  #开启host主机网络空间端的网卡
        """

    Scenario: With one end up
      When node03 runs:
        """
        ip -br link show vethhost01
        """
      Then it prints:
        """
        vethhost01@... DOWN ... <NO-CARRIER,BROADCAST,MULTICAST,UP>
        """

    Scenario: With both ends up
      When node03 runs:
        """
        ip netns exec demo01 ip link set vethdemo01 up  #开启demo01端的网卡，至此两张网卡已全部开启，并且分别在两个网络命名空间下
        ip -br link show vethhost01
        """
      Then it prints:
        """
        vethhost01@... UP ... <BROADCAST,MULTICAST,UP,LOWER_UP>
        """

  Rule: An address brings the route to its own network, and no other

    Background:
      Given node03 runs:
        """
        ip link set vethdemo01 netns demo01
        ip link set vethhost01 up
        """

    Scenario: On an interface that is up
      When node03 runs:
        """
        ip netns exec demo01 ip link set vethdemo01 up
        ip netns exec demo01  ip addr add 10.0.1.2/24 dev vethdemo01 #将vethdemo01的IP设置为10.0.1.2（地址可以随便设置，只要不与主机网络同一网段即可） 添加IP的命令格式-- `ip addr add <IP地址/子网掩码> dev <网卡>`
        """
      Then the routes on demo01 are:
        """
        10.0.1.0/24 dev vethdemo01 proto kernel scope link src 10.0.1.2
        """

    Scenario: On an interface that is down it brings none
      When node03 runs:
        """
        ip netns exec demo01  ip addr add 10.0.1.2/24 dev vethdemo01
        ip netns exec demo01 ip route
        """
      Then it prints nothing

    Scenario: The host learns nothing of it
      When node03 runs:
        """
        ip netns exec demo01 ip link set vethdemo01 up
        ip netns exec demo01  ip addr add 10.0.1.2/24 dev vethdemo01
        """
      Then the routes on node03 are:
        """
        default via 100.100.198.254 dev enp2s0
        100.100.198.0/24 dev enp2s0 proto kernel scope link src 100.100.198.250
        """

  Rule: With an address and no more routes neither side reaches the other

    Background:
      Given node03 runs:
        """
        ip link set vethdemo01 netns demo01
        ip link set vethhost01 up
        ip netns exec demo01 ip link set vethdemo01 up
        ip netns exec demo01  ip addr add 10.0.1.2/24 dev vethdemo01
        """

    Scenario: demo01 does not know where to send, and sends nothing
      When node03 runs:
        """
        ip netns exec demo01 ping -c1 100.100.198.250
        """
      Then it prints nothing
      And it fails with "connect: Network is unreachable"

    Scenario: The same as a walk
      When demo01 pings node03
      Then it is unreachable: "Network is unreachable"

    Scenario: The host sends it to its default gateway, which is the wrong way
      When node03 pings demo01
      Then it leaves node03 by enp2s0 via gateway
      And it does not leave node03 by vethhost01
      And it is not delivered to demo01

    Scenario: A gateway that knows no such network says so
      When node03 pings demo01
      Then it has no route on gateway
      And it is unreachable: "Destination Net Unreachable"

    Scenario: The article heard nothing: its gateway passed the packet on, or dropped it
      Given gateway runs:
        """
        ip route add blackhole 10.0.0.0/8
        """
      When node03 pings demo01
      Then it leaves node03 by enp2s0 via gateway
      And it is lost

    Scenario: The namespace reaches its own address
      When demo01 pings demo01
      Then it is answered
