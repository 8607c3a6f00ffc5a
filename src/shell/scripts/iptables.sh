### a fresh namespace
iptables-save | grep -v "^#"
iptables -S
iptables-save | grep -v "^#"
iptables -t nat -L -n -v --line-numbers
iptables -nL
iptables -nvxL
### append, insert, replace, delete, check
iptables -A INPUT -s 10.0.0.0/8 -p tcp --dport 80 -j ACCEPT
iptables -A INPUT -i eth0 -j DROP
iptables -I INPUT -p icmp -j ACCEPT
iptables -I INPUT 2 -p udp -m udp --dport 53 -j RETURN
iptables -S
iptables -R INPUT 1 -p icmp -j DROP
iptables -C INPUT -p icmp -j DROP && echo there
iptables -C INPUT -p icmp -j ACCEPT || echo not there
iptables -D INPUT 2
iptables -D INPUT -i eth0 -j DROP
iptables -D INPUT -i eth0 -j DROP
iptables -nvL --line-numbers
iptables -A INPUT -c 1 2 -s 10.0.0.1 -j ACCEPT
iptables -nvL INPUT
iptables -nvL INPUT -x
iptables -L INPUT 2 -n
iptables -S INPUT 2
iptables -vS
iptables -Z INPUT 3
iptables -nvL INPUT
iptables -A INPUT -s 10.0.0.1,10.0.0.2 -d 10.0.0.3,10.0.0.4 -j ACCEPT
iptables -S INPUT
iptables -F INPUT
iptables -S
### chains
iptables -N web
iptables -N web
iptables -A web -j RETURN
iptables -A FORWARD -j web
iptables -A FORWARD -g web
iptables -nL
iptables -X web
iptables -F web
iptables -X web
iptables -E web www
iptables -S
iptables -F
iptables -X
iptables -S
iptables -P FORWARD DROP
iptables -P FORWARD -v DROP
iptables -S FORWARD
iptables -L FORWARD -n
iptables -t nat -N x
iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -j x
iptables -t nat -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
iptables -t nat -A x -p tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
iptables -t nat -S
iptables -t nat -nvL
iptables -t nat -F POSTROUTING
iptables -t nat -S POSTROUTING
### spellings of the command line
iptables --append INPUT --jump ACCEPT
iptables -j DROP -A INPUT
iptables -p tcp -A INPUT --dport 80 -j ACCEPT
iptables -A INPUT -j ACCEPT -t nat
iptables -w -A INPUT -m comment --comment "-A is no command" -j ACCEPT
iptables -w 5 -L INPUT -n
iptables --wait 5 -nL INPUT
iptables -w5 -nL INPUT
iptables -L INPUT -n -w
iptables -L INPUT -n -w 5
iptables -tnat -nL INPUT
iptables --table=nat -n --list=INPUT
iptables -nLINPUT
iptables -nvL --line
iptables -L -n --exact
iptables --list-rules
iptables -t filter -t nat -S
iptables -V
iptables -4 -nL OUTPUT
iptables -L -Z -n
iptables -Z -nL OUTPUT
iptables -v -F
iptables -v -Z INPUT
iptables -N foo
iptables -v -X foo
### mistakes
iptables
iptables -n
iptables -x
iptables foo
iptables --foo
iptables -t foo -L
iptables -t
iptables -A
iptables -A INPUT -j
iptables -A INPUT -j FOO
iptables -A FOO -j ACCEPT
iptables -A INPUT -A OUTPUT
iptables -A INPUT -F
iptables -L -A INPUT
iptables -L INPUT OUTPUT
iptables -L -p tcp
iptables -L -i eth0
iptables -L foo -n
iptables -S foo
iptables -N -j
iptables -N ACCEPT
iptables -P FORWARD
iptables -P FORWARD FOO
iptables -P foo ACCEPT
iptables -D INPUT
iptables -D INPUT 77
iptables -R INPUT 1
iptables -R INPUT 1 -j ACCEPT
iptables -R INPUT
iptables -I INPUT 0 -j ACCEPT
iptables -I INPUT 10 -j ACCEPT
iptables -D INPUT 0
iptables -E a
iptables -E a b
iptables -X INPUT
iptables -F foo
iptables -Z INPUT 1
iptables -A INPUT foo
iptables -A INPUT -j ACCEPT foo
iptables -S -n
iptables -S --line-numbers
iptables -A INPUT -n -j ACCEPT
iptables -F -n
iptables -A INPUT -j ACCEPT -m
iptables -m tcp -A INPUT -j ACCEPT
iptables -A INPUT -p tcp --dprt 80 -j ACCEPT
iptables -A INPUT -p tcp --dport http2 -j ACCEPT
iptables -A INPUT -s 10.0.0.256 -j ACCEPT
iptables -A INPUT -o eth0 -j ACCEPT
iptables -t nat -A POSTROUTING -j DROP
iptables -t nat -P POSTROUTING DROP
iptables -A INPUT -j MASQUERADE
iptables -t nat -A PREROUTING -j MASQUERADE
iptables -A INPUT -j OUTPUT
iptables -A INPUT -c 1 -j ACCEPT
iptables -W 100 -L INPUT
iptables -6 -L
iptables -S
### a loop
iptables -N a
iptables -N b
iptables -A a -j b
iptables -A b -j a
iptables -A INPUT -j a
iptables -S
### save
iptables -A INPUT -c 3 4 -p tcp -j ACCEPT
iptables -N u
iptables -t nat -S > /dev/null
iptables-save | grep -v '^#'
iptables-save -c | grep -v '^#'
iptables-save -t nat | grep -v '^#'
iptables-save -t foo
iptables-save foo
iptables-save -t raw -c | grep -v '^#'
### restore
iptables-restore <<'END'
*filter
:INPUT DROP [0:0]
-A INPUT -j ACCEPT
COMMIT
END
iptables -S
iptables-restore -n <<'END'
*filter
:INPUT ACCEPT [5:6]
:X - [0:0]
[1:2] -A INPUT -j X
COMMIT
END
iptables -nvL
iptables-restore -n -c <<'END'
*filter
[3:4] -A INPUT -j X
COMMIT
END
iptables -nvL
iptables-restore -c <<'END'
*filter
:INPUT ACCEPT [5:6]
[3:4] -A INPUT -j ACCEPT
COMMIT
END
iptables -nvL INPUT
iptables-restore --test <<'END'
*filter
-F
COMMIT
END
iptables -S
iptables -P OUTPUT DROP
iptables-restore <<'END'
*filter
-A OUTPUT -j ACCEPT
COMMIT
*nat
-A OUTPUT -j ACCEPT
COMMIT
END
iptables -S
iptables-restore -T nat <<'END'
*filter
-A OUTPUT -j DROP
COMMIT
*nat
-A POSTROUTING -j ACCEPT
COMMIT
END
iptables-save | grep -v '^#'
iptables-restore -w 5 -n <<'END'
*filter
-I OUTPUT 1 -j DROP
-D OUTPUT 2
-N Y
-A Y -j RETURN
-P INPUT DROP
COMMIT
END
iptables -S
iptables-restore -n <<'END'
*filter
:Y - [0:0]
COMMIT
END
iptables -S
iptables-restore < /dev/null
iptables-save > /run/rules
iptables -F
iptables-restore /run/rules
iptables -S
iptables-restore < /run/rules
iptables -S
### mistakes of a restore, and what stays
iptables-restore <<'END'
*filter
-A INPUT -j DROP
COMMIT
*nat
-A OUTPUT -j ACCEPT
-A FOO -j ACCEPT
COMMIT
END
iptables-save | grep -v '^#'
iptables-restore <<'END'
*filter
-A INPUT --foo -j ACCEPT
COMMIT
END
iptables-restore <<'END'
*filter
-A INPUT -j ACCEPT
END
iptables-restore <<'END'
foo
END
iptables-restore <<'END'
*foo
COMMIT
END
iptables-restore <<'END'
*filter
:INPUT FOO
COMMIT
END
iptables-restore <<'END'
*filter
:INPUT
COMMIT
END
iptables-restore <<'END'
*filter
-A INPUT -t nat -j ACCEPT
COMMIT
END
iptables-restore /nosuch
iptables -S
### names
iptables -A INPUT -s 127.0.0.1 -d 127.0.0.0/8 -j ACCEPT
iptables -A INPUT -s 169.254.0.0/16 -d 169.254.1.1
iptables -A INPUT ! -s 10.0.0.0/8 ! -d 10.0.0.1
iptables -A INPUT ! -p udp -s 10.0.0.0/255.0.255.0
iptables -A INPUT -p tcp --dport 80 --sport 1024:65535
iptables -A INPUT -p udp --dport 53
iptables -A INPUT -p udp --dport 80
iptables -A INPUT -p tcp ! --dport 22:23
iptables -A INPUT -p tcp --dport 12345
iptables -A INPUT -p tcp -m multiport --dports 80,443,8000:8080
iptables -A INPUT -p udp -m multiport ! --ports 53,123
iptables -A INPUT -p icmp --icmp-type 8
iptables -A INPUT -p icmp --icmp-type 3/1
iptables -A INPUT -p icmp ! --icmp-type any
iptables -A INPUT -p icmp --icmp-type 40
iptables -A INPUT -p icmp
iptables -A INPUT -p 4
iptables -A INPUT -p 47
iptables -A INPUT -p 200
iptables -A INPUT -i eth0 -m conntrack --ctstate NEW
iptables -A INPUT -p tcp --tcp-flags SYN,ACK SYN -j LOG --log-prefix x --log-uid
iptables -t nat -A OUTPUT -p tcp -j DNAT --to 127.0.0.1:80
iptables -t nat -A OUTPUT -p tcp -j REDIRECT --to-ports 80
iptables -t nat -A POSTROUTING -p tcp -j MASQUERADE --to-ports 80-90
iptables -A FORWARD -i abcdefghijk ! -o eth0 -c 123456 99999999999999 -j ACCEPT
iptables -L
iptables -L -v
iptables -nvL
iptables -nvxL --line
iptables -t nat -L
### policy counters start anew with every edit
iptables-restore -c <<'END'
*filter
:INPUT ACCEPT [5:6]
:u - [0:0]
[3:4] -A INPUT -j ACCEPT
COMMIT
END
iptables -S > /dev/null
iptables-save -c | grep -E '^(:|\[)'
iptables -A FORWARD -j ACCEPT
iptables-save -c | grep -E '^(:|\[)'
