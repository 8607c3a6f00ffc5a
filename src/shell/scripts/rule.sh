### rules
ip rule
ip rule add from 10.0.0.0/24 table 100
ip rule add to 10.0.1.0/24 lookup 200 priority 1000
ip rule add fwmark 0x1 table 100
ip rule add fwmark 0x1/0xff table main pref 5
ip rule add iif lo oif va table 100
ip rule add from 10.1.1.1 blackhole
ip rule add from 10.1.1.2 prohibit prio 77
ip rule add from 10.1.1.2 prohibit prio 77
ip rule add from 10.1.1.3 unreachable
ip rule add from all table 5
ip ru
ip rule list table 100
ip rule del prio 77
ip rule del prio 77
ip rule del from 10.0.0.0/24
ip rule del table 5
ip rule del fwmark 1
ip rule
ip rule flush
ip rule
### mistakes
ip rule add
ip rule del
ip rule add foo
ip rule add table foo
ip rule add from foo table 1
ip rule add prio foo table 1
ip rule add fwmark foo table 1
ip rule add fwmark 1/foo table 1
ip rule add from
ip rule foo
ip rule del from 1.2.3.4
