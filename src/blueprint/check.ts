/** Does a blueprint hold together? Whatever made it, a lab builds it only if nothing here objects. */
import { parseInterfaceAddress, parseIpv4, parsePrefix } from '../net/ipv4.js';
import { parseMac } from '../net/mac.js';
import type { Blueprint, EndpointPlan, LinkPlan, NamespacePlan, RoutePlan, VethPlan } from './blueprint.js';

/** What is wrong, one sentence each; none for a sound blueprint. */
export function checkBlueprint(blueprint: Blueprint): string[] {
  const namespaces = new Map(blueprint.namespaces.map((namespace) => [namespace.name, namespace]));
  return [
    ...repeated(blueprint.namespaces.map(({ name }) => name)).map((name) => `two namespaces are called ${name}`),
    ...blueprint.namespaces.flatMap((namespace) => [
      ...checkName(namespace.name),
      ...checkLinks(namespace, namespaces),
      ...checkRouting(namespace),
      ...checkListens(namespace),
    ]),
    ...Object.entries(blueprint.endpoints).flatMap(([name, endpoint]) => checkEndpoint(name, endpoint, namespaces)),
  ];
}

function checkName(name: string): string[] {
  const isFileName = /^[^\s/]{1,255}$/.test(name) && name !== '.' && name !== '..';
  return isFileName ? [] : [`\`${name}\` cannot be the name of a namespace`];
}

function checkLinks(namespace: NamespacePlan, all: ReadonlyMap<string, NamespacePlan>): string[] {
  const { name: where, links } = namespace;
  return [
    ...repeated(['lo', ...links.map(({ name }) => name)]).map((name) => `${where}: two links are called ${name}`),
    ...links.flatMap((link) => {
      const at = `${where} ${link.name}`;
      return [
        ...unless(/^[^\s/:]{1,15}$/.test(link.name), `${where}: \`${link.name}\` cannot be the name of a link`),
        ...link.addresses
          .filter((address) => !address.includes('/') || !parseInterfaceAddress(address))
          .map((address) => `${at}: \`${address}\` is not an address with its prefix length`),
        ...unless(link.mac === undefined || parseMac(link.mac), `${at}: \`${link.mac}\` is not an Ethernet address`),
        ...checkMaster(link, links, at),
        ...(link.kind === 'veth' ? checkPeer(link, namespace, all) : []),
      ];
    }),
  ];
}

function checkMaster(link: LinkPlan, links: readonly LinkPlan[], at: string): string[] {
  if (link.master === undefined) return [];
  const master = links.find(({ name }) => name === link.master);
  if (!master) return [`${at}: there is no link ${link.master} that it could be a port of`];
  return unless(master.kind === 'bridge', `${at}: ${link.master} is not a bridge`);
}

function checkPeer(link: VethPlan, { name }: NamespacePlan, all: ReadonlyMap<string, NamespacePlan>): string[] {
  const far = `${link.peer.namespace} ${link.peer.link}`;
  const peer = all.get(link.peer.namespace)?.links.find((each) => each.name === link.peer.link);
  if (!peer) return [`${name} ${link.name}: its other end ${far} does not exist`];
  const isMutual = peer.kind === 'veth' && peer.peer.namespace === name && peer.peer.link === link.name;
  return unless(isMutual, `${name} ${link.name}: its other end ${far} is not joined to it`);
}

function checkRouting({ name, links, routes, rules, neighbours }: NamespacePlan): string[] {
  const hasLink = (dev: string) => dev === 'lo' || links.some((link) => link.name === dev);
  return [
    ...routes.flatMap((route) => checkRoute(route, hasLink).map((problem) => `${name}: route ${route.to}: ${problem}`)),
    ...rules.flatMap(({ priority, from, to }) =>
      [from, to]
        .filter((prefix) => prefix !== undefined && !parsePrefix(prefix))
        .map((prefix) => `${name}: rule ${priority}: \`${prefix}\` is not a prefix`),
    ),
    ...neighbours.flatMap(({ link, address, mac }) => [
      ...unless(hasLink(link), `${name}: neighbour ${address}: there is no link ${link}`),
      ...unless(parseIpv4(address) !== undefined, `${name}: neighbour: \`${address}\` is not an address`),
      ...unless(parseMac(mac), `${name}: neighbour ${address}: \`${mac}\` is not an Ethernet address`),
    ]),
  ];
}

function checkRoute({ to, type = 'unicast', via, dev, src }: RoutePlan, hasLink: (dev: string) => boolean): string[] {
  const addresses = [via, src].filter((address) => address !== undefined);
  return [
    ...unless(to === 'default' || parsePrefix(to), `\`${to}\` is not a prefix`),
    ...addresses
      .filter((address) => parseIpv4(address) === undefined)
      .map((address) => `\`${address}\` is not an address`),
    ...unless(dev === undefined || hasLink(dev), `there is no link ${dev}`),
    ...unless(type !== 'unicast' || via !== undefined || dev !== undefined, 'it needs a next hop or a link'),
  ];
}

function checkListens({ name, listens }: NamespacePlan): string[] {
  return listens
    .filter(({ port }) => !Number.isInteger(port) || port < 1 || port > 65535)
    .map(({ port, protocol }) => `${name}: ${port}/${protocol} is not a port`);
}

function checkEndpoint(name: string, endpoint: EndpointPlan, all: ReadonlyMap<string, NamespacePlan>): string[] {
  const { namespace, address, node, interface: device } = endpoint;
  const home = all.get(namespace);
  if (!home) return [`endpoint ${name}: there is no namespace ${namespace}`];
  const isThere = home.links.some(({ addresses }) => addresses.some((each) => each.split('/')[0] === address));
  const host = node === undefined ? undefined : all.get(node);
  return [
    ...unless(isThere, `endpoint ${name}: no link of ${namespace} has the address ${address}`),
    ...unless(node === undefined || host, `endpoint ${name}: there is no namespace ${node}`),
    ...unless(
      !host || device === undefined || host.links.some((link) => link.name === device),
      `endpoint ${name}: ${node} has no link ${device}`,
    ),
  ];
}

function unless(sound: unknown, problem: string): string[] {
  return sound ? [] : [problem];
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
