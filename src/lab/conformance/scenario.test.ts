import { describe, it } from 'node:test';
import { expect } from 'chai';
import { ping, run } from '../contract/contract.js';
import type { ConformanceCase } from './case.js';
import { differencesOf } from './compare.js';
import { observe, openSimulated } from './observe.js';
import { contractCaseOf, scenarioOf } from './scenario.js';

const CASE: ConformanceCase = {
  cables: ['a eth0 10.0.1.2/24 = b eth0 10.0.1.3/24'],
  words: { a: {}, b: { listens: ['tcp 80', 'udp 53'], iptables: { filter: ['-A INPUT -p icmp -j REJECT'] } } },
  steps: [run('b', 'conntrack -F'), ping('a', '10.0.1.3')],
};

describe('a case in words', () => {
  it('is a scenario that says how to build the network, what happens, and what the kernel answered', async () => {
    const seen = await observe(CASE, openSimulated);
    const parted = seen.map((one, place) => (place === 1 ? { ...one, lines: ['answered'] } : one));
    const verdict = { kernel: seen, simulated: parted, differences: differencesOf(seen, parted) };
    expect(scenarioOf(CASE, verdict, '1:2').split('\n')).to.deep.equal([
      'Scenario: The kernel and the simulator part (conformance case 1:2)',
      '  Given the topology:',
      '    """',
      '    nodes: { host: { interfaces: { spare0: 192.0.2.1/24 } } }',
      '    """',
      '  And host runs:',
      '    """',
      '    # namespaces',
      '    ip netns add a',
      '    ip -n a link set lo up',
      '    ip netns add b',
      '    ip -n b link set lo up',
      '    # links, in the order in which each namespace registers them',
      '    ip link add name eth0 netns a type veth peer name eth0 netns b',
      '    # a, node',
      '    ip -n a addr add 10.0.1.2/24 dev eth0',
      '    ip -n a link set dev eth0 up',
      '    # b, node',
      '    ip -n b addr add 10.0.1.3/24 dev eth0',
      '    ip -n b link set dev eth0 up',
      "    ip netns exec b iptables-restore <<'END'",
      '    *filter',
      '    :INPUT ACCEPT [0:0]',
      '    :FORWARD ACCEPT [0:0]',
      '    :OUTPUT ACCEPT [0:0]',
      '    -A INPUT -p icmp -j REJECT',
      '    COMMIT',
      '    END',
      '    ip netns exec b nc -l -k 80 &',
      '    """',
      '  # b echoes what comes to port 53/udp of every address',
      '  When b runs:',
      '    """',
      '    conntrack -F',
      '    """',
      '  When a pings 10.0.1.3',
      '  Then it is rejected with icmp-port-unreachable',
      '  And it is traced on b as:',
      '    """',
      '    filter:INPUT:rule:1 IN=eth0 OUT= SRC=10.0.1.2 DST=10.0.1.3 LEN=84 TOS=0x00 TTL=64',
      '    """',
      '  And the error is traced on b as:',
      '    """',
      '    filter:OUTPUT:policy:1 IN= OUT=eth0 SRC=10.0.1.3 DST=10.0.1.2 LEN=112 TOS=0x00 TTL=64 SRC=10.0.1.2 DST=10.0.1.3 LEN=84 TOS=0x00 TTL=64',
      '    """',
      '  # ping a > 10.0.1.3',
      '  #   the kernel:    error: Destination Port Unreachable',
      '  #   the simulator: answered',
    ]);
  });

  it('is TypeScript for the contract', () => {
    expect(contractCaseOf(CASE)).to.equal(
      'blueprint: network(["a eth0 10.0.1.2/24 = b eth0 10.0.1.3/24"], ' +
        '{"a":{},"b":{"listens":["tcp 80","udp 53"],"iptables":{"filter":["-A INPUT -p icmp -j REJECT"]}}}),\n' +
        'steps: [run("b", "conntrack -F"), ping("a", "10.0.1.3")],',
    );
  });
});
