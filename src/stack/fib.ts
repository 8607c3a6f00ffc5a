/**
 * The forwarding information base: routing tables and the policy rules that choose among them
 * (net/ipv4/fib_trie.c, fib_rules.c). Longest prefix, then lowest metric, then table order.
 */
import { contains, type Ipv4, netmask, type Prefix } from '../net/ipv4.js';
import { type FibRoute, type Lookup, type LookupError, SCOPE_NUMBER } from './route.js';

export const LOCAL_TABLE = 'local';
export const MAIN_TABLE = 'main';
export const DEFAULT_TABLE = 'default';

/** struct fib_rule. Undefined: not asked. */
export interface FibRule {
  readonly priority: number;
  readonly from: Prefix | undefined;
  readonly to: Prefix | undefined;
  readonly iif: string | undefined;
  readonly oif: string | undefined;
  readonly fwmark: { readonly value: number; readonly mask: number } | undefined;
  readonly action: 'lookup' | 'blackhole' | 'unreachable' | 'prohibit';
  readonly table: string;
}

/** What is asked (struct flowi4). `iif` is `lo` for packets made here. */
export interface Flow {
  readonly src: Ipv4;
  readonly dst: Ipv4;
  readonly iif: string;
  readonly oif: string | undefined;
  readonly mark: number;
  /** Only routes at least this near (rt_scope_t): a gateway is looked for among routes of the link. */
  readonly scope?: number;
}

const REFUSALS: Partial<Record<FibRoute['type'], LookupError>> = {
  blackhole: 'EINVAL',
  unreachable: 'EHOSTUNREACH',
  prohibit: 'EACCES',
};

export class Fib {
  readonly #tables = new Map<string, FibTable>();
  /** By priority; equal priorities in the order of their adding. */
  readonly rules: FibRule[] = [LOCAL_TABLE, MAIN_TABLE, DEFAULT_TABLE].map((table, index) => ({
    priority: [0, 32_766, 32_767][index]!,
    from: undefined,
    to: undefined,
    iif: undefined,
    oif: undefined,
    fwmark: undefined,
    action: 'lookup',
    table,
  }));

  table(name: string): FibTable {
    let table = this.#tables.get(name);
    if (!table) {
      table = new FibTable();
      this.#tables.set(name, table);
    }
    return table;
  }

  get tables(): ReadonlyMap<string, FibTable> {
    return this.#tables;
  }

  addRule(rule: FibRule): void {
    const at = this.rules.findIndex((other) => other.priority > rule.priority);
    this.rules.splice(at < 0 ? this.rules.length : at, 0, rule);
  }

  /** fib_lookup(): the rules in order, until one of their tables has an answer. */
  lookup(flow: Flow): Lookup {
    for (const rule of this.rules) {
      if (!ruleMatches(rule, flow)) continue;
      if (rule.action !== 'lookup') {
        return { ok: false, error: REFUSALS[rule.action]!, route: undefined, table: undefined };
      }
      const route = this.#tables.get(rule.table)?.lookup(flow);
      if (!route || route.type === 'throw') continue;
      const error = REFUSALS[route.type];
      return error ? { ok: false, error, route, table: rule.table } : { ok: true, route, table: rule.table };
    }
    return { ok: false, error: 'ENETUNREACH', route: undefined, table: undefined };
  }
}

function ruleMatches(rule: FibRule, flow: Flow): boolean {
  return (
    (rule.from === undefined || contains(rule.from, flow.src)) &&
    (rule.to === undefined || contains(rule.to, flow.dst)) &&
    (rule.iif === undefined || rule.iif === flow.iif) &&
    (rule.oif === undefined || rule.oif === flow.oif) &&
    (rule.fwmark === undefined || ((flow.mark ^ rule.fwmark.value) & rule.fwmark.mask) === 0)
  );
}

/** One routing table. Routes of one prefix are kept by metric; among equals the one put in front wins. */
export class FibTable {
  /** By prefix length, longest first. */
  readonly #lengths: { readonly length: number; readonly mask: number; readonly byNetwork: Map<Ipv4, FibRoute[]> }[] =
    [];

  lookup(flow: Pick<Flow, 'dst' | 'oif' | 'scope'>): FibRoute | undefined {
    for (const { mask, byNetwork } of this.#lengths) {
      const candidates = byNetwork.get((flow.dst & mask) >>> 0);
      if (!candidates) continue;
      for (const route of candidates) if (usable(route, flow)) return route;
    }
    return undefined;
  }

  /** Routes of one prefix, in the order in which they are tried. */
  of(destination: Prefix): readonly FibRoute[] {
    return this.#lengths.find(({ length }) => length === destination.length)?.byNetwork.get(destination.address) ?? [];
  }

  /** `front`: before equals (`ip route prepend`, `route add`), else behind them (`ip route append`). */
  insert(route: FibRoute, front: boolean): void {
    const { address, length } = route.destination;
    let bucket = this.#lengths.find((other) => other.length === length);
    if (!bucket) {
      bucket = { length, mask: netmask(length), byNetwork: new Map() };
      const at = this.#lengths.findIndex((other) => other.length < length);
      this.#lengths.splice(at < 0 ? this.#lengths.length : at, 0, bucket);
    }
    const routes = bucket.byNetwork.get(address) ?? [];
    const at = routes.findIndex(({ metric }) => (front ? metric >= route.metric : metric > route.metric));
    routes.splice(at < 0 ? routes.length : at, 0, route);
    bucket.byNetwork.set(address, routes);
  }

  remove(route: FibRoute): void {
    const at = this.#lengths.findIndex(({ length }) => length === route.destination.length);
    const bucket = this.#lengths[at];
    const routes = bucket?.byNetwork.get(route.destination.address);
    if (!bucket || !routes?.includes(route)) return;
    routes.splice(routes.indexOf(route), 1);
    if (routes.length === 0) bucket.byNetwork.delete(route.destination.address);
    if (bucket.byNetwork.size === 0) this.#lengths.splice(at, 1);
  }

  removeWhere(condition: (route: FibRoute) => boolean): void {
    for (const route of [...this.routes()]) if (condition(route)) this.remove(route);
  }

  /** All routes by address, longer prefixes first among equals, as the kernel dumps its trie. */
  routes(): FibRoute[] {
    const all = this.#lengths.flatMap(({ byNetwork }) => [...byNetwork.values()].flat());
    return all.sort(
      (a, b) =>
        a.destination.address - b.destination.address ||
        b.destination.length - a.destination.length ||
        a.metric - b.metric,
    );
  }
}

/**
 * A next hop is dead while its device is down (RTNH_F_DEAD); one without carrier is still used. Local routes outlive
 * their device's being down: an own address is answered for whatever its device does (fib_sync_down_dev).
 */
function usable(route: FibRoute, { oif, scope }: Pick<Flow, 'oif' | 'scope'>): boolean {
  if (scope !== undefined && SCOPE_NUMBER[route.scope] < scope) return false;
  if (route.device === undefined || (route.type === 'local' && oif === undefined)) return true;
  return route.device.up && (oif === undefined || route.device.name === oif);
}
