/** The names of the nodes' ends of the workloads' cables must be names that Linux takes, each once on a node. */
import type { AttachedWorkload, ClusterNode } from './cluster.js';
import { PlatformRefusal } from './refusal.js';

/** IFNAMSIZ less the terminator. */
const LIMIT = 15;

/** @throws PlatformRefusal for the first name that is too long, has a character that no name has, or is there already */
export function checkInterfaces(nodes: readonly ClusterNode[], workloads: readonly AttachedWorkload[]): void {
  const owners = new Map<string, string>();
  for (const { name, interface: link, draft } of nodes) {
    for (const taken of ['lo', link, ...draft.links.map((each) => each.name)]) owners.set(`${name} ${taken}`, name);
  }
  for (const { name, node, interface: link } of workloads) {
    const owner = owners.get(`${node} ${link}`);
    const problem = spelling(link) ?? (owner === undefined ? undefined : `belongs to ${owner} already`);
    if (problem) throw new PlatformRefusal(`interface ${link} of ${name} ${problem}`, ['workloads', name, 'interface']);
    owners.set(`${node} ${link}`, name);
  }
}

/** What is wrong with the name itself (dev_valid_name). */
function spelling(link: string): string | undefined {
  if (link.length > LIMIT) return `is longer than the ${LIMIT} characters of an interface's name`;
  if (link === '' || link === '.' || link === '..' || /[/:\s]/.test(link)) return 'is no name for an interface';
  return undefined;
}
