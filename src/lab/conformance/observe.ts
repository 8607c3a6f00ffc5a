/** Runs a case on a lab and writes down everything that both labs can tell. */
import type { Blueprint, NamespacePlan } from '../../blueprint/blueprint.js';
import type { Journey } from '../../journey/journey.js';
import { traceLines } from '../../journey/trace.js';
import type { ContractStep } from '../contract/contract.js';
import { printed } from '../contract/printed.js';
import { told } from '../contract/told.js';
import { openKernelLab } from '../kernel/kernel.js';
import type { Lab, OpenLab } from '../lab.js';
import { SimulatedLab } from '../simulated/simulated.js';
import { blueprintOf, type ConformanceCase } from './case.js';

/** What was asked, and what a lab said to it. */
export interface Observation {
  readonly asked: string;
  readonly lines: readonly string[];
  /** Of a packet. */
  readonly journey?: Journey;
  /** Why the network could not be built. */
  readonly refused?: string;
}

/**
 * How long the simulated lab waits for an answer, in milliseconds of virtual time: longer than a neighbour needs to fail
 * twice, and so short that all packets of a case together are over before anybody's TCP sends again, which the kernel lab
 * does not wait for.
 */
const PATIENCE = 220;
/** Real time is dear: a neighbour fails after three times so many milliseconds. */
const RETRANSMISSION = 30;
/** net.ipv4.ip_local_port_range begins here. */
const EPHEMERAL = 32_768;

export const openSimulated: OpenLab = async (blueprint) => new SimulatedLab(blueprint, PATIENCE);

export const openKernel: OpenLab = openKernelLab;

export async function observe(one: ConformanceCase, open: OpenLab): Promise<readonly Observation[]> {
  let lab: Lab;
  try {
    lab = await open(hastened(blueprintOf(one), isUnhurried(one)));
  } catch (refusal) {
    return [{ asked: 'the network', lines: ['refused'], refused: (refusal as Error).message }];
  }
  try {
    const seen: Observation[] = [];
    for (const step of one.steps) seen.push(await ask(lab, step));
    for (const namespace of Object.keys(one.words)) seen.push(...(await stateOf(lab, namespace, one)));
    return seen;
  } finally {
    await lab.close();
  }
}

/** Redirects to one host come ever more slowly: only where time passes after each packet is it certain who sends one. */
function isUnhurried({ steps }: ConformanceCase): boolean {
  return steps.every((step, at) => !('probe' in step) || at === steps.length - 1 || 'pass' in steps[at + 1]!);
}

async function ask(lab: Lab, step: ContractStep): Promise<Observation> {
  if ('probe' in step) {
    const { kind, from, to, port } = step.probe;
    const asked = `${kind} ${from} > ${to}${port === undefined ? '' : `:${port}`}`;
    const journey = await lab.probe(step.probe);
    return { asked, lines: linesOf(journey), journey };
  }
  if ('run' in step) return { asked: `${step.on}: ${step.run}`, lines: printed(await lab.run(step.on, step.run)) };
  await lab.pass(step.pass);
  return { asked: `${step.pass} ms`, lines: [] };
}

/**
 * Beside what the contract tells of a journey, all fields of the TRACE lines that two runs share. The order of the datagrams
 * is left out: of those that never reach a device the kernel does not say when they were made.
 */
function linesOf(journey: Journey): string[] {
  const [outcome, ...lines] = told(journey);
  // The kernel lab sees an error on a device, before translation; what the socket is told of it comes after.
  const answer = outcome!.replace(/ \(from .*\)$/, '');
  const datagrams: string[][] = [];
  for (const line of lines) {
    if (line.startsWith(' ')) datagrams.at(-1)!.push(line);
    else datagrams.push([line]);
  }
  const shown = datagrams.filter((block, place) => place === 0 || !isUnseen(block));
  const traced = journey.legs.map((leg) => traceLines(leg).map(masked));
  return [answer, ...[...shown, ...unique(traced)].sort(byText).flat()];
}

