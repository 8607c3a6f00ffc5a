/** ICMP types and codes (RFC 792, RFC 1122, RFC 1812) under the names that iptables and ping use. */

export const ICMP_ECHO_REPLY = 0;
export const ICMP_DEST_UNREACH = 3;
export const ICMP_SOURCE_QUENCH = 4;
export const ICMP_REDIRECT = 5;
export const ICMP_ECHO = 8;
export const ICMP_TIME_EXCEEDED = 11;
export const ICMP_PARAMETERPROB = 12;
export const ICMP_TIMESTAMP = 13;
export const ICMP_TIMESTAMPREPLY = 14;
export const ICMP_INFO_REQUEST = 15;
export const ICMP_INFO_REPLY = 16;
export const ICMP_ADDRESS = 17;
export const ICMP_ADDRESSREPLY = 18;

export const ICMP_NET_UNREACH = 0;
export const ICMP_HOST_UNREACH = 1;
export const ICMP_PROT_UNREACH = 2;
export const ICMP_PORT_UNREACH = 3;
export const ICMP_FRAG_NEEDED = 4;
export const ICMP_SR_FAILED = 5;
export const ICMP_NET_UNKNOWN = 6;
export const ICMP_HOST_UNKNOWN = 7;
export const ICMP_HOST_ISOLATED = 8;
export const ICMP_NET_ANO = 9;
export const ICMP_HOST_ANO = 10;
export const ICMP_PKT_FILTERED = 13;

/** The types that answer a query, by the query's type. */
export const ICMP_REPLY_TO: ReadonlyMap<number, number> = new Map([
  [ICMP_ECHO, ICMP_ECHO_REPLY],
  [ICMP_TIMESTAMP, ICMP_TIMESTAMPREPLY],
  [ICMP_INFO_REQUEST, ICMP_INFO_REPLY],
  [ICMP_ADDRESS, ICMP_ADDRESSREPLY],
]);

const ERRORS = new Set([ICMP_DEST_UNREACH, ICMP_SOURCE_QUENCH, ICMP_REDIRECT, ICMP_TIME_EXCEEDED, ICMP_PARAMETERPROB]);

/** Is this type an error message, which must never be answered by another one (RFC 1122, 3.2.2)? */
export function isIcmpError(type: number): boolean {
  return ERRORS.has(type);
}
