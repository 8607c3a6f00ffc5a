Feature: A mark is a note on a packet
  MARK writes a number on a packet for the time that it is inside one host. `--set-xmark value/mask` clears the bits of the
  mask and then flips those of the value, so that with a mask that contains the value it sets, and with the mask 0 it toggles.

  Background: ann and bob are on two wires, and a router joins them
    Given the topology "one-router"

  Rule: --set-xmark clears, then flips

    Scenario: With the value in the mask it sets the bits and leaves the others
      Given router runs:
        """
        iptables -t mangle -A PREROUTING -j MARK --set-xmark 0xf0/0xffffffff
        iptables -t mangle -A PREROUTING -j MARK --set-xmark 0x1/0xf
        """
      When ann pings bob
      Then it carries mark 0xf1 after mangle PREROUTING on router

    Scenario: With the mask 0 it toggles
      Given router runs:
        """
        iptables -t mangle -A PREROUTING -j MARK --set-xmark 0x14000/0xffffffff
        iptables -t mangle -A PREROUTING -j MARK --set-xmark 0x4000/0x0
        """
      When ann pings bob
      Then it carries mark 0x10000 after mangle PREROUTING on router

    Scenario: With the value 0 it clears
      Given router runs:
        """
        iptables -t mangle -A PREROUTING -j MARK --set-xmark 0xff/0xffffffff
        iptables -t mangle -A PREROUTING -j MARK --set-xmark 0x0/0xf0
        """
      When ann pings bob
      Then it carries mark 0xf after mangle PREROUTING on router

  Rule: A mark stays inside the host, and on the packet

    Scenario: The next host sees none
      Given router runs:
        """
        iptables -t mangle -A PREROUTING -j MARK --set-xmark 0x1/0xffffffff
        """
      And bob runs:
        """
        iptables -A INPUT -m mark --mark 0x1 -j DROP
        """
      When ann pings bob
      Then it carries mark 0x1 after mangle POSTROUTING on router
      And it does not match rule 1 of INPUT on bob
      And it is answered

    Scenario: The reply has none either
      Given router runs:
        """
        iptables -t mangle -A PREROUTING -i eth0 -j MARK --set-xmark 0x1/0xffffffff
        """
      When ann pings bob
      Then the reply carries mark 0x0 after mangle POSTROUTING on router

    Scenario: CONNMARK keeps it for the whole connection
      Given router runs:
        """
        iptables -t mangle -A PREROUTING -j CONNMARK --restore-mark
        iptables -t mangle -A PREROUTING -i eth0 -j MARK --set-xmark 0x1/0xffffffff
        iptables -t mangle -A POSTROUTING -j CONNMARK --save-mark
        """
      When ann pings bob
      Then the reply carries mark 0x1 after mangle POSTROUTING on router

  Rule: A mark can choose the routing table

    Scenario: What is marked takes another way
      Given router runs:
        """
        iptables -t mangle -A PREROUTING -p icmp -j MARK --set-xmark 0x1/0xffffffff
        ip rule add fwmark 0x1 table 100
        ip route add blackhole default table 100
        """
      When ann pings bob
      Then it is dropped because of blackhole on router

    Scenario: What is not takes the usual one
      Given router runs:
        """
        iptables -t mangle -A PREROUTING -p icmp -j MARK --set-xmark 0x1/0xffffffff
        ip rule add fwmark 0x1 table 100
        ip route add blackhole default table 100
        """
      When ann connects to bob on port 80
      Then it is answered
