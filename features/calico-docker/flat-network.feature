Feature: Is it a flat network?
  Kubernetes asks three things of a container network: all containers talk to each other without NAT, hosts and containers talk to
  each other without NAT, and the address that a container sees of itself is the one that others see. The notes list them
  under "small facts". Calico on Docker keeps them where its profiles let it, and gives them up at its borders.

  Background:
    Given the topology "calico-docker-web"

  Rule: Containers talk to each other without NAT

    Scenario: On one node
      When web1 pings web2
      Then it is answered and is not masqueraded
      And it is not translated

    Scenario: On two nodes
      When web1 pings web3
      Then it is answered and is not masqueraded
      And it is not translated

  Rule: Hosts and containers talk to each other without NAT, on the same host only

    Scenario: A container and its own host
      When web1 pings master
      Then it is answered and is not masqueraded

    Scenario: A host and its own container
      When master pings web1
      Then it is answered and is not masqueraded

    Scenario: A container and another host, with NAT
      When web1 pings slave1
      Then it is answered and is masqueraded on master as master

    Scenario: A host and another host's container, not at all
      When slave1 pings web1
      Then it is not answered

  Rule: The address that a container sees of itself is the one that other containers see

    Scenario: Other containers see it
      When web1 pings web3
      Then web3 sees it from web1

    Scenario: Others see the address of its host
      When web1 pings slave2
      Then slave2 sees it from master
