/** Small blueprints in a few words: cables, bridges, and per namespace what iproute2, sysctl and iptables would be told. */
import type {
  Blueprint,
  LinkPlan,
  ListenPlan,
  NamespacePlan,
  RoutePlan,
  RoutingRulePlan,
} from '../../blueprint/blueprint.js';
import { BUILTIN_CHAINS, TABLES, type TableName } from '../../netfilter/hooks.js';

export interface NamespaceWords {
  readonly kind?: NamespacePlan['kind'];
  /** `br0 172.17.0.1/16`. Bridges are registered before the cables. */
  readonly bridges?: readonly string[];
  /** `default via 10.0.0.1 dev eth0`, `blackhole 10.9.0.0/16`, as after `ip route append`. */
  readonly routes?: readonly string[];
  /** `100 fwmark 0x1 table 7`: priority, then as after `ip rule add`. */
  readonly rules?: readonly string[];
  /** `net.ipv4.ip_forward=1` */
  readonly sysctls?: readonly string[];
  /** As iptables -S prints them: `-P FORWARD DROP`, `-N FOO`, `-A FORWARD -j FOO`. Tables that are named are loaded. */
  readonly iptables?: Partial<Record<TableName, readonly string[]>>;
  readonly ipsets?: readonly string[];
  /** `tcp 80`, `udp 53 10.0.0.1` */
  readonly listens?: readonly string[];
  /** `eth0 10.0.0.2 02:00:00:00:00:99` */
  readonly neighbours?: readonly string[];
}

/**
 * Cables are `a eth0 10.0.1.2/24 = r ra 10.0.1.1/24`: namespace, device, addresses, and after them perhaps `in BRIDGE`,
 * `hairpin`, `down`, `mtu N`, `mac M`. Namespaces come in the order in which they are named first.
 */
export function network(cables: readonly string[], words: Readonly<Record<string, NamespaceWords>> = {}): Blueprint {
  const links = new Map<string, LinkPlan[]>();
  const linksOf = (namespace: string): LinkPlan[] => {
    const known = links.get(namespace);
    if (known) return known;
    const made = (words[namespace]?.bridges ?? []).map(bridgeOf);
    links.set(namespace, made);
    return made;
  };
  for (const cable of cables) {
    const [a, b] = cable.split(' = ').map(endOf) as [CableEnd, CableEnd];
    linksOf(a.namespace).push({ ...a.link, kind: 'veth', peer: { namespace: b.namespace, link: b.link.name } });
    linksOf(b.namespace).push({ ...b.link, kind: 'veth', peer: { namespace: a.namespace, link: a.link.name } });
  }
  for (const namespace of Object.keys(words)) linksOf(namespace);
  return {
    namespaces: [...links].map(([name, made]) => namespaceOf(name, made, words[name] ?? {})),
    endpoints: {},
  };
}

interface CableEnd {
  readonly namespace: string;
  readonly link: Omit<LinkPlan, 'kind'>;
}

function endOf(text: string): CableEnd {
  const [namespace, name, ...rest] = text.trim().split(/ +/) as [string, string, ...string[]];
  const addresses = rest.filter((word) => word.includes('/'));
  const after = (word: string) => (rest.includes(word) ? rest[rest.indexOf(word) + 1] : undefined);
  const [master, mtu, mac] = [after('in'), after('mtu'), after('mac')];
  return {
    namespace,
    link: {
      name,
      up: !rest.includes('down'),
      addresses,
      ...(master === undefined ? {} : { master }),
      ...(mtu === undefined ? {} : { mtu: Number(mtu) }),
      ...(mac === undefined ? {} : { mac }),
      ...(rest.includes('hairpin') ? { hairpin: true } : {}),
    },
  };
}

function bridgeOf(text: string): LinkPlan {
  const [name, ...addresses] = text.split(' ') as [string, ...string[]];
  return { kind: 'bridge', name, up: true, addresses };
}

function namespaceOf(name: string, links: readonly LinkPlan[], words: NamespaceWords): NamespacePlan {
  return {
    name,
    kind: words.kind ?? 'node',
    links,
    routes: (words.routes ?? []).map(routeOf),
    rules: (words.rules ?? []).map(ruleOf),
    neighbours: (words.neighbours ?? []).map((text) => {
      const [link, address, mac] = text.split(' ') as [string, string, string];
      return { link, address, mac };
    }),
    sysctls: (words.sysctls ?? []).map((text) => text.split('=') as [string, string]),
    ipsets: (words.ipsets ?? []).map((line) => `${line}\n`).join(''),
    iptables: restoreText(words.iptables ?? {}),
    listens: (words.listens ?? []).map((text) => {
      const [protocol, port, address] = text.split(' ') as [ListenPlan['protocol'], string, string | undefined];
      return { protocol, port: Number(port), ...(address === undefined ? {} : { address }) };
    }),
    commands: '',
    origins: {},
  };
}

const TYPES = ['blackhole', 'unreachable', 'prohibit', 'throw'] as const;

function routeOf(text: string): RoutePlan {
  const words = text.split(' ');
  const type = TYPES.find((one) => one === words[0]);
  if (type) words.shift();
  const [to, ...rest] = words as [string, ...string[]];
  const onlink = rest.at(-1) === 'onlink' ? rest.pop() !== undefined : false;
  const options = pairs(rest);
  const { metric, ...others } = options;
  return {
    to,
    ...(type ? { type } : {}),
    ...others,
    ...(metric === undefined ? {} : { metric: Number(metric) }),
    ...(onlink ? { onlink } : {}),
  };
}

function ruleOf(text: string): RoutingRulePlan {
  const [priority, ...rest] = text.split(' ');
  return { table: 'main', ...pairs(rest), priority: Number(priority) };
}

function pairs(words: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (let index = 0; index < words.length; index += 2) found[words[index]!] = words[index + 1]!;
  return found;
}

/** What iptables-restore takes: the tables that are named, whole. */
export function restoreText(tables: NonNullable<NamespaceWords['iptables']>): string {
  return TABLES.flatMap((table) => {
    const lines = tables[table];
    if (lines === undefined) return [];
    const policies = new Map(BUILTIN_CHAINS[table].map((chain) => [chain as string, 'ACCEPT']));
    for (const line of lines) {
      const [option, chain, policy] = line.split(' ') as [string, string, string | undefined];
      if (option === '-P') policies.set(chain, policy!);
      else if (option === '-N') policies.set(chain, '-');
    }
    const chains = [...policies].map(([chain, policy]) => `:${chain} ${policy} [0:0]`);
    return [`*${table}`, ...chains, ...lines.filter((line) => line.startsWith('-A')), 'COMMIT', ''];
  }).join('\n');
}
