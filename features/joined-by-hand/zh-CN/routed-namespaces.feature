# language: zh-CN
功能: 基于路由模式，动手实现多个可以跨主机通信的 Network Namespace
  环境与文章相同：node03（100.100.198.250）与 node02（100.100.198.253）在同一网段。demo01、demo02 是 node03 上手工创建的网络命名空间。

  文章没有说明的两点：node03 上 ip_forward 是 1，FORWARD 的默认策略是 DROP（docker 启动后就是这样）。文章里四条放行规则，两条就够。

  规则: 新的网络命名空间只有一块关闭的 lo 网卡

    背景:
      假如拓扑 "routed-namespaces"
      而且node03 执行：
        """
        ip netns add demo01 #创建demo01
        """

    场景: 查看结果
      当node03 执行：
        """
        ip netns list #查看结果，返回中包含`demo01(id:xxx)`，说明创建成功
        """
      那么输出是：
        """
        demo01
        """

    场景: 查看网卡
      当node03 执行：
        """
        ip netns exec demo01 ip addr
        """
      那么输出是：
        """
        1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN group default qlen 1000
            link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
        """

    场景: lo 关闭时连 127.0.0.1 也不通
      当demo01 ping 127.0.0.1
      那么它不可达："Network is unreachable"

    场景: 开启 lo 之后就通
      假如node03 执行：
        """
        ip netns exec demo01 ip link set lo up #开启lo网卡，lo网卡自动绑定127.0.0.1
        """
      当demo01 ping 127.0.0.1
      那么它得到应答

  规则: 只有网卡和地址，没有路由，两边都不通

    背景:
      假如拓扑 "routed-namespaces"
      而且node03 执行：
        """
        ip netns add demo01 #创建demo01
        ip netns exec demo01 ip link set lo up #开启lo网卡，lo网卡自动绑定127.0.0.1
        ip link add vethhost01 type veth peer name vethdemo01  #创建虚拟网卡对  ip link add <网卡名称> type veth peer name <配对的网卡名称>
        ip link set vethdemo01 netns demo01  #将虚拟网卡vethdemo01分配到demo01中 ip link set <网卡名称> netns <net-ns名称>
        ip link set vethhost01 up  #开启host主机网络空间端的网卡
        ip netns exec demo01 ip link set vethdemo01 up  #开启demo01端的网卡，至此两张网卡已全部开启，并且分别在两个网络命名空间下
        ip netns exec demo01  ip addr add 10.0.1.2/24 dev vethdemo01 #将vethdemo01的IP设置为10.0.1.2（地址可以随便设置，只要不与主机网络同一网段即可） 添加IP的命令格式-- `ip addr add <IP地址/子网掩码> dev <网卡>`
        """

    场景: 主机没有到 demo01 的路由，报文流向了默认网关
      当node03 ping demo01
      那么它从 node03 的 enp2s0 发出，下一跳 gateway
      而且它没有送达 demo01

    场景: demo01 不知道往哪里发，什么也没有发出
      当node03 执行：
        """
        ip netns exec demo01 ping -c1 100.100.198.250
        """
      那么没有输出
      而且失败并提示 "connect: Network is unreachable"

    场景: 只有去的路由，请求送达，应答没有路由：没有响应
      假如node03 执行：
        """
        route add -host 10.0.1.2 dev vethhost01
        """
      当node03 ping demo01
      那么它送达 demo01
      而且它丢失

    场景: 如果 demo01 开启了 rp_filter，连 ARP 也不回答
      假如node03 执行：
        """
        route add -host 10.0.1.2 dev vethhost01
        """
      而且demo01 上 net.ipv4.conf.all.rp_filter 为 1
      当node03 ping demo01
      那么它不可达："Destination Host Unreachable"

    场景: 双向都有路由就通
      假如node03 执行：
        """
        route add -host 10.0.1.2 dev vethhost01  #host主机网络空间添加-->demo01方向的路由
        ip netns exec demo01 route add default dev vethdemo01  #demo01添加默认的路由，这条路由是为了下一条路由能生效
        ip netns exec demo01 route add -net 0.0.0.0 gw 100.100.198.250  #为了演示方便，这条路由是为了将Host主机网络空间模拟成路由器的角色。
        """
      那么可达性是：
        |        | node03 | demo01 |
        | node03 |        | ok     |
        | demo01 | ok     |        |

    场景: 网关必须是邻居：没有前一条路由，后一条不能生效
      当node03 执行：
        """
        ip netns exec demo01 route add -net 0.0.0.0 gw 100.100.198.250
        """
      那么失败并提示 "SIOCADDRT: Network is unreachable"

  规则: 内核处理报文有三个链路

    背景:
      假如拓扑 "joined-namespaces"
      而且node03 执行：
        """
        iptables -P FORWARD ACCEPT
        iptables -t mangle -A PREROUTING -m mark --mark 0x1 -j ACCEPT
        """

    场景: 发送数据：OUTPUT、POSTROUTING
      当node03 ping demo01
      那么它在 node03 上经过 OUTPUT、POSTROUTING
      而且它在 node03 上不经过 PREROUTING、INPUT、FORWARD

    场景: 接收数据：PREROUTING、INPUT
      当node03 ping demo01
      那么应答在 node03 上经过 PREROUTING、INPUT
      而且应答在 node03 上不经过 OUTPUT、FORWARD、POSTROUTING

    场景: 转发数据：PREROUTING、FORWARD、POSTROUTING
      当demo01 ping demo02
      那么它在 node03 上经过 PREROUTING、FORWARD、POSTROUTING
      而且它在 node03 上不经过 INPUT、OUTPUT

    场景: 报文从路由指定的网卡发出，不经过 enp2s0
      当demo01 ping demo02
      那么它从 node03 的 vethhost02 发出
      而且它没有从 node03 的 enp2s0 发出

  规则: demo01 与 demo02 之间的报文被 FORWARD 的默认策略丢弃

    背景:
      假如拓扑 "joined-namespaces"

    场景: 主机与 demo01、demo02 互通，demo01 与 demo02 不通
      那么可达性是：
        |        | node03 | demo01 | demo02 |
        | node03 |        | ok     | ok     |
        | demo01 | ok     |        | -      |
        | demo02 | ok     | -      |        |

    场景: 是谁丢弃的
      当demo01 ping demo02
      那么它在 node03 上被 FORWARD 的默认策略丢弃

    场景: 被 DROP 的包会一直增长
      当node03 执行：
        """
        ip netns exec demo01 ping -c 2 -i 0.2 -W 1 10.0.2.2 > /dev/null
        iptables -t filter --line-numbers -nvL FORWARD  #filter类型的规则policy默认为DROP
        """
      那么输出是：
        """
        Chain FORWARD (policy DROP 2 packets, 168 bytes)
        num   pkts bytes target     prot opt in     out     source               destination
        """

    场景: 四条规则放行两个方向
      假如node03 执行：
        """
        iptables -t filter -A FORWARD -o vethhost01 -j ACCEPT #添加命令 `iptables -t <表> -A <链> -o <网卡> -j ACCEPT`  命令解读：在FORWARD链添加一条类型为filter的规则，规则内容是--目的地址在路由表上的下一跳是vethhost01的报文，都放行
        iptables -t filter -A FORWARD -i vethhost01 -j ACCEPT #添加命令 `iptables -t <表> -A <链> -i <网卡> -j ACCEPT`  命令解读：在FORWARD链添加一条类型为filter的规则，规则内容是--只要是从vethhost01传来的报文，都放行
        iptables -t filter -A FORWARD -i vethhost02 -j ACCEPT #同上
        iptables -t filter -A FORWARD -o vethhost02 -j ACCEPT
        """
      当demo01 ping demo02
      那么它得到应答
      而且它在 node03 上命中 FORWARD 的第 2 条规则
      而且应答在 node03 上命中 FORWARD 的第 1 条规则

    场景: 前两条就够
      假如node03 执行：
        """
        iptables -t filter -A FORWARD -o vethhost01 -j ACCEPT
        iptables -t filter -A FORWARD -i vethhost01 -j ACCEPT
        """
      那么可达性是：
        |        | demo01 | demo02 |
        | demo01 |        | ok     |
        | demo02 | ok     |        |

    场景: 只有一条，应答被丢弃
      假如node03 执行：
        """
        iptables -t filter -A FORWARD -i vethhost01 -j ACCEPT
        """
      当demo01 ping demo02
      那么它送达 demo02
      而且应答在 node03 上被 FORWARD 的默认策略丢弃

  规则: 跨主机通信只需要在 node02 上添加路由

    背景:
      假如拓扑 "joined-namespaces"
      而且node03 执行：
        """
        iptables -t filter -A FORWARD -o vethhost01 -j ACCEPT
        iptables -t filter -A FORWARD -i vethhost01 -j ACCEPT
        """

    场景: node02 没有路由时，报文流向了默认网关
      当node02 ping demo01
      那么它从 node02 的 enp2s0 发出，下一跳 gateway
      而且它没有送达 demo01

    场景: 添加路由之后就通
      假如node02 执行：
        """
        route add -host 10.0.1.2 gw 100.100.198.250
        """
      当node02 ping demo01
      那么它从 node02 的 enp2s0 发出，下一跳 node03
      而且它得到应答

    场景: node02 看到的源地址就是 demo01 的地址，没有被 nat 处理过
      假如node02 执行：
        """
        route add -host 10.0.1.2 gw 100.100.198.250
        """
      当demo01 ping node02
      那么它没有被伪装
      而且node02 看到它来自 demo01
      而且它得到应答
