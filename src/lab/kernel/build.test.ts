import { describe, it } from 'node:test';
import { expect } from 'chai';
import { network } from '../contract/network.js';
import { addressCommands, cableCommands, sysctlPath } from './build.js';

describe('the words of iproute2', () => {
  it('say everything about a namespace in the order in which it can be done', () => {
    const { namespaces } = network(['a eth0 10.0.1.2/24 10.0.1.3/24 in br0 hairpin = b eth0'], {
      a: {
        bridges: ['br0 10.0.2.1/24'],
        routes: ['default via 10.0.1.1 dev eth0 src 10.0.1.3 metric 5 table 7 onlink', 'blackhole 10.9.0.0/26'],
        rules: ['100 fwmark 0x1/0xff iif eth0 table 7'],
        neighbours: ['eth0 10.0.1.1 02:00:00:00:00:01'],
      },
    });
    expect(cableCommands(namespaces[0]!)).to.deep.equal([
      'link set dev lo up',
      'link set dev eth0 master br0',
      'link set dev eth0 type bridge_slave hairpin on',
      'link set dev eth0 up',
    ]);
    expect(addressCommands(namespaces[0]!)).to.deep.equal([
      'addr add 10.0.2.1/24 dev br0',
      'addr add 10.0.1.2/24 dev eth0',
      'addr add 10.0.1.3/24 dev eth0',
      'link set dev br0 up',
      'route append unicast default via 10.0.1.1 dev eth0 src 10.0.1.3 metric 5 table 7 onlink',
      'route append blackhole 10.9.0.0/26',
      'rule add priority 100 iif eth0 fwmark 0x1/0xff table 7',
      'neigh replace 10.0.1.1 lladdr 02:00:00:00:00:01 dev eth0 nud permanent',
    ]);
  });

  it('find the file of a setting, dots in device names included', () => {
    const files = {
      'net.ipv4.ip_forward': '/proc/sys/net/ipv4/ip_forward',
      'net.ipv4.conf.eth0.100.rp_filter': '/proc/sys/net/ipv4/conf/eth0.100/rp_filter',
      'net/ipv4/conf/eth0.100/rp_filter': '/proc/sys/net/ipv4/conf/eth0.100/rp_filter',
      'net.ipv4.neigh.cali1.proxy_delay': '/proc/sys/net/ipv4/neigh/cali1/proxy_delay',
      'net.bridge.bridge-nf-call-iptables': '/proc/sys/net/bridge/bridge-nf-call-iptables',
    };
    for (const [key, file] of Object.entries(files)) expect(sysctlPath(key)).to.equal(file);
  });
});
