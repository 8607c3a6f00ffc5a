### ping without traffic that could be timed
ping -c1 127.0.0.1
ip link set lo up
ping -c1 10.0.0.1
ip link add va type veth peer name vb
ip link set va up
ip link set vb up
ip addr add 10.0.0.1/24 dev va
ping -c 1 foo
ping
ping -c1 10.0.0.255
ip route add blackhole 9.9.9.9
ip route add unreachable 9.9.9.8
ip route add prohibit 9.9.9.7
ping -c1 9.9.9.9
ping -c1 9.9.9.8
ping -c1 9.9.9.7
ping -c0 127.0.0.1
ping -cx 127.0.0.1
iptables -A OUTPUT -d 127.0.0.3 -j DROP
ping -c1 -W1 127.0.0.3
iptables -Z
iptables -A INPUT -p icmp -j DROP
ping -c 1 -W 1 -s 100 127.0.0.1
iptables -nvL
ping -c1 127.0.0.1 | head -1
### ping that is answered
ip link set lo up
ping -c1 -q 127.0.0.1 | grep -E '^(PING|---|1 packets)'
ping -c1 -n localhost | grep -E '^(PING|---|1 packets)'
### ping that nobody answers
ip link add va type veth peer name vb
ip link set va up
ip link set vb up
ip link set lo up
ip addr add 10.0.0.1/24 dev va
ping -c1 10.0.0.2
ip neigh
### conntrack
conntrack -L
conntrack -C
conntrack -F
conntrack -L -p icmp -s 127.0.0.1 -d 127.0.0.2
conntrack -D -d 9.9.9.9
conntrack -L -p foo
conntrack -L -s foo
### a connection
ip link set lo up
iptables -A INPUT -m conntrack --ctstate NEW -j ACCEPT
ping -c1 127.0.0.1 > /dev/null
conntrack -L 2>&1 | grep -c icmp
conntrack -C
conntrack -D -p icmp 2>&1 | head -1
conntrack -C
### nc
ip link set lo up
nc -z 127.0.0.1 80
nc -zv 127.0.0.1 80
nc -zv 10.0.0.1 80
nc -z 127.0.0.1
nc -zv 127.0.0.1 http
nc -zv 127.0.0.1 foo
nc -zv foo 80
iptables -A INPUT -p tcp --dport 90 -j DROP
nc -zv -w 1 127.0.0.1 90
iptables -A INPUT -p tcp --dport 91 -j REJECT --reject-with tcp-reset
nc -zv -w 1 127.0.0.1 91
