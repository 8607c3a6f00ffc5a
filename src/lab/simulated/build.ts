/** From a blueprint to a fabric: links, addresses, routes, sysctls, ip sets, rules and sockets, in that order. */
import type { Blueprint, LinkPlan, NamespacePlan, RoutePlan, RoutingRulePlan } from '../../blueprint/blueprint.js';
import { Fabric } from '../../fabric/fabric.js';
import { ipv4, parseInterfaceAddress, prefix } from '../../net/ipv4.js';
import { localMac } from '../../net/mac.js';
import { parseRestore } from '../../netfilter/rules/parse-restore.js';
import { bringLoopbackUp, registerDevice } from '../../stack/create.js';
import { addAddress, bringUp } from '../../stack/devinet.js';
import { type FibRule, MAIN_TABLE } from '../../stack/fib.js';
import type { Namespace } from '../../stack/namespace.js';
import { permanentNeighbour } from '../../stack/neighbour.js';
import { addRoute } from '../../stack/rtnetlink.js';

/** A part of the blueprint is refused, in the words of the tool that would have refused it. */
export class BuildError extends Error {
  constructor(namespace: string, what: string, why: string) {
    super(`${namespace}: ${what}: ${why}`);
    this.stack = this.message;
  }
}

/** @throws BuildError, NetfilterMistake */
export function buildFabric(blueprint: Blueprint): Fabric {
  const fabric = new Fabric();
  let macs = 0;
  for (const plan of blueprint.namespaces) {
    const ns = fabric.addNamespace(plan.name);
    bringLoopbackUp(ns);
    for (const link of plan.links) register(ns, link, ++macs);
  }
  for (const plan of blueprint.namespaces) for (const link of plan.links) cable(fabric, plan, link);
  for (const plan of blueprint.namespaces) configure(fabric.namespaces.get(plan.name)!, plan);
  fabric.clock.settle();
  return fabric;
}

function register(ns: Namespace, link: LinkPlan, number: number): void {
  const device = registerDevice(ns, link.name, link.kind, link.mac ?? localMac(number));
  if (link.mtu !== undefined) device.mtu = link.mtu;
  device.hairpin = link.hairpin ?? false;
}

function cable(fabric: Fabric, plan: NamespacePlan, link: LinkPlan): void {
  if (link.kind !== 'veth') return;
  const from = fabric.namespaces.get(plan.name)!;
  const to = fabric.namespaces.get(link.peer.namespace)!;
  const peer = to.devices.get(link.peer.link)!;
  fabric.lead({ ns: from, device: from.devices.get(link.name)! }, { ns: to, device: peer });
}

function configure(ns: Namespace, plan: NamespacePlan): void {
  for (const link of plan.links) {
    const device = ns.devices.get(link.name)!;
    if (link.master !== undefined) device.master = ns.devices.get(link.master);
    for (const text of link.addresses) addAddress(ns, device, parseInterfaceAddress(text)!);
    if (link.up) bringUp(ns, device);
  }
  for (const [key, value] of plan.sysctls) {
    if (!ns.sysctl.set(key, value))
      throw new BuildError(ns.name, `${key} = ${value}`, 'not a setting that is modelled');
  }
  for (const { link, address, mac } of plan.neighbours) permanentNeighbour(ns.devices.get(link)!, ipv4(address), mac);
  for (const rule of plan.rules) ns.fib.addRule(routingRule(rule));
  for (const route of plan.routes) install(ns, route);
  if (plan.ipsets !== '') ns.netfilter.sets.restore(plan.ipsets, `ip sets of ${ns.name}`);
  if (plan.iptables !== '') ns.netfilter.load(parseRestore(plan.iptables, `iptables of ${ns.name}`));
  for (const { protocol, port, address, program } of plan.listens) {
    ns.sockets.listen({ protocol, port, address: address === undefined ? 0 : ipv4(address), program });
  }
}

function install(ns: Namespace, route: RoutePlan): void {
  const error = addRoute(ns, 'append', {
    destination: prefix(route.to === 'default' ? '0.0.0.0/0' : route.to),
    type: route.type ?? 'unicast',
    via: route.via === undefined ? undefined : ipv4(route.via),
    device: route.dev,
    source: route.src === undefined ? undefined : ipv4(route.src),
    metric: route.metric ?? 0,
    table: route.table ?? MAIN_TABLE,
    scope: route.scope,
    proto: route.proto ?? 'boot',
    onlink: route.onlink ?? false,
  });
  if (error !== undefined) throw new BuildError(ns.name, `route to ${route.to}`, error);
}

function routingRule({ priority, from, to, iif, oif, fwmark, table }: RoutingRulePlan): FibRule {
  const [value = '0', mask = '0xffffffff'] = fwmark?.split('/') ?? [];
  return {
    priority,
    from: from === undefined ? undefined : prefix(from),
    to: to === undefined ? undefined : prefix(to),
    iif,
    oif,
    fwmark: fwmark === undefined ? undefined : { value: Number(value) >>> 0, mask: Number(mask) >>> 0 },
    action: 'lookup',
    table,
  };
}
