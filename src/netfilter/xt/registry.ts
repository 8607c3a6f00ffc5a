/** The extensions that the engine knows. A new one is one file in match/ or target/ and one line here. */
import type { MatchExtension, TargetExtension } from './extension.js';
import { addrtype } from './match/addrtype.js';
import { comment } from './match/comment.js';
import { connmark } from './match/connmark.js';
import { conntrack } from './match/conntrack.js';
import { icmp } from './match/icmp.js';
import { limit } from './match/limit.js';
import { mark } from './match/mark.js';
import { multiport } from './match/multiport.js';
import { physdev } from './match/physdev.js';
import { recent } from './match/recent.js';
import { state } from './match/state.js';
import { statistic } from './match/statistic.js';
import { tcp } from './match/tcp.js';
import { udp } from './match/udp.js';

function byName<T extends { readonly name: string }>(extensions: readonly T[]): ReadonlyMap<string, T> {
  return new Map(extensions.map((extension) => [extension.name, extension]));
}

export const MATCHES: ReadonlyMap<string, MatchExtension> = byName([
  addrtype,
  comment,
  connmark,
  conntrack,
  icmp,
  limit,
  mark,
  multiport,
  physdev,
  recent,
  state,
  statistic,
  tcp,
  udp,
]);

export const TARGETS: ReadonlyMap<string, TargetExtension> = byName<TargetExtension>([]);

/** Matches that iptables 1.8.9 has and the engine does not model: a rule with one is kept as it is written. */
export const UNMODELLED_MATCHES: ReadonlySet<string> = new Set([
  ...['ah', 'bpf', 'cgroup', 'cluster', 'connbytes', 'connlabel', 'connlimit', 'cpu', 'dccp', 'devgroup', 'ecn', 'esp'],
  ...['hashlimit', 'helper', 'ipcomp', 'ipvs', 'nfacct', 'osf', 'owner', 'policy', 'quota', 'rateest', 'realm', 'sctp'],
  ...['socket', 'string', 'tcpmss', 'time', 'udplite'],
]);

/** Targets that iptables 1.8.9 has and the engine does not model. */
export const UNMODELLED_TARGETS: ReadonlySet<string> = new Set([
  ...['AUDIT', 'CLUSTERIP', 'CONNSECMARK', 'ECN', 'HMARK', 'IDLETIMER', 'LED', 'NFQUEUE', 'RATEEST', 'SECMARK'],
  ...['SYNPROXY', 'TCPOPTSTRIP', 'TEE', 'TPROXY', 'ULOG'],
]);

/** Those of them that make the kernel track connections. */
const UNMODELLED_AND_TRACKING: ReadonlySet<string> = new Set([
  ...['cluster', 'connbytes', 'connlabel', 'connlimit', 'helper'],
  ...['CONNSECMARK', 'SYNPROXY'],
]);

export function unmodelledTracks(name: string): boolean {
  return UNMODELLED_AND_TRACKING.has(name);
}
