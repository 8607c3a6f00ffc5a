# language: zh-CN
功能: 不依赖任何插件，两台主机上的 docker 容器如何用自己的 IP 直接通信
  环境与笔记相同：a-master（docker0 是 172.17.1.0/24）上有 m-web1，a-slave1（docker0 是 172.17.2.0/24）上有 s-web1。

  笔记没有提到的一点：两台主机必须有到对方容器网段的路由，否则报文都发给了默认网关。另外，真正起作用的是 a-slave1 上的
  `iptables -P FORWARD ACCEPT`；清空 POSTROUTING 只是不再改源地址，替换 DOCKER-ISOLATION-STAGE-2 的规则并不需要。

  规则: 没有静态路由，笔记里的命令都做完也不通

    背景:
      假如拓扑 "two-hosts"
      而且a-master 执行：
        """
        iptables -t nat -F POSTROUTING
        """
      而且a-slave1 执行：
        """
        iptables -P FORWARD ACCEPT
        """

    场景: 报文发给了默认网关
      当m-web1 ping s-web1
      那么它从 a-master 的 ens33 发出，下一跳 gateway
      而且它没有送达 s-web1

    场景: 两台主机都加上路由就通
      假如a-master 执行：
        """
        ip route add 172.17.2.0/24 via 172.16.91.132
        """
      而且a-slave1 执行：
        """
        ip route add 172.17.1.0/24 via 172.16.91.131
        """
      当m-web1 ping s-web1
      那么它从 a-master 的 ens33 发出，下一跳 a-slave1
      而且它得到应答

  规则: docker0 与 ens33 之间靠 ip_forward

    背景:
      假如拓扑 "two-hosts-routed"
      而且a-slave1 执行：
        """
        iptables -P FORWARD ACCEPT
        """

    场景: 查看是否开启
      当a-master 执行：
        """
        sysctl -a | grep net.ipv4.ip_forward
        """
      那么输出是：
        """
        net.ipv4.ip_forward = 1
        ...
        """

    场景: 开启时通
      当m-web1 ping s-web1
      那么它得到应答

    场景大纲: <主机> 未开启时，报文在那里被悄悄丢弃
      假如<主机> 上 net.ipv4.ip_forward 为 0
      当m-web1 ping s-web1
      那么它在 <主机> 上因 forwarding-disabled 被丢弃
      而且它丢失

      例子:
        | 主机     |
        | a-master |
        | a-slave1 |

  规则: 清理 POSTROUTING 链的前后，都被 a-slave1 的 FORWARD 默认策略丢弃

    背景:
      假如拓扑 "two-hosts-routed"

    场景: 清理前，源地址被换成 a-master 的地址
      当m-web1 ping s-web1
      那么它在 a-master 上被伪装成 a-master
      而且它在 a-slave1 上被 FORWARD 的默认策略丢弃

    场景: 清理后，源地址不变，照样被丢弃
      假如a-master 执行：
        """
        iptables -t nat -F POSTROUTING
        """
      当m-web1 ping s-web1
      那么它没有被伪装
      而且它在 a-slave1 上被 FORWARD 的默认策略丢弃

    场景: 不写 -t nat，查的是 filter 表，没有这条链
      当a-master 执行：
        """
        iptables -F POSTROUTING
        """
      那么没有输出
      而且失败并提示 "No chain/target/match by that name."

    场景: 清理的代价：容器再也访问不了外网
      假如a-master 执行：
        """
        iptables -t nat -F POSTROUTING
        """
      当m-web1 ping internet
      那么internet 看到它来自 m-web1
      而且它没有得到应答

    场景: 清理前可以访问
      当m-web1 ping internet
      那么internet 看到它来自 a-master
      而且它得到应答

  规则: 修改 a-slave1 上 FORWARD 的默认策略就够了

    背景:
      假如拓扑 "two-hosts-routed"
      而且a-master 执行：
        """
        iptables -t nat -F POSTROUTING
        """
      而且a-slave1 执行：
        """
        iptables -P FORWARD ACCEPT
        """

    场景: 只改默认策略，m-web1 就能 ping 通 s-web1
      当m-web1 ping s-web1
      那么它得到应答
      而且s-web1 看到它来自 m-web1

    场景: 再把 DOCKER-ISOLATION-STAGE-2 的第 1 条规则换成 ACCEPT，没有区别
      假如a-slave1 执行：
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j ACCEPT
        """
      当m-web1 ping s-web1
      那么它得到应答

    场景: 反之不行：a-master 的默认策略还是 DROP
      当s-web1 ping m-web1
      那么它在 a-master 上被 FORWARD 的默认策略丢弃

    场景: 在 a-master 上也改默认策略，就是双向的
      假如a-master 执行：
        """
        iptables -P FORWARD ACCEPT
        """
      那么可达性是：
        |        | m-web1 | s-web1 |
        | m-web1 |        | ok     |
        | s-web1 | ok     |        |

  规则: DROP 与 REJECT 的区别：丢的是应答，所以只有 s-web1 知道

    背景:
      假如拓扑 "two-hosts-routed"
      而且a-master 执行：
        """
        iptables -t nat -F POSTROUTING
        """
      而且a-slave1 执行：
        """
        iptables -P FORWARD ACCEPT
        """

    场景: 原来的规则只匹配 -o docker0，应答不受影响
      当m-web1 ping s-web1
      那么应答在 a-slave1 上没有命中 DOCKER-ISOLATION-STAGE-2 的第 1 条规则
      而且它得到应答

    场景: -R 替换整条规则，-o docker0 也没有了
      当a-slave1 执行：
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j DROP
        iptables -S DOCKER-ISOLATION-STAGE-2 1
        """
      那么输出是：
        """
        -A DOCKER-ISOLATION-STAGE-2 -j DROP
        """

    场景: 修改成 DROP：请求送达，应答到 docker0 之后被丢弃
      假如a-slave1 执行：
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j DROP
        """
      当m-web1 ping s-web1
      那么它送达 s-web1
      而且应答在 a-slave1 上被 DOCKER-ISOLATION-STAGE-2 的第 1 条规则丢弃
      而且它丢失

    场景: 修改成 REJECT：错误报文发给应答的发送者 s-web1，m-web1 什么也收不到
      假如a-slave1 执行：
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j REJECT
        """
      当m-web1 ping s-web1
      那么应答在 a-slave1 上被拒绝并返回 icmp-port-unreachable
      而且错误从 a-slave1 的 docker0 发出
      而且它丢失

    场景: 从 s-web1 发起时，它自己就看到"端口不可达"
      假如a-slave1 执行：
        """
        iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j REJECT
        """
      当s-web1 ping m-web1
      那么它不可达："Destination Port Unreachable"
