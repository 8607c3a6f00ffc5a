# language: zh-CN
功能: 规则链名词解析
  iptables 的链名最多 28 个字符，所以 calico 用简写。名字总是从容器的角度说的。

  | 名字     | 含义                              |
  | ------ | ------------------------------- |
  | wl     | workload endpoint 简写，workload 就是容器 |
  | fw     | from workload endpoint 简写         |
  | tw     | to workload endpoint 简写           |
  | from-XXX | XXX 发出的报文                       |
  | to-XXX | 将报文发送到 XXX                       |
  | po     | policy outbound                 |
  | pi     | policy inbound                  |
  | pro    | profile outbound                |
  | pri    | profile inbound                 |

  背景:
    假如拓扑 "calico-docker-web"

  规则: wl 就是容器

    场景: 容器发给节点的报文经过名字里有 wl 的链
      当web1 ping master
      那么它在 master 上经过 cali-wl-to-host、cali-from-wl-dispatch

    场景: 节点之间的报文不经过
      当slave1 ping master
      那么它不经过 cali-wl-to-host、cali-from-wl-dispatch、cali-to-wl-dispatch

  规则: fw 是容器发出的，tw 是发给容器的

    场景: 报文先经过发送者的 fw，再经过接收者的 tw
      当web1 ping web2
      那么它在 master 上经过 cali-fw-<web1>、cali-tw-<web2>

    场景: 不经过发送者的 tw，也不经过接收者的 fw
      当web1 ping web2
      那么它不经过 cali-tw-<web1>、cali-fw-<web2>

    场景: 链名的后半截是容器在节点上的网卡
      当web1 ping web2
      那么它在 master 上经过 cali-fw-cali2bdb33ebbb0

  规则: from-XXX 是 XXX 发出的报文，to-XXX 是发送到 XXX 的报文

    场景: 发送者的节点只问 from
      当web1 ping web3
      那么它在 master 上经过 cali-from-wl-dispatch
      而且它在 master 上不经过 cali-to-wl-dispatch

    场景: 接收者的节点只问 to
      当web1 ping web3
      那么它在 slave1 上经过 cali-to-wl-dispatch
      而且它在 slave1 上不经过 cali-from-wl-dispatch

  规则: pro 是 profile 出方向，pri 是 profile 入方向

    场景: 出去问 pro，进来问 pri
      当web1 ping web2
      那么它在 master 上经过 cali-fw-<web1>、cali-pro-net1、cali-tw-<web2>、cali-pri-net1

    场景: 各在各的节点上
      当web1 ping web3
      那么它在 master 上经过 cali-pro-net1
      而且它在 slave1 上经过 cali-pri-net1
      而且它在 slave1 上不经过 cali-pro-net1

  规则: po 是 policy 出方向，pi 是 policy 入方向，policy 在 profile 之前

    场景: pi 不放行，别人就进不来，不再问 profile
      假如master 执行：
        """
        iptables -N cali-pi-closed
        iptables -I cali-tw-cali2bdb33ebbb0 4 -j cali-pi-closed
        iptables -I cali-tw-cali2bdb33ebbb0 5 -m mark --mark 0x0/0x2000000 -j DROP
        """
      当web2 ping web1
      那么它在 master 上被 cali-tw-<web1> 的第 5 条规则丢弃
      而且它不经过 cali-pri-net1

    场景: pi 管不着容器自己发出的报文
      假如master 执行：
        """
        iptables -N cali-pi-closed
        iptables -I cali-tw-cali2bdb33ebbb0 4 -j cali-pi-closed
        iptables -I cali-tw-cali2bdb33ebbb0 5 -m mark --mark 0x0/0x2000000 -j DROP
        """
      当web1 ping web2
      那么它得到应答

    场景: po 不放行，容器什么也发不出去
      假如master 执行：
        """
        iptables -N cali-po-silent
        iptables -I cali-fw-cali2bdb33ebbb0 4 -j cali-po-silent
        iptables -I cali-fw-cali2bdb33ebbb0 5 -m mark --mark 0x0/0x2000000 -j DROP
        """
      当web1 ping web2
      那么它在 master 上被 cali-fw-<web1> 的第 5 条规则丢弃
      而且它不经过 cali-pro-net1
