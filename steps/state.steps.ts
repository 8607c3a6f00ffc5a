/** The state of one host, as its own commands print it. */
import type { TableName } from '../src/netfilter/hooks.js';
import { missingEntry } from './conntrack-lines.js';
import { Then } from './dsl.js';
import { Unmet } from './expectations.js';
import { firstDifference, firstMissing, plainLines, ruleLines, sameKinds } from './lines.js';
import { withNames } from './names.js';
import type { NetWorld } from './world.js';

Then('the {table} table on {node} is:', tableIs);
Then('{node} 上的 {table} 表是:/表是：', function (node, table, text: string) {
  return tableIs.call(this, table, node, text);
});

Then('the {table} table on {node} has:', tableHas);
Then('{node} 上的 {table} 表包含:/表包含：', function (node, table, text: string) {
  return tableHas.call(this, table, node, text);
});

Then('the routes on {node} are:', routesAre);
Then('{node} 上的路由是:/上的路由是：', routesAre);

Then('conntrack on {node} lists:', conntrackLists);
Then('{node} 上的 conntrack 列出:/列出：', conntrackLists);

Then('conntrack on {node} lists nothing', conntrackIsEmpty);
Then('{node} 上的 conntrack 为空', conntrackIsEmpty);

async function tableIs(this: NetWorld, table: TableName, node: string, text: string): Promise<void> {
  const { expected, actual } = await rulesOf(this, table, node, text);
  report(`the ${table} table on ${node} is:`, firstDifference(expected, sameKinds(expected, actual)));
}

async function tableHas(this: NetWorld, table: TableName, node: string, text: string): Promise<void> {
  const { expected, actual } = await rulesOf(this, table, node, text);
  report(`the ${table} table on ${node} has:`, firstMissing(expected, actual));
}

async function routesAre(this: NetWorld, node: string, text: string): Promise<void> {
  const { expected, actual } = await both(this, node, 'ip route', text);
  report(`the routes on ${node} are:`, firstDifference(plainLines(expected), plainLines(actual)));
}

async function conntrackLists(this: NetWorld, node: string, text: string): Promise<void> {
  const { expected, actual } = await both(this, node, CONNTRACK, text);
  const missing = missingEntry(plainLines(expected), plainLines(actual));
  const there = plainLines(actual).map((line) => `  ${line}`);
  const story = [`  expected  ${missing}`, '  happened  no entry is like that', '', 'there is:', ...there].join('\n');
  report(`conntrack on ${node} lists:`, missing === undefined ? undefined : story);
}

async function conntrackIsEmpty(this: NetWorld, node: string): Promise<void> {
  const { actual } = await both(this, node, CONNTRACK, '');
  report(`conntrack on ${node} lists nothing`, plainLines(actual).length === 0 ? undefined : `it lists:\n${actual}`);
}

const CONNTRACK = 'conntrack -L';

async function rulesOf(world: NetWorld, table: TableName, node: string, text: string) {
  const { expected, actual } = await both(world, node, `iptables -t ${table} -S`, text);
  return { expected: ruleLines(expected), actual: ruleLines(actual) };
}

/** What the scenario expects, names resolved, and what the command prints. */
async function both(world: NetWorld, node: string, command: string, text: string) {
  const network = await world.network();
  const actual = await network.print(await network.sender(node), command);
  return { expected: await withNames(text, network), actual };
}

function report(claim: string, difference: string | undefined): void {
  if (difference !== undefined) throw new Unmet(`expected  ${claim}\n${difference}`);
}
