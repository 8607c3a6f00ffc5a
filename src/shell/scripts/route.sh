### add, and the order among equals
ip link set lo up
ip link add va address 02:00:00:00:00:01 type veth peer name vb address 02:00:00:00:00:02
ip link set va up
ip link set vb up
ip addr add 10.0.0.1/24 dev va
ip addr add 10.0.1.1/24 dev vb
ip route add default via 10.0.0.254
ip route add default via 10.0.0.253
ip route add default via 10.0.0.253 metric 100
ip route append default via 10.0.0.252
ip route prepend default via 10.0.0.251
ip route
ip route replace default via 10.0.0.250
ip route
ip ro change default via 10.0.0.249
ip route change 10.9.0.0/16 via 10.0.0.249
ip route add 10.9.0.0/16 via 10.0.0.249 proto static src 10.0.1.1
ip route add 10.10.0.0/16 dev vb proto bird scope link metric 10
ip route add blackhole 10.11.0.0/16
ip route add unreachable 10.12.0.0/16 proto 80
ip route add prohibit 10.13.0.1
ip route add throw 10.14.0.0/16 table 100
ip route add 10.14.0.1 via 8.8.8.8
ip route add 10.14.0.1 via 8.8.8.8 dev va onlink
ip route add 10.15.0.0/16 dev vb table 300
ip route add local 10.66.0.0/16 dev lo
ip route add 0/0 dev va table 7
ip r
ip r show table 300
ip r show table 100
ip r show table 77
ip r show table all
ip r show default
ip r show 10.10.0.0/16
ip r show root 10.0.0.0/8
ip r show match 10.0.0.5
ip r show exact 10.0.0.0/24
ip r show 10.10.0.7
ip r show dev vb
ip r show proto kernel
ip r show via 10.0.0.249
ip r show scope link
ip r show type blackhole
ip r del 10.10.0.0/16
ip r del 10.10.0.0/16
ip r del default
ip r del default via 9.9.9.9
ip r del blackhole 10.11.0.0/16
ip r del 10.12.0.0/16
ip r del prohibit 10.13.0.1/32
ip r del 10.15.0.0/16 table 300
ip r del 10.15.0.0/16 table 301
ip r del 10.14.0.1 dev va
ip r
ip r flush 10.9.0.0/16
ip r flush table 100
ip r flush table 77
ip r flush
ip r flush cache
ip r flush dev va
ip r
ip r flush table main
ip r
ip r show table all
### mistakes
ip link set lo up
ip link add va type veth peer name vb
ip link set va up
ip link set vb up
ip addr add 10.0.0.1/24 dev va
ip route add 10.14.0.2 via 10.0.0.3 dev vb
ip route add 10.14.0.3/24 dev vb
ip route add 10.14.0.3/33 dev vb
ip route add foo dev vb
ip route add 10.15.0.0/16
ip route add 10.15.0.0/16 via foo
ip route add 10.15.0.0/16 dev nodev
ip route add 10.15.0.0/16 dev vb src 1.2.3.4
ip route add 10.15.0.0/16 dev vb table foo
ip route add 10.15.0.0/16 dev vb proto foo
ip route add 10.15.0.0/16 dev vb scope foo
ip route add 10.15.0.0/16 dev vb metric foo
ip route add 10.15.0.0/16 dev vb bogus
ip route add 10.15.0.0/16 dev
ip route add 10.15.0.0/16 via 10.0.0.1
ip route add 10.15.0.0/16 via 10.0.0.9 onlink
ip route add blackhole 10.15.0.0/16 dev va
ip route foo
ip r show table foo
ip r show proto foo
ip r show dev nodev
ip link set vb down
ip route add 10.15.0.0/16 dev vb
ip route add 10.15.0.0/16 via 10.0.0.9 dev vb onlink
ip r get foo
ip r get
ip r get 10.0.0.1 foo
ip r get 10.0.0.1 oif nodev
### get
ip link set lo up
ip link add va type veth peer name vb
ip link set va up
ip link set vb up
ip addr add 10.0.0.1/24 dev va
ip addr add 10.0.1.1/24 dev vb
ip route add default via 10.0.0.249
ip route add blackhole 10.11.0.0/16
ip route add unreachable 10.12.0.0/16
ip route add prohibit 10.13.0.1
ip route add 10.14.0.0/16 dev vb src 10.0.0.1
ip r get 10.0.0.7
ip r get 10.0.0.1
ip r get 127.0.0.1
ip r get 8.8.8.8
ip r get 10.11.0.1
ip r get 10.12.0.1
ip r get 10.13.0.1
ip r get 10.14.0.1
ip r get 8.8.8.8 from 10.0.0.1
ip r get 8.8.8.8 from 1.2.3.4
ip r get 10.0.0.7 mark 1
ip r get 10.0.0.7 mark 0x10
ip r get 10.0.0.255
ip r get 255.255.255.255
ip r get 8.8.8.8 oif vb
ip r get 8.8.8.8 dev vb
ip r get 10.0.0.7/24
ip route del default
ip r get 8.8.8.8
### get of a packet that came in
ip link set lo up
ip link add va type veth peer name vb
ip link set va up
ip link set vb up
ip addr add 10.0.0.1/24 dev va
ip addr add 10.0.1.1/24 dev vb
ip route add default via 10.0.0.249
ip r get 8.8.8.8 from 10.0.0.9 iif va
ip r get 10.0.0.1 from 10.0.0.9 iif va
sysctl -q net.ipv4.ip_forward=1
ip r get 8.8.8.8 from 10.0.0.9 iif va
ip r get 8.8.8.8 from 10.0.1.9 iif vb
ip r get 10.0.0.8 from 10.0.1.9 iif vb
ip r get 10.0.0.1 from 10.0.1.9 iif vb
ip r get 8.8.8.8 from 10.0.0.1 iif vb
sysctl -q net.ipv4.conf.vb.rp_filter=1
ip r get 8.8.8.8 from 10.0.0.9 iif vb
### a host's routes and default by device
ip link add va type veth peer name vb
ip link set va up
ip link set vb up
ip addr add 10.0.1.2/24 dev vb
ip route add 10.0.3.4 dev va
ip route add default dev vb
ip route prepend default via 100.100.198.250
ip route
ip route get 1.1.1.1
