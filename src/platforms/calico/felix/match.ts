/** Match fragments in Felix's spelling (felix iptables/match_builder.go). */
import { hexMark } from './marks.js';

export const inInterface = (name: string) => `--in-interface ${name}`;
export const outInterface = (name: string) => `--out-interface ${name}`;

/** A name prints as it is, a number too: `-p tcp`, `-p 4`. */
export const protocol = (protocol: string | number) => `-p ${protocol}`;
export const notProtocol = (protocol: string | number) => `! -p ${protocol}`;

export const sourceNet = (net: string) => `--source ${net}`;
export const notSourceNet = (net: string) => `! --source ${net}`;
export const destNet = (net: string) => `--destination ${net}`;
export const notDestNet = (net: string) => `! --destination ${net}`;

/** Ports and ranges, `80` or `1024:2048`: 15 slots at most, a range taking two. */
export const sourcePorts = (ports: readonly string[]) => `-m multiport --source-ports ${ports.join(',')}`;
export const notSourcePorts = (ports: readonly string[]) => `-m multiport ! --source-ports ${ports.join(',')}`;
export const destPorts = (ports: readonly string[]) => `-m multiport --destination-ports ${ports.join(',')}`;
export const notDestPorts = (ports: readonly string[]) => `-m multiport ! --destination-ports ${ports.join(',')}`;

export const sourceSet = (set: string) => `-m set --match-set ${set} src`;
export const notSourceSet = (set: string) => `-m set ! --match-set ${set} src`;
export const destSet = (set: string) => `-m set --match-set ${set} dst`;
export const notDestSet = (set: string) => `-m set ! --match-set ${set} dst`;

export const icmpType = (type: string) => `-m icmp --icmp-type ${type}`;
export const notIcmpType = (type: string) => `-m icmp ! --icmp-type ${type}`;

export const conntrackState = (states: string) => `-m conntrack --ctstate ${states}`;

export const markClear = (mark: number) => `-m mark --mark 0/${hexMark(mark)}`;
export const markSet = (mark: number) => `-m mark --mark ${hexMark(mark)}/${hexMark(mark)}`;

export const sourceLocal = '-m addrtype --src-type LOCAL';
export const destLocal = '-m addrtype --dst-type LOCAL';