/** An answer that no table and no device saw is known to its sender alone. */
function isUnseen([, hop = '', ...rest]: readonly string[]): boolean {
  return hop.endsWith(' . > .') && rest.length === 1;
}

/** A datagram that is sent a second time for the same reason is told once. */
function unique(blocks: readonly (readonly string[])[]): (readonly string[])[] {
  return [...new Map(blocks.map((lines) => [lines.join('\n'), lines])).values()];
}

function byText(a: readonly string[], b: readonly string[]): number {
  const [x, y] = [a.join('\n'), b.join('\n')];
  return x < y ? -1 : Number(x > y);
}

function masked(line: string): string {
  return line
    .replace(/ MAC=\S*/, '')
    .replace(/\b(ID|SEQ|ACK|WINDOW)=\d+/g, '$1=*')
    .replace(/\b(SPT|DPT)=(\d+)/g, (text, field, port) => (Number(port) < EPHEMERAL ? text : `${field}=*`));
}

/** Rules with their counters, connections, sets: whatever the namespace has. */
async function stateOf(lab: Lab, namespace: string, { words }: ConformanceCase): Promise<Observation[]> {
  const { iptables = {}, ipsets = [] } = words[namespace]!;
  if (Object.keys(iptables).length === 0) return [];
  const seen: Observation[] = [];
  const look = async (script: string, order: (lines: string[]) => string[]) => {
    const lines = order(printed(await lab.run(namespace, script)));
    seen.push({ asked: `${namespace}: ${script}`, lines });
  };
  await look('iptables-save -c', byTable);
  await look('conntrack -L', (lines) => lines.map((line) => line.replace(/ use=\d+$/, '')));
  if (ipsets.length > 0) await look('ipset save', withoutSeeds);
  return seen;
}

/** iptables-save prints the tables in the order in which they were loaded. */
function byTable(lines: readonly string[]): string[] {
  const tables: string[][] = [];
  for (const line of lines) {
    if (line.startsWith('*')) tables.push([]);
    tables.at(-1)?.push(line);
  }
  return tables.sort(byText).flat();
}

/** Elements come in the order of their hashes, whose seed is random. */
function withoutSeeds(lines: readonly string[]): string[] {
  return lines
    .map((line) => line.replace(/ (hashsize|initval|bucketsize) \S+/g, ''))
    .map((line) =>
      line.replace(/\b(tcp|udp):(\d+)/, (text, name, port) => (Number(port) < EPHEMERAL ? text : `${name}:*`)),
    )
    .sort();
}

function hastened(blueprint: Blueprint, redirects: boolean): Blueprint {
  return withSysctls(blueprint, ({ links }) => [
    // A half-open connection of an earlier packet sends nothing more: how much time has passed is a matter of the load.
    ['net.ipv4.tcp_synack_retries', '0'],
    // Which errors a namespace may still send is a matter of the clock.
    ['net.ipv4.icmp_ratemask', '0'],
    ...(redirects
      ? []
      : ['all', ...links.map(({ name }) => name)].map(
          (device) => [`net.ipv4.conf.${device}.send_redirects`, '0'] as const,
        )),
    ...links.flatMap(({ name }): NamespacePlan['sysctls'] => [
      [`net.ipv4.neigh.${name}.retrans_time_ms`, `${RETRANSMISSION}`],
      [`net.ipv4.neigh.${name}.proxy_delay`, '0'],
    ]),
  ]);
}

function withSysctls(
  { namespaces, endpoints }: Blueprint,
  more: (plan: NamespacePlan) => NamespacePlan['sysctls'],
): Blueprint {
  const adjusted = namespaces.map((plan) => ({ ...plan, sysctls: [...more(plan), ...plan.sysctls] }));
  return { namespaces: adjusted, endpoints };
}
