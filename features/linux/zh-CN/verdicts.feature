# language: zh-CN
功能: 报文的结局，每个词只有一个意思
  丢弃（DROP）不作回应；拒绝（REJECT）会通知发送者；没有监听端口时是“连接被拒绝”；没有路由、没有邻居，则各有各的说法。

  背景: ann 和 bob 在两条线上，中间是一台路由器
    假如 拓扑 "one-router"

  规则: 被丢弃的报文石沉大海

    场景: 一条规则丢弃它
      假如 router 执行：
        """
        iptables -A FORWARD -p icmp -j DROP
        """
      当 ann ping bob
      那么 它 在 router 上被丢弃
      并且 它 石沉大海

    场景: 默认策略丢弃它
      假如 router 执行：
        """
        iptables -P FORWARD DROP
        """
      当 ann ping bob
      那么 它 在 router 上被 FORWARD 的默认策略丢弃

    场景: 没有规则时一路送达
      当 ann ping bob
      那么 它 到达 bob
      并且 它 在 router 上没有被丢弃
      并且 它 没有丢失

  规则: 被拒绝的报文有人告知

    场景: REJECT 说明理由
      假如 router 执行：
        """
        iptables -A FORWARD -p icmp -j REJECT --reject-with icmp-host-prohibited
        """
      当 ann ping bob
      那么 它 在 router 上被拒绝并返回 icmp-host-prohibited
      并且 它 在 router 上被 FORWARD 的第 1 条规则拒绝
      并且 它 不可达："Destination Host Prohibited"

    场景: 别的协议不在此列
      假如 router 执行：
        """
        iptables -A FORWARD -p icmp -j REJECT
        """
      当 ann 连接 bob 的 80 端口
      那么 它 在 router 上没有被拒绝
      并且 它 在 router 上没有匹配 FORWARD 的第 1 条规则

  规则: 没有人监听的端口拒绝连接

    场景: bob 没有打开 81 端口
      当 ann 连接 bob 的 81 端口
      那么 它 连接被拒绝

  规则: 标记和目的地址转换看得见

    场景: mangle 打上的标记
      假如 router 执行：
        """
        iptables -t mangle -A PREROUTING -p icmp -j MARK --set-mark 0x10
        """
      当 ann ping bob
      那么 它 在 router 上经过 mangle PREROUTING 后 带有标记 0x10
      当 ann 连接 bob 的 80 端口
      那么 它 在 router 上经过 mangle PREROUTING 后 不带有标记 0x10

    场景: DNAT 改写目的地址
      假如 router 执行：
        """
        iptables -t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 10.0.2.2:80
        """
      当 ann 连接 router 的 8080 端口
      那么 它 在 router 上被转换为 10.0.2.2:80
      当 ann ping bob
      那么 它 在 router 上没有被转换
