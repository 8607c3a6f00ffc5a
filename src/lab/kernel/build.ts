/** A blueprint in the words of iproute2: what `ip -batch` takes. */
import type { NamespacePlan, RoutePlan } from '../../blueprint/blueprint.js';

/**
 * Ports, and cables up, before everything else. A bridge that is brought up over ports that are up works at once; one
 * whose first port comes up later waits for the kernel's look at its carrier (linkwatch), up to a second.
 */
export function cableCommands({ links }: NamespacePlan): string[] {
  return [
    'link set dev lo up',
    ...links.flatMap(({ name, master, hairpin }) => [
      ...(master === undefined ? [] : [`link set dev ${name} master ${master}`]),
      ...(hairpin === undefined ? [] : [`link set dev ${name} type bridge_slave hairpin ${hairpin ? 'on' : 'off'}`]),
    ]),
    ...links.flatMap(({ name, kind, up }) => (kind === 'veth' && up ? [`link set dev ${name} up`] : [])),
  ];
}

/** The rest that `ip` does: addresses, bridges up, routes, rules, neighbours. */
export function addressCommands({ links, routes, rules, neighbours }: NamespacePlan): string[] {
  return [
    ...links.flatMap(({ name, addresses }) => addresses.map((address) => `addr add ${address} dev ${name}`)),
    ...links.flatMap(({ name, kind, up }) => (kind === 'bridge' && up ? [`link set dev ${name} up`] : [])),
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
