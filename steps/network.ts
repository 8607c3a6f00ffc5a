/** A network that runs, as steps and claims ask of it: probes, commands, and the state that commands print. */

import type { Blueprint } from '../src/blueprint/blueprint.js';
import { Origins } from '../src/blueprint/origins.js';
import type { Scene } from '../src/journey/claims/scene.js';
import type { Journey } from '../src/journey/journey.js';
import type { Probe } from '../src/journey/probe.js';
import type { CommandResult, Lab } from '../src/lab/lab.js';
import { didYouMean } from '../src/net/did-you-mean.js';
import { formatIpv4, type Ipv4, parseIpv4 } from '../src/net/ipv4.js';
import type { TableName } from '../src/netfilter/hooks.js';
import { IpSets } from '../src/netfilter/ipset/ip-sets.js';
import type { SetStore } from '../src/netfilter/ipset/store.js';
import type { RuleSet } from '../src/netfilter/rule.js';
import { parseRestore } from '../src/netfilter/rules/parse-restore.js';
import { Mistake } from './mistake.js';
import { commandFailure } from './printed.js';

export class OpenNetwork implements Scene {
  readonly endpoints: readonly string[];
  readonly #lab: Lab;
  readonly #blueprint: Blueprint;
  readonly #owners = new Map<Ipv4, string>();
  /** What commands printed, until something may have changed it. */
  readonly #printed = new Map<string, Promise<unknown>>();
  /** Did any command speak of namespaces, so that there may be more than the blueprint knows? */
  #netns: boolean;

  constructor(lab: Lab, blueprint: Blueprint) {
    this.#lab = lab;
    this.#blueprint = blueprint;
    this.endpoints = Object.keys(blueprint.endpoints);
    this.#netns = blueprint.namespaces.some(({ commands }) => commands.includes('netns'));
    for (const { name, kind, links } of blueprint.namespaces) {
      if (kind === 'switch') continue;
      for (const text of links.flatMap(({ addresses }) => addresses)) this.#owners.set(addressOf(text)!, name);
    }
    for (const [name, { address }] of Object.entries(blueprint.endpoints)) this.#owners.set(parseIpv4(address)!, name);
  }

  async probe(probe: Probe): Promise<Journey> {
    this.#printed.clear();
    return this.#lab.probe(probe);
  }

  async pass(milliseconds: number): Promise<void> {
    this.#printed.clear();
    await this.#lab.pass(milliseconds);
  }

  /** Runs commands, which may fail. */
  async run(namespace: string, script: string): Promise<CommandResult> {
    this.#printed.clear();
    this.#netns ||= script.includes('netns');
    return this.#lab.run(namespace, script);
  }

  /** What a command prints that changes nothing. */
  async print(namespace: string, command: string): Promise<string> {
    return this.#remember(`${namespace} ${command}`, async () => {
      const result = await this.#lab.run(namespace, command);
      if (result.exitCode !== 0) throw new Mistake(commandFailure(namespace, result));
      return result.stdout;
    });
  }

  close(): Promise<void> {
    return this.#lab.close();
  }

  /** The namespace and the address that a name, or a literal address, means as sender or receiver. */
  async sender(name: string): Promise<string> {
    const namespace = await this.namespaceOf(name);
    if (namespace !== undefined) return namespace;
    throw new Mistake(`nothing here is called \`${name}\`${didYouMean(name, await this.#names())}`);
  }

  async receiver(name: string): Promise<string> {
    if (parseIpv4(name) !== undefined) return name;
    const [address] = await this.addressesOf(name);
    if (address !== undefined) return formatIpv4(address);
    if ((await this.namespaceOf(name)) !== undefined) throw new Mistake(`\`${name}\` has no address`);
    if (/^[\w-]+\/[\w-]+$/.test(name))
      throw new Mistake(`\`${name}\` names a service, and services are not modelled yet`);
    if (/^[0-9.]+$/.test(name)) throw new Mistake(`\`${name}\` is not an IPv4 address`);
    throw new Mistake(`nothing here is called \`${name}\`${didYouMean(name, await this.#names())}`);
  }

  async namespaces(): Promise<readonly string[]> {
    const planned = this.#blueprint.namespaces.filter(({ kind }) => kind !== 'switch').map(({ name }) => name);
    return [...planned, ...(await this.#made())];
  }

  async namespaceOf(name: string): Promise<string | undefined> {
    const planned = this.#blueprint.endpoints[name]?.namespace;
    if (planned !== undefined) return planned;
    const plan = this.#plan(name);
    if (plan) return plan.kind === 'switch' ? undefined : name;
    return (await this.#made()).includes(name) ? name : undefined;
  }

  async addressesOf(name: string): Promise<readonly Ipv4[]> {
    const first = this.#blueprint.endpoints[name]?.address;
    const namespace = await this.namespaceOf(name);
    if (namespace === undefined) return [];
    const printed = await this.print(namespace, 'ip -4 -o address show');
    const all = [...printed.matchAll(/ inet ([0-9.]+)/g)].map(([, text]) => parseIpv4(text!)!);
    const own = all.filter((address) => address >>> 24 !== 127);
    return [...new Set(first === undefined ? own : [parseIpv4(first)!, ...own])];
  }

  ownerOf(address: Ipv4): string | undefined {
    return this.#owners.get(address);
  }

  interfaceOf(workload: string): string | undefined {
    return this.#blueprint.endpoints[workload]?.interface;
  }

  async devices(namespace: string): Promise<readonly string[]> {
    const printed = await this.print(namespace, 'ip -o link show');
    return [...printed.matchAll(/^\d+: ([^:@\s]+)/gm)].map(([, name]) => name!);
  }

  async rules(namespace: string): Promise<RuleSet> {
    return this.#remember(`${namespace} rules`, async () => parseRestore(await this.print(namespace, 'iptables-save')));
  }

  async sets(namespace: string): Promise<SetStore> {
    return this.#remember(`${namespace} sets`, async () => {
      const store = new IpSets(() => 0);
      store.restore(await this.print(namespace, 'ipset save'));
      return store;
    });
  }

  originOf(namespace: string, table: TableName, chain: string, rule: string | undefined): string | undefined {
    const plan = this.#plan(namespace);
    return plan && new Origins(plan).of(table, chain, rule);
  }

  #plan(name: string) {
    return this.#blueprint.namespaces.find((plan) => plan.name === name);
  }

  /** Namespaces that commands made on nodes. */
  async #made(): Promise<string[]> {
    if (!this.#netns) return [];
    const nodes = this.#blueprint.namespaces.filter(({ kind }) => kind === 'node');
    const printed = await Promise.all(nodes.map(({ name }) => this.print(name, 'ip netns list')));
    return printed.flatMap((text) => text.split('\n').map((line) => line.split(' ')[0]!)).filter((name) => name !== '');
  }

  async #names(): Promise<string[]> {
    return [...new Set([...this.endpoints, ...(await this.namespaces())])];
  }

  #remember<T>(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.#printed.get(key) as Promise<T> | undefined;
    const made = known ?? make();
    this.#printed.set(key, made);
    return made;
  }
}

/** The address in `10.0.0.1/24`. */
function addressOf(text: string): Ipv4 | undefined {
  return parseIpv4(text.split('/')[0]!);
}
