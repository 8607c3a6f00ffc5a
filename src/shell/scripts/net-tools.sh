### route
route -n
ip link set lo up
ip link add vh type veth peer name vd
ip link set vh up
ip link set vd up
route add -host 10.0.1.2 dev vh
ip addr add 10.0.0.1/24 dev vh
route add -host 10.0.1.2 dev vh
route add default dev vd
route add -net 0.0.0.0 gw 10.0.0.9
route add -net 10.2.0.0/16 gw 10.0.0.9
route add -net 10.3.0.0 netmask 255.255.0.0 gw 10.0.0.9 metric 5
route add 10.5.0.1 vh
route add -net 10.7.0.0/16 reject
route add -host 10.12.0.1 reject
route add default gw 1.2.3.4
route add -net 192.168.7.0 dev vh
route -n
route
ip r
route del default
route del -net 0.0.0.0
route del -host 10.0.1.2
route del -host 10.0.1.2
route del -net 10.2.0.0/16
route del -net 10.7.0.0 netmask 255.255.0.0
route del -net 10.7.0.0 netmask 255.255.0.0 reject
route del default gw 10.0.0.9 vh
route -n
### mistakes
ip link set lo up
ip link add vh type veth peer name vd
ip link set vh up
ip link set vd up
ip addr add 10.0.0.1/24 dev vh
route add
route add -host 10.8.0.1
route add -net 10.4.0.0 dev vh
route add 10.5.0.0/16 dev vh
route add -net 10.6.0.1/16 dev vh
route add -host 10.6.0.0/16 dev vh
route add default gw foo
route add -net 10.8.0.0/16 dev nodev
route add -host foo dev vh
route add -net foo dev vh
route add default gw 8.8.8.8
route add -net 10.11.0.0 netmask 255.0.255.0 dev vh
route add -net 10.9.0.0/16 gw 10.0.0.9 dev vh metric
route add -net 10.9.0.0/16 gw 10.0.0.9 dev vh foo bar
route del
route del -net 10.8.0.0/16 dev vd
ip link set vd down
route add -net 10.8.0.0/16 dev vd
### a second route of the same kind
ip link add va type veth peer name vb
ip link set va up
ip link set vb up
ip addr add 10.0.0.1/24 dev va
ip route add 10.1.0.0/16 dev va
ip route append 10.1.0.0/16 dev va
ip route prepend 10.1.0.0/16 dev va
ip route prepend 10.1.0.0/16 dev vb
ip route
