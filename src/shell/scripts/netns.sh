### namespaces by name
ip netns
ip netns add demo01
ip netns add demo01
ip netns add demo02
ip netns list
ip netns exec demo01 ip -br a
ip netns exec demo01 ip link set lo up
ip -n demo01 -4 a
ip netns exec demo01 sysctl net.ipv4.ip_forward
ip netns exec demo01 cat /proc/sys/net/ipv4/ip_forward
ip netns exec demo01 sh -c 'ip -4 -br a; echo done'
ip netns exec demo01 foo
ip netns exec demo01
ip netns exec
ip netns add
ip netns foo
ip netns exec nosuch ip a
ip -n nosuch a
ip netns del demo02
ip netns del demo02
ip netns list
### a pair between two namespaces
ip netns add demo01
ip link add vethhost01 type veth peer name vethdemo01
ip link set vethdemo01 netns demo01
ip -br link | grep -c .
ip link set vethhost01 up
ip netns exec demo01 ip link set vethdemo01 up
ip netns exec demo01 ip addr add 10.0.1.2/24 dev vethdemo01
ip netns exec demo01 ip -4 -br addr
ip -br addr
ip -n demo01 route
ip link show vethhost01 | grep -c 'link-netns demo01'
ip link set vethhost01 netns nosuch
ip netns exec demo01 ip link set vethdemo01 down
ip link set lo netns demo01
ip -n demo01 link set lo netns demo01
ip -n demo01 link del vethdemo01
ip -br link
### a pair made across namespaces
ip netns add a
ip netns add b
ip link add name eth0 netns a type veth peer name eth0 netns b
ip -n a -br addr
ip -n b -br addr
