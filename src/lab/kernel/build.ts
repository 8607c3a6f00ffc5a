/** A blueprint in the words of iproute2: what `ip -batch` takes, made so that devices are registered in the plan's order. */
import type { Blueprint, LinkPlan, NamespacePlan, RoutePlan, VethPlan } from '../../blueprint/blueprint.js';
import { localMac } from '../../net/mac.js';

/** How `ip` names a namespace: a path. */
export type Located = (namespace: string) => string;

/**
 * The order in which a namespace's devices are registered decides which address the kernel selects, and a veth pair
 * registers both ends at once. Where the orders of two namespaces cross, one end waits outside and is moved in when its
 * turn comes; a move costs the kernel several milliseconds, so it is done only then.
 */
export function linkCommands(blueprint: Blueprint, located: Located): string[] {
  const commands: string[] = [];
  const queues = new Map(blueprint.namespaces.map(({ name, links }) => [name, [...links]]));
  const waiting = new Map<string, string>();
  const key = (namespace: string, link: string) => `${namespace} ${link}`;
  const isNext = ({ peer }: VethPlan) => queues.get(peer.namespace)?.[0]?.name === peer.link;

  /** Registers the first link of a namespace if that is possible now; `apart` makes a pair even if its other end must wait. */
  const register = (namespace: string, queue: LinkPlan[], apart: boolean): boolean => {
    const link = queue[0]!;
    if (link.kind === 'bridge')
      commands.push(
        `link add name ${link.name} ${hardware(link)}netns ${located(namespace)} type bridge mcast_snooping 0`,
      );
    else {
      const outside = waiting.get(key(namespace, link.name));
      if (outside !== undefined) commands.push(`link set dev ${outside} netns ${located(namespace)} name ${link.name}`);
      else if (isNext(link) || apart) commands.push(pair(namespace, link));
      else return false;
    }
    queue.shift();
    return true;
  };

  const pair = (namespace: string, link: VethPlan): string => {
    const { peer } = link;
    const queue = queues.get(peer.namespace)!;
    const other = queue.find(({ name }) => name === peer.link)!;
    const first = `link add name ${link.name} ${hardware(link, namespace)}netns ${located(namespace)} type veth peer`;
    if (isNext(link)) {
      queue.shift();
      return `${first} name ${other.name} ${hardware(other, peer.namespace)}netns ${located(peer.namespace)}`;
    }
    const outside = `waiting${waiting.size}`;
    waiting.set(key(peer.namespace, other.name), outside);
    return `${first} name ${outside} ${hardware(other, peer.namespace)}`;
  };

  const order = blueprint.namespaces.map(({ name }) => name);
  const hardware = ({ name, mac, mtu, kind }: LinkPlan, namespace?: string): string => {
    const address = mac ?? (kind === 'veth' ? derivedMac(order.indexOf(namespace!), name, blueprint) : undefined);
    return `${address ? `address ${address} ` : ''}${mtu ? `mtu ${mtu} ` : ''}`;
  };

  for (let apart = false; ; ) {
    const before = commands.length;
    for (const [namespace, queue] of queues) {
      while (queue.length > 0 && register(namespace, queue, apart)) apart = false;
    }
    if ([...queues.values()].every((queue) => queue.length === 0)) return commands;
    apart = commands.length === before;
  }
}

function derivedMac(namespace: number, link: string, { namespaces }: Blueprint): string {
  return localMac((namespace + 1) * 65_536 + namespaces[namespace]!.links.findIndex(({ name }) => name === link));
}

/** Everything else of a namespace that `ip` does: ports, addresses, what is up, routes, rules, neighbours. */
export function addressCommands({ links, routes, rules, neighbours }: NamespacePlan): string[] {
  return [
    'link set lo up',
    ...links.flatMap(({ name, master, hairpin }) => [
      ...(master === undefined ? [] : [`link set dev ${name} master ${master}`]),
      ...(hairpin === undefined ? [] : [`link set dev ${name} type bridge_slave hairpin ${hairpin ? 'on' : 'off'}`]),
    ]),
    ...links.flatMap(({ name, addresses }) => addresses.map((address) => `addr add ${address} dev ${name}`)),
    ...links.flatMap(({ name, up }) => (up ? [`link set dev ${name} up`] : [])),
    ...routes.map(routeCommand),
    ...rules.map(
      ({ priority, from, to, iif, oif, fwmark, table }) =>
        `rule add priority ${priority}${options({ from, to, iif, oif, fwmark, table })}`,
    ),
    ...neighbours.map(({ link, address, mac }) => `neigh replace ${address} lladdr ${mac} dev ${link} nud permanent`),
  ];
}

/** `append`: of two routes that differ in their next hop alone, the one installed first is the one used. */
function routeCommand({ to, type, via, dev, src, metric, table, scope, proto, onlink }: RoutePlan): string {
  const route = options({ via, dev, src, metric, table, scope, proto });
  return `route append ${type ?? 'unicast'} ${to}${route}${onlink ? ' onlink' : ''}`;
}

function options(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name} ${value}`]))
    .join('');
}

/** `net.ipv4.conf.eth0.100.rp_filter` or `net/ipv4/conf/eth0.100/rp_filter` as the file that it stands for. */
export function sysctlPath(key: string): string {
  if (key.includes('/')) return `/proc/sys/${key}`;
  const device = /^(net\.ipv[46]\.(?:conf|neigh))\.(.+)\.([^.]+)$/.exec(key);
  return device
    ? `/proc/sys/${device[1]!.replaceAll('.', '/')}/${device[2]}/${device[3]}`
    : `/proc/sys/${key.replaceAll('.', '/')}`;
}
