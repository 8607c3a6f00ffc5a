/** What somebody does to one host: commands, rules, ip sets, sysctls. At once where the network runs already. */
import { checkTables } from '../src/topology/iptables-text.js';
import { TopologyError } from '../src/topology/mistake.js';
import { placed } from '../src/topology/text-part.js';
import type { TextPart } from '../src/topology/topology.js';
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
  if (this.describing) await this.change(node, { commands: [script] });
  else await this.act(node, script);
}

async function giveRules(this: NetWorld, node: string, text: string): Promise<void> {
  const part = partOf(text, this.feature);
  const mistakes = placed(part, checkTables(text));
  if (mistakes.length > 0) throw new TopologyError(mistakes);
  await this.change(node, { iptables: [part] });
}

/** What is wrong in them shows when they meet the sets that the node has already. */
async function giveSets(this: NetWorld, node: string, text: string): Promise<void> {
  await this.change(node, { ipsets: [partOf(text, this.feature)] });
}

async function setSysctl(this: NetWorld, key: string, value: string, node: string): Promise<void> {
  await this.change(node, { sysctls: [[key.replaceAll('/', '.'), value]] });
}

/** A doc string, with its place in the feature. */
function partOf(text: string, feature: Feature | undefined): TextPart {
  const { file, line, column } = docStringPlace(text, feature);
  return { text, source: file, line, column };
}
