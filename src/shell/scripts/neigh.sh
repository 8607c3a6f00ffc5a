### entries
ip link add va type veth peer name vb
ip link set va up
ip link set vb up
ip neigh
ip neigh add 10.0.0.5 lladdr 02:00:00:00:00:09 dev va
ip neigh
ip n show dev va
ip neigh add 10.0.0.5 lladdr 02:00:00:00:00:09 dev va
ip neigh replace 10.0.0.5 lladdr 02:00:00:00:00:0a dev va
ip neigh show 10.0.0.5
ip neigh show nud permanent
ip neigh show nud stale
ip neigh add 10.0.0.6 lladdr 02:00:00:00:00:09 dev vb nud reachable
ip neigh show dev vb
ip neigh replace 10.0.0.6 lladdr 02:00:00:00:00:09 dev vb nud stale
ip neigh | sort
ip neigh show 10.0.0.0/24 | sort
ip neigh flush dev vb
ip neigh
ip neigh flush all
ip neigh
ip neigh del 10.0.0.5 dev va
ip neigh del 10.0.0.5 dev va
ip neigh add 10.0.0.5 lladdr 02:00:00:00:00:09 dev va
ip neigh flush dev va nud permanent
ip neigh
### mistakes
ip neigh add 10.0.0.9 lladdr 02:00:00:00:00:0a
ip neigh add 10.0.0.9 lladdr zz dev lo
ip neigh add 10.0.0.9 lladdr 02:00:00:00:00:0a dev nodev
ip neigh change 10.0.0.99 lladdr 02:00:00:00:00:0a dev lo
ip neigh add 10.0.0.9 lladdr 02:00:00:00:00:0a dev lo nud foo
ip neigh flush
ip neigh foo
ip neigh show dev nodev
