/** What somebody does to one host: commands, rules, ip sets, sysctls. At once where the network runs already. */
import { checkIpsets } from '../src/topology/ipset-text.js';
import { checkTables } from '../src/topology/iptables-text.js';
import { TopologyError } from '../src/topology/mistake.js';
import { Given } from './dsl.js';
import { docStringPlace, type Feature } from './topologies.js';
import type { NetWorld } from './world.js';

Given('{node} runs:', runs);
Given('{node} 执行:/执行：', runs);

Given('the iptables rules on {node}:', giveRules);
Given('{node} 上的 iptables 规则:/规则：', giveRules);

Given('the ip sets on {node}:', giveSets);
Given('{node} 上的 ip set:/set：', giveSets);

Given('{sysctl} is {value} on {node}', setSysctl);
Given('{node} 上 {sysctl} 为 {value}', function (node, key, value) {
  return setSysctl.call(this, key, value, node);
});

async function runs(this: NetWorld, node: string, script: string): Promise<void> {
  await this.change(node, { commands: [script] });
}

async function giveRules(this: NetWorld, node: string, text: string): Promise<void> {
  refuse(checkTables(text), text, this.feature);
  await this.change(node, { iptables: [{ text, source: 'the scenario' }] });
}

async function giveSets(this: NetWorld, node: string, text: string): Promise<void> {
  refuse(checkIpsets(text), text, this.feature);
  await this.change(node, { ipsets: [{ text, source: 'the scenario' }] });
}

async function setSysctl(this: NetWorld, key: string, value: string, node: string): Promise<void> {
  await this.change(node, { sysctls: [[key.replaceAll('/', '.'), value]] });
}

/** Tells the mistakes of a doc string with their places in the feature. */
function refuse(mistakes: ReturnType<typeof checkTables>, text: string, feature: Feature | undefined): void {
  if (mistakes.length === 0) return;
  const { file, line, column } = docStringPlace(text, feature);
  const placed = mistakes.map((one) => ({ ...one, file, line: one.line + line - 1, column: one.column + column - 1 }));
  throw new TopologyError(placed);
}
