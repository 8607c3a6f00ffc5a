Feature: Between docker0 and ens33 there is only ip_forward
  A host forwards packets from one interface to another only if net.ipv4.ip_forward is 1. Docker sets it when it starts. Where somebody
  set it before, Docker leaves the FORWARD policy alone, too: that is why one host drops by policy and another does not.

  The note looks at it first, and tries it out at the end. It is right: with 0 the packet ends between docker0 and ens33.

  The note writes the setting into /etc/sysctl.conf. Here another file stands for it, since nobody's /etc is ours to change.

  Background: a-slave1 lets everything through
    Given the topology "two-hosts-routed"
    And m-web2 on a-master
    And a-slave1 runs:
      """
      iptables -P FORWARD ACCEPT
      """

  Rule: One asks sysctl whether it is on

    Scenario: After Docker has started, it is
      When a-master runs:
        """
        sysctl -a | grep net.ipv4.ip_forward
        """
      Then it prints:
        """
        net.ipv4.ip_forward = 1
        ...
        """

    Scenario: Off
      When a-master runs:
        """
        sysctl -w net.ipv4.ip_forward=0
        sysctl -a | grep net.ipv4.ip_forward
        """
      Then it prints:
        """
        net.ipv4.ip_forward = 0
        net.ipv4.ip_forward = 0
        ...
        """

    Scenario: On again, as in the note
      Given net.ipv4.ip_forward is 0 on a-master
      When a-master runs:
        """
        echo "net.ipv4.ip_forward=1" >> /run/sysctl.conf
        sysctl -p /run/sysctl.conf
        """
      Then it prints:
        """
        net.ipv4.ip_forward = 1
        """
      When m-web1 pings s-web1
      Then it is answered

  Rule: Both hosts have to forward

    Scenario: With 1 on both it is answered
      When m-web1 pings s-web1
      Then it is answered

    Scenario: With 0 on a-master the request ends between docker0 and ens33
      Given net.ipv4.ip_forward is 0 on a-master
      When m-web1 pings s-web1
      Then it is dropped because of forwarding-disabled on a-master
      And it passes PREROUTING on a-master
      And it does not pass FORWARD on a-master
      And it is lost

    Scenario: With 0 on a-slave1 it ends one host later
      Given net.ipv4.ip_forward is 0 on a-slave1
      When m-web1 pings s-web1
      Then it leaves a-master by ens33 via a-slave1
      And it is dropped because of forwarding-disabled on a-slave1
      And it is lost

    Scenario: With 0 nobody complains, and a REJECT rule would never be asked
      Given net.ipv4.ip_forward is 0 on a-slave1
      And a-slave1 runs:
        """
        iptables -I FORWARD -j REJECT
        """
      When m-web1 pings s-web1
      Then it is lost

  Rule: What is not forwarded does not need it

    Background:
      Given net.ipv4.ip_forward is 0 on a-master

    Scenario: The host's own address, from a container
      When m-web1 pings a-master
      Then it is answered

    Scenario: A container, from its host
      When a-master pings m-web1
      Then it is answered

    Scenario: Two containers on one bridge
      When m-web1 pings m-web2
      Then it is answered

    Scenario: The other host, from the host
      When a-master pings s-web1
      Then it is answered
