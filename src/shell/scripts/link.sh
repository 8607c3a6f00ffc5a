### bridges
ip link add br0 type bridge
ip link add br0 type bridge
ip link add name br1 address 02:00:00:00:00:01 mtu 1400 up type bridge
ip link show dev br1
ip link set br1 down
ip link show br1
ip addr add 10.5.0.1/24 dev br1
ip route
ip link set dev br1 up
ip route
ip link set br0 address 02:00:00:00:00:03
ip link show type bridge
ip link del br0
ip link show br0
### ports of a bridge
ip link add br0 address 02:00:00:00:00:03 type bridge
ip link add va address 02:00:00:00:00:01 mtu 1400 type veth peer name vb address 02:00:00:00:00:02 mtu 1300
ip link set va master br0
ip link set br0 up
ip link show br0
ip link show master br0
ip link set va up
ip link set vb up
sleep 1.2 # linkwatch tells others of a carrier once a second
ip link show br0
ip link show va
ip -br link
ip link set va type bridge_slave hairpin on
ip link set vb type bridge_slave hairpin on
ip link set va nomaster
ip link show va
### mtu and addresses
ip link add va type veth peer name vb
ip link set vb mtu 1400
ip link set vb mtu 10
ip link set vb mtu 99999
ip link set vb mtu abc
ip link set vb mtu
ip link set vb address 02:00:00:00:00:09
ip link show vb
ip link set vb address zz
ip link set vb address 02:00:00:00:00:00:09
ip link set vb addr 2:0:0:0:0:A
ip link show vb
### mistakes
ip link set nodev up
ip link set
ip link set lo foo
ip link set lo name
ip link add foo type nonsense
ip link add
ip link add foo
ip link add abcdefghijklmnopq type bridge
ip link add 'a/b' type bridge
ip link add vv type veth peer name vv
ip link add vv type veth peer name lo
ip link add vx type veth peer foo bar
ip link add type bridge
ip link show bridge0 | grep -c bridge0
ip link set bridge0 master nodev
ip link add br1 type bridge
ip link set bridge0 master br1
ip link set lo master br1
ip link set lo netns nosuch
ip link del lo
ip link del br1 bridge0
ip link del nodev
ip link foo
ip link show nodev
### names that the kernel chooses
ip link add type veth
ip -br link | grep -c veth
ip link add v9 type veth
ip link show veth2 | grep -c veth2@v9
ip link del veth0
ip link show veth1
### routes of a link that goes down
ip link add va address 02:00:00:00:00:01 type veth peer name vb address 02:00:00:00:00:02
ip link set va up
ip link set vb up
ip addr add 10.0.0.1/24 dev va
ip route add 10.1.0.0/16 via 10.0.0.2
ip route
ip link set va down
ip route
ip route show table local
ip link set va up
sleep 1.2
ip link show type veth
ip route
ip link del vb
ip route
