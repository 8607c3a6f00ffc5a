Feature: A network namespace is a host of its own
  The first commands of an article on routed namespaces, as typed there. A network namespace has interfaces, addresses, routes and
  rules of its own. A new one has nothing but a lo, and that is down.

  The article expects `ip netns list` to print `demo01(id:xxx)`. The id is given when another namespace first refers to this one, by a
  cable for instance; a new one has none.

  Background:
    Given the topology "routed-namespaces"

  Rule: ip netns add makes it

    Scenario: It is listed
      When node03 runs:
        """
        ip netns add demo01 #创建demo01
        ip netns list #查看结果，返回中包含`demo01(id:xxx)`，说明创建成功
        """
      Then it prints:
        """
        demo01
        """

    Scenario: A name is given once
      Given node03 runs:
        """
        ip netns add demo01
        """
      When node03 runs:
        """
        ip netns add demo01
        """
      Then it prints nothing
      And it fails with "File exists"

    Scenario: Without it there is no such place
      When node03 runs:
        """
        ip netns exec demo01 ip addr
        """
      Then it prints nothing
      And it fails with "demo01"

  Rule: It has a lo that is down, and nothing of the host

    Background:
      Given node03 runs:
        """
        ip netns add demo01 #创建demo01
        """

    Scenario: Its interfaces
      When node03 runs:
        """
        ip netns exec demo01 ip addr #ip netns exec demo01 <需要执行的命令>可以实现对demo01的相关操作，也可以通过`ip netns exec demo01 /bin/bash`进入到demo01的虚拟网络环境中之后，再直接通过执行命令的方式操作。操作完成需要退出至主机网络空间，需执行exit
        """
      Then it prints:
        """
        1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN group default qlen 1000
            link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
        """

    Scenario: The interfaces of the host
      When node03 runs:
        """
        ip addr
        """
      Then it prints:
        """
        1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
        ...
        2: enp2s0...
        ...
            inet 100.100.198.250/24 scope global enp2s0
        ...
        """

    Scenario: Its routes are none
      When node03 runs:
        """
        ip netns exec demo01 ip route
        """
      Then it prints nothing

    Scenario: Its rules are not those of the host
      Given node03 runs:
        """
        iptables -P FORWARD DROP
        """
      When node03 runs:
        """
        ip netns exec demo01 iptables -S
        """
      Then it prints:
        """
        -P INPUT ACCEPT
        -P FORWARD ACCEPT
        -P OUTPUT ACCEPT
        """

  Rule: It reaches itself when lo is up

    Background:
      Given node03 runs:
        """
        ip netns add demo01 #创建demo01
        """

    Scenario: While lo is down, 127.0.0.1 is nowhere
      When node03 runs:
        """
        ip netns exec demo01 ping -c1 127.0.0.1
        """
      Then it prints nothing
      And it fails with "connect: Network is unreachable"

    Scenario: With lo up it is there
      When node03 runs:
        """
        ip netns exec demo01 ip link set lo up #开启lo网卡，lo网卡自动绑定127.0.0.1
        #通过第一条命令可以看到该namespace下只有一块lo网卡，且该网卡是关闭状态（可以在host主机网络空间直接执行`ip addr`观察两者区别）
        ip netns exec demo01 ping -c1 127.0.0.1
        """
      Then it prints:
        """
        PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.
        64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=... ms
        
        --- 127.0.0.1 ping statistics ---
        1 packets transmitted, 1 received, 0% packet loss, time 0ms
        rtt min/avg/max/mdev = ... ms
        """

    Scenario: It is an endpoint like any other
      Given node03 runs:
        """
        ip netns exec demo01 ip link set lo up
        """
      When demo01 pings 127.0.0.1
      Then it is answered

    Scenario: It reaches nobody else
      Given node03 runs:
        """
        ip netns exec demo01 ip link set lo up
        """
      When demo01 pings node03
      Then it is unreachable: "Network is unreachable"
