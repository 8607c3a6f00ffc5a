/** The extensions that the engine knows. A new one is one file in match/ or target/ and one line here. */
import type { MatchExtension, TargetExtension } from './extension.js';
import { addrtype } from './match/addrtype.js';
import { comment } from './match/comment.js';
import { connmark } from './match/connmark.js';
import { conntrack } from './match/conntrack.js';
import { dscp } from './match/dscp.js';
import { icmp } from './match/icmp.js';
import { iprange } from './match/iprange.js';
import { length } from './match/length.js';
import { limit } from './match/limit.js';
import { mac } from './match/mac.js';
import { mark } from './match/mark.js';
import { multiport } from './match/multiport.js';
import { physdev } from './match/physdev.js';
import { pkttype } from './match/pkttype.js';
import { recent } from './match/recent.js';
import { rpfilter } from './match/rpfilter.js';
import { set } from './match/set.js';
import { state } from './match/state.js';
import { statistic } from './match/statistic.js';
import { tcp } from './match/tcp.js';
import { tos } from './match/tos.js';
import { ttl } from './match/ttl.js';
import { u32 } from './match/u32.js';
import { udp } from './match/udp.js';
import { CHECKSUM } from './target/checksum.js';
import { CLASSIFY } from './target/classify.js';
import { CONNMARK } from './target/connmark.js';
import { CT, NOTRACK } from './target/ct.js';
import { DNAT } from './target/dnat.js';
import { DSCP } from './target/dscp.js';
import { LOG } from './target/log.js';
import { MARK } from './target/mark.js';
import { MASQUERADE } from './target/masquerade.js';
import { NETMAP } from './target/netmap.js';
import { NFLOG } from './target/nflog.js';
import { REDIRECT } from './target/redirect.js';
import { REJECT } from './target/reject.js';
import { SET } from './target/set.js';
import { SNAT } from './target/snat.js';
import { TCPMSS } from './target/tcpmss.js';
import { TOS } from './target/tos.js';
import { TRACE } from './target/trace.js';
import { TTL } from './target/ttl.js';

function byName<T extends { readonly name: string }>(extensions: readonly T[]): ReadonlyMap<string, T> {
  return new Map(extensions.map((extension) => [extension.name, extension]));
}

export const MATCHES: ReadonlyMap<string, MatchExtension> = byName([
  addrtype,
  comment,
  connmark,
  conntrack,
  dscp,
  icmp,
  iprange,
  length,
  limit,
  mac,
  mark,
  multiport,
  physdev,
  pkttype,
  recent,
  rpfilter,
  set,
  state,
  statistic,
  tcp,
  tos,
  ttl,
  u32,
  udp,
]);

export const TARGETS: ReadonlyMap<string, TargetExtension> = byName([
  CHECKSUM,
  CLASSIFY,
  CONNMARK,
  CT,
  DNAT,
  DSCP,
  LOG,
  MARK,
  MASQUERADE,
  NETMAP,
  NFLOG,
  NOTRACK,
  REDIRECT,
  REJECT,
  SET,
  SNAT,
  TCPMSS,
  TOS,
  TRACE,
  TTL,
]);

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
