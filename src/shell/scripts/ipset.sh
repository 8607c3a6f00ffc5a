### sets and elements
ipset list
ipset create s hash:ip
ipset create s hash:ip
ipset create s hash:ip -exist
ipset -! create s hash:ip
ipset add s 10.0.0.1
ipset add s 10.0.0.1
ipset add s 10.0.0.1 -exist
ipset test s 10.0.0.1
ipset test s 10.0.0.2
ipset list -n
ipset list s | grep -v -E '^(Header|Size)'
ipset save s | grep add
ipset del s 10.0.0.9
ipset del s 10.0.0.1
ipset list | tail -n 1
ipset create n hash:net maxelem 100
ipset add n 10.0.0.0/8
ipset add n 192.168.1.0/24
ipset test n 10.1.2.3
ipset list n | grep -E '^[0-9]' | sort
ipset rename n m
ipset list -n
ipset create other hash:net
ipset swap m other
ipset list m | grep entries
ipset list other | grep entries
ipset flush other
ipset destroy other
ipset list -n
ipset destroy
ipset list -n
### mistakes
ipset create s hash:ip
ipset add nosuch 10.0.0.1
ipset add s foo
ipset list nosuch
ipset list nosuch -n
ipset destroy nosuch
ipset create t hash:foo
ipset foo
ipset
ipset create
ipset add s
ipset -q add nosuch 1.1.1.1
ipset -v
ipset rename nosuch t
ipset swap s nosuch
### a set that a rule uses
ipset create s hash:ip
iptables -A INPUT -m set --match-set nosuch src -j ACCEPT
iptables -A INPUT -m set --match-set s src -j ACCEPT
ipset list s | grep Ref
ipset destroy s
ipset rename s t
iptables -F
ipset destroy s
### restore
ipset restore <<'END'
create u hash:net
add u 10.0.0.0/8
END
ipset restore <<'END'
create u hash:net
END
ipset restore -exist <<'END'
create u hash:net
add u 10.0.0.0/8
END
ipset -! restore <<'END'
create u hash:net
END
ipset list -n
