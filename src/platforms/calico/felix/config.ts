/** What one Felix is set up with: the facts of its version, and the switches that show in its rules. */
import type { CalicoOptions } from '../../cluster.js';
import { allocateMarks, type Marks } from './marks.js';
import { setName } from './names.js';
import { type FelixFacts, factsOf } from './timeline.js';

export interface FelixConfig {
  readonly version: string;
  readonly facts: FelixFacts;
  readonly marks: Marks;
  /** Is IPIP on, which calico/node sets where a pool uses it? */
  readonly ipip: boolean;
  /** Does some pool have natOutgoing? */
  readonly natOutgoing: boolean;
  /** The name of an ip set, from its id: `masq-ipam-pools`. */
  setName(id: string): string;
}

/** Interfaces of workloads begin with this; with `+` it is the wildcard of the static rules. */
export const INTERFACE_PREFIX = 'cali';
export const WORKLOADS = `${INTERFACE_PREFIX}+`;

export const ALL_POOLS = 'all-ipam-pools';
export const MASQUERADED_POOLS = 'masq-ipam-pools';
export const ALL_HOSTS = 'all-hosts';

export function felixConfig({ version, pools }: Pick<CalicoOptions, 'version' | 'pools'>): FelixConfig {
  const facts = factsOf(version);
  return {
    version,
    facts,
    marks: allocateMarks(facts.markMask),
    ipip: pools.some(({ encapsulation }) => encapsulation.startsWith('ipip')),
    natOutgoing: pools.some(({ natOutgoing }) => natOutgoing),
    setName: (id) => setName(facts.setToken, id),
  };
}
