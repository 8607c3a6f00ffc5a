### show and set
sysctl net.ipv4.ip_forward
sysctl -n net.ipv4.ip_forward
sysctl -w net.ipv4.ip_forward=1
sysctl net.ipv4.ip_forward=1
sysctl -q net.ipv4.ip_forward=1
sysctl -n -w net.ipv4.ip_forward=0
sysctl net/ipv4/ip_forward
sysctl -N net.ipv4.ip_forward
sysctl net.ipv4.conf.lo.forwarding net.ipv4.conf.all.rp_filter net.ipv4.ip_forward
### mistakes
sysctl -w net.ipv4.ip_forward
sysctl net.ipv4.ip_forward=abc
sysctl net.ipv4.ip_forwrd
sysctl net.ipv4.ip_forwrd=1
sysctl -e net.ipv4.ip_forwrd=1
sysctl net.ipv4.conf.nodev.forwarding=1
sysctl
### ip_forward is conf.all.forwarding, and overwrites every interface
sysctl -w net.ipv4.ip_forward=1
sysctl -a | grep -E 'ipv4.conf\.(all|default|lo)\.(forwarding|accept_redirects)'
sysctl -w net.ipv4.conf.lo.forwarding=0
sysctl net.ipv4.ip_forward
sysctl -w net.ipv4.conf.all.forwarding=0
sysctl -a | grep -E 'ipv4.conf\.(all|default|lo)\.(forwarding|accept_redirects)'
### proc
cat /proc/sys/net/ipv4/ip_forward
echo 1 > /proc/sys/net/ipv4/ip_forward; cat /proc/sys/net/ipv4/ip_forward
echo abc > /proc/sys/net/ipv4/ip_forward
echo 1 > /proc/sys/net/ipv4/foo
cat /proc/sys/net/ipv4/foo
cat /proc/sys/net/ipv4
### load
cat > /run/sysctl.conf <<'END'
# comment
net.ipv4.ip_forward = 1
; another

net.ipv4.conf.lo.rp_filter=2
END
sysctl -p /run/sysctl.conf
sysctl -p /nosuch
sysctl net.ipv4.conf.lo.rp_filter
