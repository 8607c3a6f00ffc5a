/** What is sent. */
import type { Probe } from '../src/journey/probe.js';
import { When } from './dsl.js';
import { Mistake } from './mistake.js';
import type { NetWorld } from './world.js';

When('{endpoint} pings {endpoint}', ping);
When('{endpoint} ping {endpoint}', ping);

When('{endpoint} connects to {endpoint} on port {port}', connect);
When('{endpoint} 连接 {endpoint} 的 {port} 端口', connect);

When('{endpoint} sends udp to {endpoint} on port {port}', sendUdp);
When('{endpoint} 向 {endpoint} 的 {port} 端口发送 udp', sendUdp);

When('{endpoint} connects to {endpoint}', connectToService);
When('{endpoint} 连接 {endpoint}', connectToService);

When('{endpoint} {misspelt}', (_, words) => {
  const meant = { p: 'pings web3', c: 'connects to web3 on port 80', s: 'sends udp to web3 on port 53' }[words[0]!];
  throw new Mistake(`\`${words}\` is nothing that can be done; did you mean it like \`web1 ${meant}\`?`);
});

When('{int} second(s) pass(es)', pass);
When('经过 {int} 秒', pass);

function ping(this: NetWorld, from: string, to: string): Promise<void> {
  return send(this, 'ping', from, to);
}

function connect(this: NetWorld, from: string, to: string, port: number): Promise<void> {
  return send(this, 'tcp', from, to, port);
}

function sendUdp(this: NetWorld, from: string, to: string, port: number): Promise<void> {
  return send(this, 'udp', from, to, port);
}

function connectToService(this: NetWorld, from: string, to: string): void {
  if (to.includes('/')) throw new Mistake(`\`${to}\` names a service, and services are not modelled yet`);
  throw new Mistake(`on which port? write \`${from} connects to ${to} on port 80\``);
}

async function pass(this: NetWorld, seconds: number): Promise<void> {
  await (await this.network()).pass(seconds * 1000);
}

async function send(world: NetWorld, kind: Probe['kind'], from: string, to: string, port?: number): Promise<void> {
  const network = await world.network();
  const ends = { from: await network.sender(from), to: await network.receiver(to) };
  await world.probe({ kind, ...ends, ...(port !== undefined && { port }) });
}
