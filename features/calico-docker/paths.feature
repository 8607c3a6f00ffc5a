Feature: The path of a packet through tables, chains and rules
  The four ways through Calico's chains as tables to look things up in. A row says on which node, at which hook, in
  which table and chain a packet meets which rule; other rules may lie between.

  Background:
    Given the topology "calico-docker"
    And web1 on master and web2 on master and web3 on slave1

  Rule: From a node to its own container and back

    Scenario: The request
      When master pings web1
      Then it takes the path:
        | node   | hook        | table  | chain             | rule   |
        | master | OUTPUT      | raw    | cali-OUTPUT       |      1 |
        | master | OUTPUT      | nat    | cali-OUTPUT       |      1 |
        | master | OUTPUT      | filter | cali-OUTPUT       |      2 |
        | master | OUTPUT      | filter | OUTPUT            | policy |
        | master | POSTROUTING | nat    | cali-nat-outgoing | return |

    Scenario: The reply
      When master pings web1
      Then the reply takes the path:
        | node   | hook       | table  | chain                 | rule |
        | master | PREROUTING | raw    | cali-PREROUTING       |    2 |
        | master | PREROUTING | mangle | cali-PREROUTING       |    1 |
        | master | INPUT      | filter | cali-INPUT            |    2 |
        | master | INPUT      | filter | cali-wl-to-host       |    1 |
        | master | INPUT      | filter | cali-from-wl-dispatch |    1 |
        | master | INPUT      | filter | cali-fw-<web1>        |    1 |

  Rule: Between containers of one node

    Scenario: The request
      When web1 pings web2
      Then it takes the path:
        | node   | hook        | table  | chain                 | rule |
        | master | PREROUTING  | raw    | cali-PREROUTING       |    2 |
        | master | PREROUTING  | mangle | cali-PREROUTING       |    3 |
        | master | PREROUTING  | nat    | cali-PREROUTING       |    1 |
        | master | FORWARD     | filter | cali-FORWARD          |    1 |
        | master | FORWARD     | filter | cali-from-wl-dispatch |    1 |
        | master | FORWARD     | filter | cali-fw-<web1>        |    5 |
        | master | FORWARD     | filter | cali-FORWARD          |    2 |
        | master | FORWARD     | filter | cali-to-wl-dispatch   |    2 |
        | master | FORWARD     | filter | cali-tw-<web2>        |    5 |
        | master | FORWARD     | filter | cali-FORWARD          |    3 |
        | master | POSTROUTING | nat    | cali-POSTROUTING      |    2 |

  Rule: From a node to another node's container

    Scenario: The request, to its end
      When master pings web3
      Then it takes the path:
        | node   | hook    | table  | chain               | rule   |
        | master | OUTPUT  | filter | cali-OUTPUT         |      3 |
        | master | OUTPUT  | filter | cali-OUTPUT         |      4 |
        | slave1 | FORWARD | filter | cali-FORWARD        |      2 |
        | slave1 | FORWARD | filter | cali-to-wl-dispatch |      1 |
        | slave1 | FORWARD | filter | cali-pri-net1       | return |
        | slave1 | FORWARD | filter | cali-tw-<web3>      |      6 |

  Rule: Between containers of two nodes

    Scenario: The request
      When web1 pings web3
      Then it takes the path:
        | node   | hook        | table  | chain          | rule |
        | master | PREROUTING  | raw    | *              |      |
        | master | FORWARD     | filter | cali-fw-<web1> |    5 |
        | master | FORWARD     | filter | cali-FORWARD   |    3 |
        | master | POSTROUTING | nat    | *              |      |
        | slave1 | PREROUTING  | raw    | *              |      |
        | slave1 | FORWARD     | filter | cali-tw-<web3> |    5 |
        | slave1 | FORWARD     | filter | cali-FORWARD   |    4 |
        | slave1 | POSTROUTING | nat    | *              |      |

    Scenario: The reply
      When web1 pings web3
      Then the reply takes the path:
        | node   | hook    | table  | chain          | rule |
        | slave1 | FORWARD | filter | cali-fw-<web3> |    1 |
        | master | FORWARD | filter | cali-tw-<web1> |    1 |
