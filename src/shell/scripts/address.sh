### a fresh namespace
ip a
ip -br a
ip link
ip -br link
ip r
ip rule
ip route show table all
ip neigh
### loopback
ip link set lo up
ip address show lo
ip a s dev lo
ip -4 a
ip -br -4 addr show lo
ip -o a
ip -o link
ip -4 -o addr show lo
ip route show table local
ip addr show up
ip link set dev lo down
ip a
ip link set lo up
ip a show lo
### a pair
ip link add va address 02:00:00:00:00:01 type veth peer name vb address 02:00:00:00:00:02
ip a
ip link
ip -br a
ip -br link
ip link set va up
ip a show va
ip link set vb up
ip a show va
ip link show vb
### addresses and the order that they are kept in
ip link add va address 02:00:00:00:00:01 type veth peer name vb address 02:00:00:00:00:02
ip addr add 10.0.0.1/24 dev va
ip addr add 10.0.0.1/24 dev va
ip addr add 10.0.0.2/24 dev va
ip addr add 10.0.0.9 dev va
ip addr add 10.0.1.1/24 brd + dev va
ip addr add 10.0.2.1/24 brd 10.0.2.255 dev va label va:0
ip addr add 10.0.3.1/24 dev va scope link
ip addr add local 10.0.4.1/24 dev va
ip addr add 127.0.0.5/8 dev va
ip addr replace 10.0.0.2/24 dev va
ip a show va
ip -br a
ip -4 -br a
ip -o -4 a
ip a show to 10.0.0.0/24
ip a show scope link
ip a show dev va secondary
ip a show dev va primary
ip r
ip link set va up
ip r
ip link set vb up
ip r
ip route show table local
ip addr del 10.0.0.2/24 dev va
ip addr del 10.0.1.1/24 dev va
ip -br a
ip route show table local
ip addr flush dev va scope link
ip -br a
ip addr flush va
ip r
ip route show table all
### a primary takes its secondaries with it
ip link set lo up
ip link add va type veth peer name vb
ip link set va up; ip link set vb up
ip addr add 10.0.0.1/24 dev va
ip addr add 10.0.0.2/24 dev va
ip addr add 10.0.0.3/24 dev va
ip addr add 10.0.0.4/25 dev va
ip addr del 10.0.0.1/24 dev va
ip -br a
ip r
ip route show table local
### mistakes
ip link add va type veth peer name vb
ip addr show nodev
ip addr show dev nodev
ip addr add 10.0.0.300/24 dev va
ip addr add 10.0.0.3/33 dev va
ip addr add 10.0.0.3/24
ip addr add 10.0.0.3/24 dev nodev
ip addr add
ip addr add 10.0.0.3/24 dev
ip addr del 10.0.0.77/24 dev va
ip addr foo
ip foo
ip addr add 10.0.0.3/24 dev va foo
ip addr show foo bar
ip addr flush
ip addr add 1.1.1.1/24 brd foo dev va
ip addr add 1.1.1.1/24 scope foo dev va
ip addr del 9.9.9.9/24
ip addr del 9.9.9.9/24 dev nodev
ip addr add 1.1.1.1/24 2.2.2.2/24 dev va
ip -x a
ip -n nosuch addr
ip
### deletion without a prefix length
ip link add va type veth peer name vb
ip addr add 10.0.0.1/24 dev va
ip addr del 10.0.0.1 dev va
ip -br a
