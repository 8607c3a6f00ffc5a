/**
 * A blueprint as the shell script that a person would write: `ip netns`, `ip link`, `sysctl`, `ip route`, `ipset restore`,
 * `iptables-restore`. Run as root it builds the network in real namespaces of the blueprint's own names.
 */
import type { Blueprint, LinkPlan, NamespacePlan, RoutingRulePlan } from './blueprint.js';
import { registrationOrder } from './registration.js';
import { formatRoute } from './route.js';

/** The text of a POSIX shell script. What listens on a port is a comment: that takes a program of the reader's choice. */
export function renderScript(blueprint: Blueprint): string {
  const names = blueprint.namespaces.map(({ name }) => quote(name));
  return [
    '#!/bin/sh',
    '# Builds a network of namespaces. Run as root; to undo it:',
    `#   for name in ${names.join(' ')}; do ip netns delete "$name"; done`,
    'set -eu',
    '',
    '# namespaces',
    ...names.flatMap((name) => [`ip netns add ${name}`, `ip -n ${name} link set lo up`]),
    '',
    '# links, in the order in which each namespace registers them',
    ...registrationOrder(blueprint).map(({ namespace, link }) => makeLink(namespace, link)),
    ...blueprint.namespaces.flatMap(renderNamespace),
    '',
  ].join('\n');
}

/** With `name`, because a link can be called `master` or `up`, which are words of the command. */
function makeLink(namespace: string, link: LinkPlan): string {
  const head = `ip link add name ${quote(link.name)} netns ${quote(namespace)} type ${link.kind}`;
  if (link.kind === 'bridge') return head;
  return `${head} peer name ${quote(link.peer.link)} netns ${quote(link.peer.namespace)}`;
}

function renderNamespace(plan: NamespacePlan): string[] {
  const name = quote(plan.name);
  const lines = [
    ...plan.sysctls.map(([key, value]) => `ip netns exec ${name} sysctl -qw ${quote(`${key}=${value}`)}`),
    ...plan.links.flatMap((link) => setLink(name, link)),
    ...plan.neighbours.map(
      ({ link, address, mac }) =>
        `ip -n ${name} neigh replace ${address} lladdr ${mac} dev ${quote(link)} nud permanent`,
    ),
    ...plan.routes.map((route) => `ip -n ${name} route add ${formatRoute(route)}`),
    ...plan.rules.map((rule) => `ip -n ${name} rule add ${formatRule(rule)}`),
    ...feed(name, 'ipset restore', plan.ipsets),
    ...feed(name, 'iptables-restore', plan.iptables),
    ...plan.listens.map(
      ({ port, protocol, address }) => `# listens on ${port}/${protocol}${address ? ` of ${address}` : ''}`,
    ),
    ...feed(name, 'sh -e', plan.commands),
  ];
  return lines.length === 0 ? [] : ['', `# ${plan.name}, ${plan.kind}`, ...lines];
}

function setLink(namespace: string, { name, mac, mtu, master, hairpin, addresses, up }: LinkPlan): string[] {
  const set = `ip -n ${namespace} link set dev ${quote(name)}`;
  return [
    ...(mac === undefined ? [] : [`${set} address ${mac}`]),
    ...(mtu === undefined ? [] : [`${set} mtu ${mtu}`]),
    ...(master === undefined ? [] : [`${set} master ${quote(master)}`]),
    ...(hairpin ? [`${set} type bridge_slave hairpin on`] : []),
    ...addresses.map((address) => `ip -n ${namespace} addr add ${address} dev ${quote(name)}`),
    ...(up ? [`${set} up`] : []),
  ];
}

function formatRule({ priority, from, to, iif, oif, fwmark, table }: RoutingRulePlan): string {
  const words = Object.entries({ priority, from: from ?? 'all', to, iif, oif, fwmark, table });
  return words.flatMap(([keyword, value]) => (value === undefined ? [] : [`${keyword} ${value}`])).join(' ');
}

/** A command with its text as a here document. */
function feed(namespace: string, command: string, text: string): string[] {
  if (text === '') return [];
  let end = 'END';
  while (text.split('\n').includes(end)) end += '_';
  return [`ip netns exec ${namespace} ${command} <<'${end}'`, text.replace(/\n$/, ''), end];
}

function quote(word: string): string {
  return /^[A-Za-z0-9_.:/=@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
