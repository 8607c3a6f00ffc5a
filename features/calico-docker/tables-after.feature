Feature: What a network and its containers change in the tables
  `docker network create` changes nothing on any node: Calico only notes the name. The first container makes the difference, and
  only in the filter table: two chains for the container, two for the profile of its network, and a line for it in each of
  the two dispatch chains. Everything else stays as it was.

  web1 has the interface of the notes, cali2bdb33ebbb0.

  Background: web1 and web2 run on master, web3 on slave1
    Given the topology "calico-docker-web"

  Rule: A container gets a chain for each direction

    Scenario: cali-tw- holds what is asked of packets to the container
      Then the filter table on master has:
        """
        -A cali-tw-cali2bdb33ebbb0 -m comment --comment "cali:oGw2UNKVQmOF0RYa" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A cali-tw-cali2bdb33ebbb0 -m comment --comment "cali:Bb20efcGZXN25cDB" -m conntrack --ctstate INVALID -j DROP
        -A cali-tw-cali2bdb33ebbb0 -m comment --comment "cali:8QUMTzoenMlBqFM5" -j MARK --set-xmark 0x0/0x1000000
        -A cali-tw-cali2bdb33ebbb0 -m comment --comment "cali:OHR4oyswRpxikQK9" -j cali-pri-net1
        -A cali-tw-cali2bdb33ebbb0 -m comment --comment "cali:PqmH6g9W17Ut006C" -m comment --comment "Return if profile accepted" -m mark --mark 0x1000000/0x1000000 -j RETURN
        -A cali-tw-cali2bdb33ebbb0 -m comment --comment "cali:TdpyZVdd_DHX5INP" -m comment --comment "Drop if no profiles matched" -j DROP
        """

    Scenario: cali-fw- holds what is asked of packets from the container
      The second line is the one of which the notes say that it deletes everything INVALID.

      Then the filter table on master has:
        """
        -A cali-fw-cali2bdb33ebbb0 -m comment --comment "cali:itvP3_OHixWGnRxZ" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A cali-fw-cali2bdb33ebbb0 -m comment --comment "cali:DFFsrMjLW8jAFQ7D" -m conntrack --ctstate INVALID -j DROP
        -A cali-fw-cali2bdb33ebbb0 -m comment --comment "cali:9ruWrE56a4cXDuEk" -j MARK --set-xmark 0x0/0x1000000
        -A cali-fw-cali2bdb33ebbb0 -m comment --comment "cali:2sOKl1aBsKAoOkth" -j cali-pro-net1
        -A cali-fw-cali2bdb33ebbb0 -m comment --comment "cali:A4JWsgZQcZhxW_y6" -m comment --comment "Return if profile accepted" -m mark --mark 0x1000000/0x1000000 -j RETURN
        -A cali-fw-cali2bdb33ebbb0 -m comment --comment "cali:DtFbkBYjkin2AGCh" -m comment --comment "Drop if no profiles matched" -j DROP
        """

    Scenario: The dispatch chains lead to them, in front of "Unknown interface"
      Then the filter table on master has:
        """
        -A cali-from-wl-dispatch -i <web1> -m comment --comment "cali:Clg6s-32v0IiA3he" -g cali-fw-<web1>
        -A cali-from-wl-dispatch -i <web2> -m comment --comment "cali:Acs_YBm-yPE9SDD8" -g cali-fw-<web2>
        -A cali-from-wl-dispatch -m comment --comment "cali:ZOW7HmGds-S3bq9T" -m comment --comment "Unknown interface" -j DROP
        -A cali-to-wl-dispatch -o <web1> -m comment --comment "cali:Y2fKnAXDMQPw8-xJ" -g cali-tw-<web1>
        -A cali-to-wl-dispatch -o <web2> -m comment --comment "cali:aJHwzrHyQR2jQLul" -g cali-tw-<web2>
        -A cali-to-wl-dispatch -m comment --comment "cali:1czrqEo3Iqja7mV3" -m comment --comment "Unknown interface" -j DROP
        """

    Scenario: Containers of one network share its profile, and nothing else
      Then the filter table on master has:
        """
        -N cali-fw-<web1>
        -N cali-fw-<web2>
        -N cali-pri-net1
        -N cali-pro-net1
        -N cali-tw-<web1>
        -N cali-tw-<web2>
        """

  Rule: A network becomes a profile, on the nodes that have a container of it

    Scenario: The profile lets members in and everything out
      Then the filter table on master has:
        """
        -N cali-pri-net1
        -N cali-pro-net1
        -A cali-pri-net1 -m comment --comment "cali:AP7YpkYt_W2JBYv7" -m set --match-set cali4-s:dmxNq1uG7U174OAEUuueUSA src -j MARK --set-xmark 0x1000000/0x1000000
        -A cali-pri-net1 -m comment --comment "cali:1wWqRP6dMu98wtTg" -m mark --mark 0x1000000/0x1000000 -j RETURN
        -A cali-pro-net1 -m comment --comment "cali:-FjZXqczFfMZwGVI" -j MARK --set-xmark 0x1000000/0x1000000
        -A cali-pro-net1 -m comment --comment "cali:nZ_SeBtWd1kVzmJT" -m mark --mark 0x1000000/0x1000000 -j RETURN
        """

    Scenario: A node without a container of the network is as it was before
      Then the filter table on slave2 is:
        """
        -P INPUT ACCEPT
        -P FORWARD DROP
        -P OUTPUT ACCEPT
        -N DOCKER
        -N DOCKER-ISOLATION-STAGE-1
        -N DOCKER-ISOLATION-STAGE-2
        -N DOCKER-USER
        -N cali-FORWARD
        -N cali-INPUT
        -N cali-OUTPUT
        -N cali-failsafe-in
        -N cali-failsafe-out
        -N cali-from-host-endpoint
        -N cali-from-wl-dispatch
        -N cali-to-host-endpoint
        -N cali-to-wl-dispatch
        -N cali-wl-to-host
        -A INPUT -m comment --comment "cali:Cz_u1IQiXIMmKD4c" -j cali-INPUT
        -A FORWARD -m comment --comment "cali:wUHhoiAYhphO9Mso" -j cali-FORWARD
        -A FORWARD -j DOCKER-USER
        -A FORWARD -j DOCKER-ISOLATION-STAGE-1
        -A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A FORWARD -o docker0 -j DOCKER
        -A FORWARD -i docker0 ! -o docker0 -j ACCEPT
        -A FORWARD -i docker0 -o docker0 -j ACCEPT
        -A OUTPUT -m comment --comment "cali:tVnHkvAo15HuiPy0" -j cali-OUTPUT
        -A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
        -A DOCKER-ISOLATION-STAGE-1 -j RETURN
        -A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
        -A DOCKER-ISOLATION-STAGE-2 -j RETURN
        -A DOCKER-USER -j RETURN
        -A cali-FORWARD -i cali+ -m comment --comment "cali:X3vB2lGcBrfkYquC" -j cali-from-wl-dispatch
        -A cali-FORWARD -o cali+ -m comment --comment "cali:UtJ9FnhBnFbyQMvU" -j cali-to-wl-dispatch
        -A cali-FORWARD -i cali+ -m comment --comment "cali:Tt19HcSdA5YIGSsw" -j ACCEPT
        -A cali-FORWARD -o cali+ -m comment --comment "cali:9LzfFCvnpC5_MYXm" -j ACCEPT
        -A cali-FORWARD -m comment --comment "cali:7AofLLOqCM5j36rM" -j MARK --set-xmark 0x0/0xe000000
        -A cali-FORWARD -m comment --comment "cali:QM1_joSl7tL76Az7" -m mark --mark 0x0/0x1000000 -j cali-from-host-endpoint
        -A cali-FORWARD -m comment --comment "cali:C1QSog3bk0AykjAO" -j cali-to-host-endpoint
        -A cali-FORWARD -m comment --comment "cali:DmFiPAmzcisqZcvo" -m comment --comment "Host endpoint policy accepted packet." -m mark --mark 0x1000000/0x1000000 -j ACCEPT
        -A cali-INPUT -m comment --comment "cali:i7okJZpS8VxaJB3n" -m mark --mark 0x1000000/0x1000000 -j ACCEPT
        -A cali-INPUT -i cali+ -m comment --comment "cali:JaoDb6CLdcGw8g0Y" -g cali-wl-to-host
        -A cali-INPUT -m comment --comment "cali:c5eKVW2VdKQ_LiSM" -j MARK --set-xmark 0x0/0xf000000
        -A cali-INPUT -m comment --comment "cali:hwQKYSlSCkpE_9uN" -j cali-from-host-endpoint
        -A cali-INPUT -m comment --comment "cali:ttp8-serzKCP-bKZ" -m comment --comment "Host endpoint policy accepted packet." -m mark --mark 0x1000000/0x1000000 -j ACCEPT
        -A cali-OUTPUT -m comment --comment "cali:YQSSJIsRcHjFbXaI" -m mark --mark 0x1000000/0x1000000 -j ACCEPT
        -A cali-OUTPUT -o cali+ -m comment --comment "cali:KRjBsKsBcFBYKCEw" -j RETURN
        -A cali-OUTPUT -m comment --comment "cali:3VKAQBcyUUW5kS_j" -j MARK --set-xmark 0x0/0xf000000
        -A cali-OUTPUT -m comment --comment "cali:Z1mBCSH1XHM6qq0k" -j cali-to-host-endpoint
        -A cali-OUTPUT -m comment --comment "cali:N0jyWt2RfBedKw3L" -m comment --comment "Host endpoint policy accepted packet." -m mark --mark 0x1000000/0x1000000 -j ACCEPT
        -A cali-failsafe-in -p tcp -m comment --comment "cali:wWFQM43tJU7wwnFZ" -m multiport --dports 22 -j ACCEPT
        -A cali-failsafe-in -p udp -m comment --comment "cali:LwNV--R8MjeUYacw" -m multiport --dports 68 -j ACCEPT
        -A cali-failsafe-out -p tcp -m comment --comment "cali:73bZKoyDfOpFwC2T" -m multiport --dports 2379 -j ACCEPT
        -A cali-failsafe-out -p tcp -m comment --comment "cali:QMFuWo6o-d9yOpNm" -m multiport --dports 2380 -j ACCEPT
        -A cali-failsafe-out -p tcp -m comment --comment "cali:Kup7QkrsdmfGX0uL" -m multiport --dports 4001 -j ACCEPT
        -A cali-failsafe-out -p tcp -m comment --comment "cali:xYYr5PEqDf_Pqfkv" -m multiport --dports 7001 -j ACCEPT
        -A cali-failsafe-out -p udp -m comment --comment "cali:nbWBvu4OtudVY60Q" -m multiport --dports 53 -j ACCEPT
        -A cali-failsafe-out -p udp -m comment --comment "cali:UxFu5cDK5En6dT3Y" -m multiport --dports 67 -j ACCEPT
        -A cali-from-wl-dispatch -m comment --comment "cali:zTj6P0TIgYvgz-md" -m comment --comment "Unknown interface" -j DROP
        -A cali-to-wl-dispatch -m comment --comment "cali:7KNphB1nNHw80nIO" -m comment --comment "Unknown interface" -j DROP
        -A cali-wl-to-host -m comment --comment "cali:Ee9Sbo10IpVujdIY" -j cali-from-wl-dispatch
        -A cali-wl-to-host -m comment --comment "cali:nSZbcOoG1xPONxb8" -m comment --comment "Configured DefaultEndpointToHostAction" -j ACCEPT
        """

  Rule: The other tables know nothing of containers

    Scenario: The nat table is as it was before
      Then the nat table on master is:
        """
        -P PREROUTING ACCEPT
        -P INPUT ACCEPT
        -P OUTPUT ACCEPT
        -P POSTROUTING ACCEPT
        -N DOCKER
        -N cali-OUTPUT
        -N cali-POSTROUTING
        -N cali-PREROUTING
        -N cali-fip-dnat
        -N cali-fip-snat
        -N cali-nat-outgoing
        -A PREROUTING -m comment --comment "cali:6gwbT8clXdHdC1b1" -j cali-PREROUTING
        -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
        -A OUTPUT -m comment --comment "cali:tVnHkvAo15HuiPy0" -j cali-OUTPUT
        -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
        -A POSTROUTING -m comment --comment "cali:O3lYWMrLQYEMJtB5" -j cali-POSTROUTING
        -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
        -A DOCKER -i docker0 -j RETURN
        -A cali-OUTPUT -m comment --comment "cali:GBTAv2p5CwevEyJm" -j cali-fip-dnat
        -A cali-POSTROUTING -m comment --comment "cali:Z-c7XtVd2Bq7s_hA" -j cali-fip-snat
        -A cali-POSTROUTING -m comment --comment "cali:nYKhEzDlr11Jccal" -j cali-nat-outgoing
        -A cali-PREROUTING -m comment --comment "cali:r6XmIziWUJsdOK6Z" -j cali-fip-dnat
        -A cali-nat-outgoing -m comment --comment "cali:Wd76s91357Uv7N3v" -m set --match-set cali4-masq-ipam-pools src -m set ! --match-set cali4-all-ipam-pools dst -j MASQUERADE
        """

    Scenario: The raw table is as it was before
      Then the raw table on master is:
        """
        -P PREROUTING ACCEPT
        -P OUTPUT ACCEPT
        -N cali-OUTPUT
        -N cali-PREROUTING
        -N cali-failsafe-in
        -N cali-failsafe-out
        -N cali-from-host-endpoint
        -N cali-to-host-endpoint
        -A PREROUTING -m comment --comment "cali:6gwbT8clXdHdC1b1" -j cali-PREROUTING
        -A OUTPUT -m comment --comment "cali:tVnHkvAo15HuiPy0" -j cali-OUTPUT
        -A cali-OUTPUT -m comment --comment "cali:WX1xZBEtmbS0Rhjs" -j MARK --set-xmark 0x0/0xf000000
        -A cali-OUTPUT -m comment --comment "cali:iE00ZyllJNXfrlg_" -j cali-to-host-endpoint
        -A cali-OUTPUT -m comment --comment "cali:Asois4hxp1rUxwJS" -m mark --mark 0x1000000/0x1000000 -j ACCEPT
        -A cali-PREROUTING -m comment --comment "cali:zatSDPVUhhPCk6Iy" -j MARK --set-xmark 0x0/0xf000000
        -A cali-PREROUTING -i cali+ -m comment --comment "cali:-ES4EW0vxFmM81t8" -j MARK --set-xmark 0x4000000/0x4000000
        -A cali-PREROUTING -m comment --comment "cali:VE1J3S_1t9q8GAsm" -m mark --mark 0x0/0x4000000 -j cali-from-host-endpoint
        -A cali-PREROUTING -m comment --comment "cali:VX8l4jKL9w89GXz5" -m mark --mark 0x1000000/0x1000000 -j ACCEPT
        -A cali-failsafe-in -p tcp -m comment --comment "cali:wWFQM43tJU7wwnFZ" -m multiport --dports 22 -j ACCEPT
        -A cali-failsafe-in -p udp -m comment --comment "cali:LwNV--R8MjeUYacw" -m multiport --dports 68 -j ACCEPT
        -A cali-failsafe-out -p tcp -m comment --comment "cali:73bZKoyDfOpFwC2T" -m multiport --dports 2379 -j ACCEPT
        -A cali-failsafe-out -p tcp -m comment --comment "cali:QMFuWo6o-d9yOpNm" -m multiport --dports 2380 -j ACCEPT
        -A cali-failsafe-out -p tcp -m comment --comment "cali:Kup7QkrsdmfGX0uL" -m multiport --dports 4001 -j ACCEPT
        -A cali-failsafe-out -p tcp -m comment --comment "cali:xYYr5PEqDf_Pqfkv" -m multiport --dports 7001 -j ACCEPT
        -A cali-failsafe-out -p udp -m comment --comment "cali:nbWBvu4OtudVY60Q" -m multiport --dports 53 -j ACCEPT
        -A cali-failsafe-out -p udp -m comment --comment "cali:UxFu5cDK5En6dT3Y" -m multiport --dports 67 -j ACCEPT
        """

    Scenario: The mangle table is as it was before
      Then the mangle table on master is:
        """
        -P PREROUTING ACCEPT
        -P INPUT ACCEPT
        -P FORWARD ACCEPT
        -P OUTPUT ACCEPT
        -P POSTROUTING ACCEPT
        -N cali-PREROUTING
        -N cali-failsafe-in
        -N cali-from-host-endpoint
        -A PREROUTING -m comment --comment "cali:6gwbT8clXdHdC1b1" -j cali-PREROUTING
        -A cali-PREROUTING -m comment --comment "cali:6BJqBjBC7crtA-7-" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A cali-PREROUTING -m comment --comment "cali:nE3PUa5RSRqBBvwx" -m mark --mark 0x1000000/0x1000000 -j ACCEPT
        -A cali-PREROUTING -i cali+ -m comment --comment "cali:qgFofvzQe6yJPouQ" -j ACCEPT
        -A cali-PREROUTING -m comment --comment "cali:o178eO5vvpj8e65z" -j cali-from-host-endpoint
        -A cali-PREROUTING -m comment --comment "cali:5TQcm-i_T8rVGEEa" -m comment --comment "Host endpoint policy accepted packet." -m mark --mark 0x1000000/0x1000000 -j ACCEPT
        -A cali-failsafe-in -p tcp -m comment --comment "cali:wWFQM43tJU7wwnFZ" -m multiport --dports 22 -j ACCEPT
        -A cali-failsafe-in -p udp -m comment --comment "cali:LwNV--R8MjeUYacw" -m multiport --dports 68 -j ACCEPT
        """
