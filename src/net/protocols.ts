/**
 * Protocol names as Debian's /etc/protocols gives them: the names that iptables reads and prints.
 * iptables itself knows the first few without the file (libxtables, xtables_chain_protos).
 */
const NAMES: ReadonlyArray<readonly [number, string]> = [
  [1, 'icmp'],
  [2, 'igmp'],
  [4, 'ipencap'],
  [6, 'tcp'],
  [8, 'egp'],
  [17, 'udp'],
  [33, 'dccp'],
  [41, 'ipv6'],
  [46, 'rsvp'],
  [47, 'gre'],
  [50, 'esp'],
  [51, 'ah'],
  [58, 'ipv6-icmp'],
  [88, 'eigrp'],
  [89, 'ospf'],
  [94, 'ipip'],
  [103, 'pim'],
  [108, 'ipcomp'],
  [112, 'vrrp'],
  [115, 'l2tp'],
  [132, 'sctp'],
  [135, 'mobility-header'],
  [136, 'udplite'],
];

const nameByNumber = new Map(NAMES);
const numberByName = new Map(NAMES.map(([number, name]) => [name, number]));
numberByName.set('icmpv6', 58);
numberByName.set('mh', 135);

export function protocolName(number: number): string | undefined {
  return nameByNumber.get(number);
}

/** Reads a name in any case, or a number from 0 to 255; `all` is 0. */
export function parseProtocol(text: string): number | undefined {
  if (/^[0-9]{1,3}$/.test(text)) return Number(text) <= 255 ? Number(text) : undefined;
  const lower = text.toLowerCase();
  return lower === 'all' ? 0 : numberByName.get(lower);
}
