Feature: Who reaches whom
  The whole story in two tables. Rows send, columns receive. `ok` is answered, `dropped` was thrown away without a word, on the way or
  at the door, `refused` came to a host where nothing listens on that port. The `-` of those outside means that their router knows no
  route, and says so for the first few: routers limit how often they complain.

  Background:
    Given the topology "calico-docker"
    And web1 on master and web2 on master and web3 on slave1 and web9 in net2 on slave1

  Rule: Containers reach their network, all nodes and the outside; nodes reach only their own containers

    Scenario: Pings
      Then the reachability is:
        |          | master | slave1 | web1    | web2    | web3    | web9    | internet |
        | master   | ok     | ok     | ok      | ok      | dropped | dropped | ok       |
        | slave1   | ok     | ok     | dropped | dropped | ok      | ok      | ok       |
        | slave2   | ok     | ok     | dropped | dropped | dropped | dropped | ok       |
        | web1     | ok     | ok     | ok      | ok      | ok      | dropped | ok       |
        | web3     | ok     | ok     | ok      | ok      | ok      | dropped | ok       |
        | web9     | ok     | ok     | dropped | dropped | dropped | ok      | ok       |
        | client   | ok     | ok     | -       | -       | -       | -       | ok       |
        | internet | ok     | ok     | -       | -       | -       | -       | ok       |

  Rule: For TCP the same holds, and nodes listen on nothing

    Scenario: Web servers
      Then the reachability is:
        | 80/tcp | master  | slave1  | web1    | web3    | web9    |
        | master | refused | refused | ok      | dropped | dropped |
        | slave1 | refused | refused | dropped | ok      | ok      |
        | web1   | refused | refused | ok      | ok      | dropped |
        | web3   | refused | refused | ok      | ok      | dropped |
        | web9   | refused | refused | dropped | dropped | ok      |
        | client | refused | refused | -       | -       | -       |
