/** A namespace with nothing set in it yet: what every maker of blueprints begins with. */
import type { LinkPlan, NamespacePlan } from './blueprint.js';

export const NOTHING: Omit<NamespacePlan, 'name' | 'kind' | 'links'> = {
  routes: [],
  rules: [],
  neighbours: [],
  sysctls: [],
  ipsets: '',
  iptables: '',
  listens: [],
  commands: '',
  origins: {},
};

export function emptyNamespace(name: string, kind: NamespacePlan['kind'], links: readonly LinkPlan[]): NamespacePlan {
  return { name, kind, links, ...NOTHING };
}
