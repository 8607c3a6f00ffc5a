# language: zh-CN
功能: calico 网络下，节点与容器、容器与容器之间如何通信
  环境与笔记相同：三台虚拟机 master、slave1、slave2，docker 加 calico，不封装。容器 web1、web2 在 master 上，web3 在 slave1 上，
  都属于网络 net1。calico 网络里没有网桥：每个容器用一对 veth 挂在节点上，节点替容器做路由，所以报文走的是节点的 iptables 链。

  笔记问了四个场景，答案都在这里。每个"通"旁边都有一个"不通"，这样才看得出是哪条规则起了作用。

  背景:
    假如拓扑 "calico-docker"
    而且master 上有 web1 和 web2，slave1 上有 web3

  规则: 场景一：同一节点，物理节点与 calico 网络内的容器可以互通

    场景: 节点 ping 自己的容器，走 OUTPUT，不走 FORWARD
      当master ping web1
      那么它得到应答
      而且它在 master 上经过 OUTPUT、cali-OUTPUT、POSTROUTING
      而且它不经过 FORWARD
      而且它没有被伪装

    场景: cali-OUTPUT 的第 2 条规则直接返回，容器的策略不参与
      当master ping web1
      那么它在 master 上命中 filter cali-OUTPUT 的第 2 条规则
      而且它不经过 cali-tw-<web1>

    场景: 应答从 INPUT 进来，经过 cali-wl-to-host
      当master ping web1
      那么应答在 master 上经过 INPUT、cali-INPUT、cali-wl-to-host、cali-fw-<web1>
      而且应答命中 cali-fw-<web1> 的第 1 条规则

    场景: 容器 ping 自己的节点，走 INPUT
      当web1 ping master
      那么它得到应答
      而且它在 master 上经过 INPUT、cali-INPUT、cali-wl-to-host、cali-from-wl-dispatch、cali-fw-<web1>
      而且它在 master 上命中 cali-wl-to-host 的第 2 条规则

    场景: profile 不允许容器发出报文时，容器到不了自己的节点
      假如master 执行：
        """
        iptables -F cali-pro-net1
        """
      当web1 ping master
      那么它在 master 上被 cali-fw-<web1> 的第 6 条规则丢弃

  规则: 场景二：同一节点，同网络内的容器可以互通

    场景: 报文经过 FORWARD 一次，先问发送者，再问接收者
      当web1 ping web2
      那么它得到应答
      而且它在 master 上经过 cali-FORWARD、cali-from-wl-dispatch、cali-fw-<web1>、cali-to-wl-dispatch、cali-tw-<web2>
      而且web2 看到它来自 web1

    场景: 应答属于已建立的连接，第 1 条规则就放行
      当web1 ping web2
      那么应答在 master 上命中 cali-fw-<web2> 的第 1 条规则
      而且应答不经过 cali-to-wl-dispatch

    场景: 同一节点，不同网络的容器不通
      假如master 上有 net2 网络的 web8
      当web1 ping web8
      那么它在 master 上被 cali-tw-<web8> 的第 6 条规则丢弃

  规则: 场景三：跨节点，节点到不了别的节点上的容器，容器却到得了别的节点

    场景: 节点 ping 别的节点上的容器，报文被悄悄丢弃
      net1 的 profile 只放行 net1 的成员，节点不是成员。

      当master ping web3
      那么它在 slave1 上经过 FORWARD、cali-FORWARD、cali-to-wl-dispatch、cali-tw-<web3>、cali-pri-net1
      而且它在 slave1 上被 cali-tw-<web3> 的第 6 条规则丢弃
      而且它没有得到应答

    场景: 把节点的地址加进 net1 的 ip set，立刻就通
      假如slave1 执行：
        """
        ipset add cali4-s:dmxNq1uG7U174OAEUuueUSA 172.16.91.225
        """
      当master ping web3
      那么它得到应答
      而且web3 看到它来自 master

    场景: 容器 ping 别的节点，源地址被换成自己节点的地址
      当web3 ping master
      那么它得到应答
      而且它在 slave1 上命中 cali-nat-outgoing 的第 1 条规则
      而且它在 slave1 上被伪装成 slave1
      而且master 看到它来自 slave1

  规则: 场景四：跨节点，同一网络内的容器可以互通

    场景: 报文经过两个节点的 cali-FORWARD，源地址不变
      当web1 ping web3
      那么它得到应答
      而且它在 master 上经过 cali-FORWARD、cali-from-wl-dispatch、cali-fw-<web1>
      而且它在 slave1 上经过 cali-FORWARD、cali-to-wl-dispatch、cali-tw-<web3>
      而且它没有被伪装
      而且web3 看到它来自 web1

    场景: 节点之间靠路由
      当web1 ping web3
      那么它从 master 的 ens33 发出，下一跳 slave1

    场景: 没有 BIRD 学到的路由就不通
      假如master 执行：
        """
        ip route del 172.20.140.192/26
        """
      当web1 ping web3
      那么它没有送达 web3

    场景: 跨节点，不同网络的容器不通
      假如slave1 上有 net2 网络的 web9
      当web1 ping web9
      那么它在 slave1 上被 cali-tw-<web9> 的第 6 条规则丢弃
