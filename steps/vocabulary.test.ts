import { describe, it } from 'node:test';
import { loadConfiguration, loadSupport } from '@cucumber/cucumber/api';
import { expect } from 'chai';
import { CLAIMS } from '../src/journey/claims/table.js';

/** Every sentence of the public language, and some that look much like another. */
const SENTENCES = `
the topology "calico-docker"
the topology:
web1 on master and web3 on slave1
web1 on master
web9 in net2 on slave1
web1 on master with label app=web
web1 on master, web2 on master and web3 in net2 on slave1
master runs:
the iptables rules on master:
the ip sets on master:
the manifest:
net.ipv4.ip_forward is 0 on master
net.ipv4.conf.ens33.rp_filter is 1 on slave1
web1 pings web3
web1 pings 8.8.8.8
web1 connects to web3 on port 80
web1 sends udp to web3 on port 53
client connects to master on port 30000
web1 connects to test/pod2-service
web1 pigns web3
web1 conects to web3 on port 80
web1 connects web3
web1 sneds udp to web3 on port 53
300 seconds pass
1 second passes
it is answered
it is not answered
it is delivered to web3
it is dropped
it is dropped by rule 6 of cali-tw-<web1> on master
it is dropped by the FORWARD policy on node03
it is rejected with icmp-port-unreachable
it is refused
it is unreachable: "Destination Host Unreachable"
it has no route on node02
it is lost
it is undetermined by rule 3 of FOO on master
it passes cali-FORWARD and is not masqueraded
it passes cali-FORWARD on master
it passes cali-FORWARD, cali-from-wl-dispatch, cali-to-wl-dispatch
it does not pass cali-nat-outgoing
it matches rule 1 of cali-nat-outgoing on master
it does not match rule 1 of cali-nat-outgoing on master
it is masqueraded on master as 172.16.91.225
it is not masqueraded
it is translated to 10.244.166.159:80
web3 sees it from web1
web3 sees the reply from web1
web3 does not see it from web1
it leaves master by ens33 via slave1
it leaves master by tunl0
it carries mark 0x4000 after nat PREROUTING on master
the reply passes INPUT on master and is not masqueraded
the error is delivered to web1
it takes the path:
it is traced on master as:
the reply is traced on master as:
the reply is traced in nat and filter on master as:
it is traced in raw, mangle and nat on master as:
conntrack on master lists:
conntrack on master lists nothing
the filter table on master is:
the nat table on master has:
the routes on master are:
the reachability is:
it prints:
it prints nothing
it fails with "Network is unreachable"
拓扑 "calico-docker"
拓扑：
拓扑:
master 上有 web1，slave1 上有 web3
master 上有 web1 和 web2
slave1 上有 net2 网络的 web9
master 执行：
master 上的 iptables 规则：
master 上的 ip set：
master 上 net.ipv4.ip_forward 为 0
web1 ping web3
web1 ping 8.8.8.8
web1 连接 web3 的 80 端口
web1 连接 test/pod2-service
web1 向 web3 的 53 端口发送 udp
经过 300 秒
它经过 cali-FORWARD 且没有被 masquerade
它 在 master 上经过 cali-FORWARD
应答在 master 上经过 INPUT
web3 看到它来自 web1
它走过的路径：
它在 master 上的 TRACE：
它在 master 上 nat 和 filter 表的 TRACE：
master 上的 filter 表是：
master 上的 nat 表包含：
master 上的路由是：
master 上的 conntrack 列出：
master 上的 conntrack 为空
可达性是：
输出是：
没有输出
失败并提示 "Network is unreachable"
`
  .trim()
  .split('\n');

interface StepDefinition {
  readonly pattern: string | RegExp;
  matchesStepName(sentence: string): boolean;
}

const { runConfiguration } = await loadConfiguration();
const support = await loadSupport({
  ...runConfiguration,
  // The loader of TypeScript is running already.
  support: { ...runConfiguration.support, loaders: [] },
});
// The published type of the library keeps its step definitions to itself.
const { stepDefinitions } = support as unknown as { stepDefinitions: readonly StepDefinition[] };

function matching(sentence: string): string[] {
  return stepDefinitions.filter((step) => step.matchesStepName(sentence)).map(({ pattern }) => String(pattern));
}

describe('the sentences', () => {
  const examples = CLAIMS.map(({ example }) => example);
  for (const sentence of [...new Set([...SENTENCES, ...examples])]) {
    it(`means one thing: ${sentence}`, () => {
      expect(matching(sentence)).to.have.lengthOf(1);
    });
  }

  it('are about thirty patterns in English', () => {
    const english = stepDefinitions.filter(({ pattern }) => !/\p{Script=Han}|zh/u.test(String(pattern)));
    expect(english.length).to.be.within(24, 34);
  });

  it('has no pattern that no example uses', () => {
    const used = new Set([...SENTENCES, ...examples].flatMap(matching));
    const idle = stepDefinitions.map(({ pattern }) => String(pattern)).filter((pattern) => !used.has(pattern));
    expect(idle).to.deep.equal([]);
  });
});
