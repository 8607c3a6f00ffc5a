### routed namespaces
# node03 and its interface to the other node
ip link set lo up
ip link add eth0 type veth peer name far
ip link set eth0 up; ip link set far up
ip addr add 100.100.198.250/24 dev eth0
iptables -P FORWARD DROP
sysctl -qw net.ipv4.ip_forward=1
ip netns add demo01 #创建demo01
ip netns list
ip netns exec demo01 ip link set lo up #开启lo网卡
ip link add vethhost01 type veth peer name vethdemo01
ip link set vethdemo01 netns demo01
ip link set vethhost01 up
ip netns exec demo01 ip link set vethdemo01 up
ip netns exec demo01  ip addr add 10.0.1.2/24 dev vethdemo01
ip netns exec demo01 ping -c1 100.100.198.250
route add -host 10.0.1.2 dev vethhost01
ip netns exec demo01 route add default dev vethdemo01
ip netns exec demo01 route add -net 0.0.0.0 gw 100.100.198.250
ip netns exec demo01 route -n
ip netns exec demo01 ip r
route -n
ping -c1 10.0.1.2 | grep transmitted
ip netns exec demo01 ping -c1 100.100.198.250 | grep transmitted
ip netns add demo02
ip link add vethhost02 type veth peer name vethdemo02 netns demo02
ip link set vethhost02 up
ip -n demo02 link set vethdemo02 up
ip -n demo02 addr add 10.0.2.2/24 dev vethdemo02
ip -n demo02 route add default dev vethdemo02
ip route add 10.0.2.2 dev vethhost02
ip netns exec demo01 ping -c1 -W1 10.0.2.2 | grep transmitted
iptables -t filter --line-numbers -nvL FORWARD | head -2 | grep -c DROP
iptables -t filter -A FORWARD -o vethhost01 -j ACCEPT
iptables -t filter -A FORWARD -i vethhost01 -j ACCEPT #添加命令
iptables -t filter -A FORWARD -i vethhost02 -j ACCEPT
iptables -t filter -A FORWARD -o vethhost02 -j ACCEPT
ip netns exec demo01 ping -c1 10.0.2.2 | grep transmitted
iptables -t filter --line-numbers -nvL FORWARD
iptables -t nat --line-numbers -nvL POSTROUTING
ip route get 10.0.2.2 from 10.0.1.2 iif vethhost01
### a checklist for a fault
sysctl -a | grep 'net.ipv4.ip_forward '
echo "net.ipv4.ip_forward=1" >> /run/sysctl.conf
sysctl -p /run/sysctl.conf
iptables -N DOCKER-ISOLATION-STAGE-2
iptables -A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
iptables -t nat -F POSTROUTING
iptables -P FORWARD ACCEPT
iptables -t filter --line-number -nL  DOCKER-ISOLATION-STAGE-2
iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j REJECT
iptables -t filter -R DOCKER-ISOLATION-STAGE-2 1 -j ACCEPT
iptables -nL DOCKER-ISOLATION-STAGE-2
iptables -t filter -D DOCKER-ISOLATION-STAGE-2 1
iptables -S
### a bridge between two namespaces
ip netns add a; ip netns add b
ip link add br0 address 02:00:00:00:00:03 type bridge
ip link set br0 up
ip link add va type veth peer name eth0 netns a
ip link add vb type veth peer name eth0 netns b
ip link set va master br0 up; ip link set vb master br0 up
ip -n a addr add 10.0.0.1/24 dev eth0; ip -n a link set eth0 up
ip -n b addr add 10.0.0.2/24 dev eth0; ip -n b link set eth0 up
sysctl -q net.bridge.bridge-nf-call-iptables=0
ip netns exec a ping -c1 10.0.0.2 | grep transmitted
ip -n a neigh | grep -c 10.0.0.2
sysctl -q net.bridge.bridge-nf-call-iptables=1
iptables -A FORWARD -j DROP
ip netns exec a ping -c1 -W1 10.0.0.2 | grep transmitted
iptables -nvL FORWARD
